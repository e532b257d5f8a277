import Foundation

/// A program that runs beside the test, whose lines of output are read as they come.
final class Child {
  /// How a program ended.
  enum Ending: Hashable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  /// Why a program could not be started.
  struct StartError: Error, CustomStringConvertible {
    let description: String
  }

  private let process: pid_t
  private let output: Int32
  private var unread: [UInt8] = []
  private var isAtEnd = false
  private var ending: Ending?

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - environment: All its variables; nothing is added.
  ///   - input: The file that is its standard input.
  ///   - errors: The file that takes its standard error.
  init(
    _ path: String, _ arguments: [String], environment: [String: String], input: String,
    errors: String
  ) throws {
    var ends: [Int32] = [-1, -1]
    // Not a pipe: another program that starts meanwhile must not get the end that is written to.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw StartError(description: "no output for \(path): error \(errno)")
    }
    defer { close(ends[1]) }
    output = ends[0]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var process = pid_t()
    let reason = posix_spawn(&process, path, &actions, nil, &words, &variables)
    guard reason == 0 else {
      close(ends[0])
      throw StartError(description: "cannot run \(path): error \(reason)")
    }
    self.process = process
  }

  deinit {
    if ending == nil {
      kill()
      _ = wait()
    }
    close(output)
  }

  /// The next whole line of output; `nil` at its end.
  func line() -> String? {
    while true {
      if let end = unread.firstIndex(of: 10) {
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeSubrange(...end)
        return line
      }
      guard !isAtEnd else { return nil }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(output, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { isAtEnd = true } else { unread += buffer[..<count] }
    }
  }

  /// Ends the program at once, wherever it is.
  func kill() { if ending == nil { _ = Foundation.kill(process, SIGKILL) } }

  /// Stops the program wherever it is.
  func stop() {
    _ = Foundation.kill(process, SIGSTOP)
    var status: Int32 = 0
    while waitpid(process, &status, WUNTRACED) < 0, errno == EINTR {}
    if status & 0xFF != 0x7F { note(status) }
  }

  /// Waits until the program has ended.
  func wait() -> Ending {
    if let ending { return ending }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return note(status)
  }

  @discardableResult private func note(_ status: Int32) -> Ending {
    let signal = status & 0x7F
    let found: Ending = signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
    ending = found
    return found
  }
}
