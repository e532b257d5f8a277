import EventicleCore
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The folder that keeps the console's state between runs.
struct StateFolder {
  private let folder: URL

  /// Finds the folder by the XDG rules: `$XDG_STATE_HOME/eventicle`, else
  /// `~/.local/state/eventicle`.
  init(environment: [String: String]) {
    let base: URL
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      base = URL(fileURLWithPath: state)
    } else {
      base = URL(fileURLWithPath: environment["HOME"] ?? "/tmp")
        .appendingPathComponent(".local/state")
    }
    folder = base.appendingPathComponent("eventicle")
  }

  /// The folder's path, for display.
  var path: String { folder.path }

  /// The path of a prompt's history file.
  func historyPath(of kind: PromptKind) -> String {
    let name =
      switch kind {
      case .command: "history"
      case .search: "history-search"
      case .goto: "history-goto"
      }
    return folder.appendingPathComponent(name).path
  }

  /// The remembered lines of a prompt, the newest ones within ``historyLimit``.
  ///
  /// Empty when there is no such regular file. A longer file is cut to what is returned.
  func history(of kind: PromptKind) -> String {
    let path = historyPath(of: kind)
    guard let (bytes, isCut) = try? Files.ending(of: path, Self.historyLimit) else {
      return ""
    }
    guard isCut else { return String(decoding: bytes, as: UTF8.self) }
    // The first line has probably lost its beginning.
    let lines = bytes.drop { $0 != Self.newline }.dropFirst()
    _ = try? Files.write(Array(lines), to: path, mode: 0o600)
    return String(decoding: lines, as: UTF8.self)
  }

  /// Appends a line to a prompt's history; a failed write is ignored, because it costs only
  /// history.
  ///
  /// One write at the end of the file keeps what other consoles append meanwhile.
  func remember(_ line: String, _ kind: PromptKind) {
    makeFolder()
    let flags = O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let file = open(historyPath(of: kind), flags, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    // A full disk may have cut the last line.
    var last = Self.newline
    if status.st_size > 0 { _ = pread(file, &last, 1, status.st_size - 1) }
    let bytes = Array(((last == Self.newline ? "" : "\n") + line + "\n").utf8)
    _ = write(file, bytes, bytes.count)
  }

  /// The most bytes of a history that are read.
  static let historyLimit = 4_000_000

  private static let newline = UInt8(ascii: "\n")

  private func makeFolder() {
    let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: attributes)
  }
}
