import EventicleCore
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A text edited in the person's own editor: that of `$VISUAL`, else of `$EDITOR`, else `vi`.
///
/// The terminal must have been lent to it.
struct ExternalEditor {
  private let command: String

  /// Finds the editor.
  init(environment: [String: String]) {
    let named = ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    command = named ?? "vi"
  }

  /// Lets the person edit a text, and waits for the editor's end.
  ///
  /// - Parameter most: The most bytes that are read back.
  /// - Throws: ``FileProblem`` when the editor cannot be started or fails, or its text cannot be
  ///   read; the text is as it was then.
  func edit(_ text: String, most: Int) throws(FileProblem) -> String {
    let path = NSTemporaryDirectory() + "eventicle-\(getpid())-\(UUID().uuidString).txt"
    try Files.write(Array((text + "\n").utf8), to: path, mode: 0o600)
    defer { unlink(path) }
    try run(on: path)
    let bytes = try Files.bytes(path, limit: most)
    guard let edited = String(validating: bytes, as: UTF8.self) else {
      throw FileProblem("What \(command) wrote is no UTF-8 text; the line is as it was.")
    }
    return edited
  }

  /// Runs the editor on a file; the shell reads the command, which may have arguments.
  private func run(on path: String) throws(FileProblem) {
    let arguments: [UnsafeMutablePointer<CChar>?] = [
      strdup("/bin/sh"), strdup("-c"), strdup("exec \(command) \"$0\""), strdup(path), nil,
    ]
    defer { for argument in arguments { free(argument) } }
    // Ctrl-C is for the editor while it has the terminal, as it is with system(3).
    let old = (signal(SIGINT, SIG_IGN), signal(SIGQUIT, SIG_IGN))
    defer { _ = (signal(SIGINT, old.0), signal(SIGQUIT, old.1)) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in [SIGINT, SIGQUIT, SIGTSTP, SIGPIPE] { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var child = pid_t()
    guard posix_spawn(&child, "/bin/sh", nil, &attributes, arguments, environ) == 0 else {
      throw FileProblem("\(command) cannot be started; set EDITOR to the editor of your choice.")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else {
      throw FileProblem(
        "\(command) ended with status \((status >> 8) & 0xFF); the line is as it was. "
          + "Set EDITOR to the editor of your choice.")
    }
  }
}
