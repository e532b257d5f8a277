internal import CSupervisor

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A child process with pipes of its own, in a process group of its own.
///
/// It never outlives the object: releasing it kills the group, and a guard does so when this process
/// ends in whatever way.
final class NodeProcess {
  /// What is started, and where.
  struct Launch: Sendable {
    /// The path of the program.
    let program: String
    /// The arguments after the program's name.
    let arguments: [String]
    /// The environment as `NAME=value`.
    let environment: [String]
    /// The folder to run in.
    let folder: String
  }

  /// How a process ended.
  enum End: Sendable, Hashable, CustomStringConvertible {
    /// It left with a status.
    case status(Int32)
    /// A signal ended it.
    case signal(Int32)

    var description: String {
      switch self {
      case .status(let number): "it ended with status \(number)"
      case .signal(SIGABRT): "it aborted"
      case .signal(let number): "signal \(number) (\(String(cString: strsignal(number)))) ended it"
      }
    }
  }

  let pid: pid_t
  private(set) var pipes: supervisor_pipes
  private let guardian: pid_t
  private let lifeline: Int32
  /// How it ended; `nil` while nobody has looked after its end.
  private(set) var end: End?

  /// Starts a program.
  ///
  /// - Throws: ``NodeError/notStarted(_:reason:)``.
  init(_ launch: Launch) throws(NodeError) {
    var pipes = supervisor_pipes()
    var pid: pid_t = 0
    let words: [String] = [launch.program] + launch.arguments
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    var environment: [UnsafeMutablePointer<CChar>?] = launch.environment.map { strdup($0) }
    arguments.append(nil)
    environment.append(nil)
    defer { for text in arguments + environment { free(text) } }
    let problem = supervisor_start_child(
      launch.program, &arguments, &environment, launch.folder, &pipes, &pid)
    guard problem == 0 else {
      throw .notStarted(launch.program, reason: String(cString: strerror(problem)))
    }
    self.pid = pid
    self.pipes = pipes
    var lifeline: Int32 = -1
    guardian = supervisor_guard_group(pid, &lifeline)
    self.lifeline = lifeline
  }

  deinit { kill() }

  /// The memory that the process has resident, in bytes; 0 when that is not known.
  var residentBytes: Int { Int(supervisor_resident_bytes(pid)) }

  /// Whether the process has not been reaped.
  var isAlive: Bool { end == nil }

  /// Kills the process and what it started without waiting; its pipes tell of the end.
  func signalEnd() {
    if end == nil { _ = endProcess(-pid, SIGKILL) }
  }

  /// Kills the process and what it started, and waits for its end; does nothing afterwards.
  func kill() {
    guard end == nil else { return }
    _ = endProcess(-pid, SIGKILL)
    // It may not have joined its group yet.
    _ = endProcess(pid, SIGKILL)
    reap(options: 0)
    leave()
  }

  /// Waits for the end of a process that is about to end by itself, and kills it when that takes
  /// longer than a moment.
  ///
  /// - Parameters:
  ///   - milliseconds: How long the moment is.
  ///   - rest: Called before the pipes are closed, to read what is in them.
  /// - Returns: How it ended.
  @discardableResult
  func finish(patience milliseconds: Int = 500, reading rest: () -> Void = {}) -> End {
    let watch = Stopwatch()
    while end == nil, watch.milliseconds < milliseconds {
      reap(options: WNOHANG)
      if end == nil { _ = poll(nil, 0, 2) }
    }
    // What it started is to end with it.
    _ = endProcess(-pid, SIGKILL)
    if end == nil { reap(options: 0) }
    rest()
    leave()
    return end ?? .signal(SIGKILL)
  }

  private func reap(options: Int32) {
    var status: Int32 = 0
    var found = waitpid(pid, &status, options)
    while found < 0, errno == EINTR { found = waitpid(pid, &status, options) }
    if found == pid {
      let number = status & 0x7f
      end = number == 0 ? .status((status >> 8) & 0xff) : .signal(number)
    } else if found < 0 {
      // Somebody else has waited for it.
      end = .signal(SIGKILL)
    }
  }

  /// Closes the pipes and lets the guard go, which must not kill a group that came later.
  private func leave() {
    if guardian > 0 {
      _ = endProcess(guardian, SIGKILL)
      var status: Int32 = 0
      while waitpid(guardian, &status, 0) < 0, errno == EINTR {}
    }
    for descriptor in [
      pipes.requests, pipes.messages, pipes.answers, pipes.output, pipes.errors, lifeline,
    ] where descriptor >= 0 { close(descriptor) }
    pipes = supervisor_pipes(requests: -1, messages: -1, answers: -1, output: -1, errors: -1)
  }
}

/// Sends a signal; the method of the same name as the function hides it.
private func endProcess(_ pid: pid_t, _ signal: Int32) -> Int32 { kill(pid, signal) }
