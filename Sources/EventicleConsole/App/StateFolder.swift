import EventicleCore
import Foundation

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
      case .filter: "history-filter"
      case .goto: "history-goto"
      }
    return folder.appendingPathComponent(name).path
  }

  /// The remembered lines of a prompt; empty when there is no such file.
  func history(of kind: PromptKind) -> String {
    guard let bytes = try? Files.bytes(historyPath(of: kind)), bytes.count <= 4_000_000 else {
      return ""
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends a line to a prompt's history; a failed write is ignored, because it costs only
  /// history.
  func remember(_ line: String, _ kind: PromptKind) {
    let path = historyPath(of: kind)
    let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: attributes)
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(
        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
    }
    guard let handle = FileHandle(forWritingAtPath: path) else { return }
    defer { try? handle.close() }
    _ = try? handle.seekToEnd()
    try? handle.write(contentsOf: Data((line + "\n").utf8))
  }
}
