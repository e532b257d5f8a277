import CPty
import Foundation

/// A program on a pseudo-terminal of its own, run like the foreground job of a shell.
///
/// Every wait has a deadline, and nothing sleeps: it waits for bytes or for a change of state.
/// Closing or releasing the value ends every process that the program started.
public final class Pty {
  /// The state of the program.
  public enum State: Sendable, Equatable {
    /// It is running.
    case running
    /// It was stopped by a signal and can continue.
    case stopped(signal: Int32)
    /// It exited.
    case exited(code: Int32)
    /// It was ended by a signal.
    case signaled(Int32)

    /// Whether it has ended in either way.
    public var hasEnded: Bool {
      switch self {
      case .exited, .signaled: true
      case .running, .stopped: false
      }
    }
  }

  /// Why a program could not be started.
  public struct StartError: Error, CustomStringConvertible {
    /// The program and the reason, as one sentence.
    public let description: String
  }

  /// The program's process, which also leads its process group.
  public private(set) var process: Int32 = 0

  /// The latest known state of the program.
  public private(set) var state = State.running

  /// The CPU time of the program, user and system, once it has ended.
  public private(set) var processorTime: Duration = .zero

  /// Whether neither the program nor any process it started is left.
  public private(set) var isNobodyLeft = false

  /// All output of the program read so far.
  public private(set) var output: [UInt8] = []

  private var child = cpty_child()
  private var isMasterOpen = true
  private var isClosed = false

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: The arguments after its name.
  ///   - environment: All its variables; nothing is added.
  ///   - columns: The terminal's width.
  ///   - rows: The terminal's height.
  ///   - directory: The working directory; `nil` for the test's own.
  /// - Throws: ``StartError`` when there is no terminal or the program cannot be executed.
  public init(
    _ path: String, _ arguments: [String] = [], environment: [String: String],
    columns: Int = 80, rows: Int = 24, directory: String? = nil
  ) throws {
    let words = CStrings([path] + arguments)
    let variables = CStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
    let reason = cpty_spawn(
      &child, path, words.pointers, variables.pointers, directory, Int32(rows), Int32(columns))
    guard reason == 0 else {
      throw StartError(description: "no terminal for \(path): \(Self.words(for: reason))")
    }
    var report = cpty_report()
    let deadline = ContinuousClock.now + TestEnvironment.deadline
    while cpty_next_report(child.reports, &report) == 0, ContinuousClock.now < deadline {
      _ = cpty_wait(-1, child.reports, Int32(1000))
    }
    guard report.kind == Int32(CPTY_STARTED) else {
      close()
      throw StartError(description: "cannot run \(path): \(Self.words(for: report.value))")
    }
    process = report.process
  }

  deinit {
    close()
  }

  /// Waits until the program writes or its state changes.
  ///
  /// - Returns: The bytes read, possibly none; `nil` when nothing happened before the deadline.
  public func next(before deadline: ContinuousClock.Instant) -> [UInt8]? {
    let left = ContinuousClock.now.duration(to: deadline)
    let milliseconds = max(0, min(60_000, left / .milliseconds(1)))
    let master = isMasterOpen && !isHungUp ? child.master : -1
    let reports = isNobodyLeft ? -1 : child.reports
    let ready = cpty_wait(master, reports, Int32(milliseconds.rounded(.up)))
    if ready == 0 { return nil }
    if ready & 2 != 0 { readReports() }
    return readOutput()
  }

  /// Waits, without reading what the program writes, until no process that it started is left.
  ///
  /// To the program this is a terminal that nobody reads.
  ///
  /// - Returns: Whether all ended before the deadline.
  public func waitUnread(before deadline: ContinuousClock.Instant) -> Bool {
    while !isNobodyLeft {
      let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      guard left > 0, cpty_wait(-1, child.reports, Int32(min(60_000, left.rounded(.up)))) != 0
      else { return false }
      readReports()
    }
    return true
  }

  /// Whether the terminal has been hung up and nothing more can be read.
  public private(set) var isHungUp = false

  private func readReports() {
    var report = cpty_report()
    while true {
      let found = cpty_next_report(child.reports, &report)
      if found == 0 { return }
      if found < 0 || report.kind == Int32(CPTY_NOBODY_LEFT) {
        isNobodyLeft = true
        return
      }
      if report.kind == Int32(CPTY_CHANGED), report.process == process { note(report) }
    }
  }

  private func note(_ report: cpty_report) {
    let status = report.value
    if cpty_is_continued(status) != 0 {
      state = .running
    } else if cpty_is_stopped(status) != 0 {
      state = .stopped(signal: cpty_stop_signal(status))
    } else {
      state =
        cpty_has_exited(status) != 0
        ? .exited(code: cpty_exit_code(status)) : .signaled(cpty_end_signal(status))
      processorTime = .milliseconds(Int(report.milliseconds))
    }
  }

  private func readOutput() -> [UInt8] {
    guard isMasterOpen, !isHungUp else { return [] }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = cpty_read(child.master, &buffer, buffer.count)
      if count < 0 { isHungUp = true }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    output += bytes
    return bytes
  }

  /// Types bytes.
  ///
  /// - Returns: Whether all of them were accepted before the deadline.
  @discardableResult
  public func write(_ bytes: [UInt8], within time: Duration = TestEnvironment.deadline) -> Bool {
    guard isMasterOpen else { return false }
    let milliseconds = Int32(min(60_000, time / .milliseconds(1)))
    return cpty_write(child.master, bytes, bytes.count, milliseconds) == bytes.count
  }

  /// Changes the terminal's size; the program gets SIGWINCH.
  public func resize(columns: Int, rows: Int) {
    _ = cpty_resize(child.master, Int32(rows), Int32(columns))
  }

  /// Sends a signal to the program alone, or to its whole process group.
  public func signal(_ number: Int32, toGroup: Bool = false) {
    guard !state.hasEnded || toGroup else { return }
    _ = kill(toGroup ? -process : process, number)
  }

  /// Gives a stopped program the terminal again, as `fg` does.
  public func bringToForeground() {
    command(UInt8(CPTY_FOREGROUND))
  }

  /// Continues a stopped program without the terminal, as `bg` does.
  public func continueInBackground() {
    command(UInt8(CPTY_BACKGROUND))
  }

  private func command(_ byte: UInt8) {
    var byte = byte
    _ = Foundation.write(child.control, &byte, 1)
  }

  /// The terminal's current settings; `nil` when its other side is closed.
  public var settings: TerminalSettings? {
    isMasterOpen ? TerminalSettings(terminal: child.master) : nil
  }

  /// Closes the other side, as closing a terminal window does; the program gets SIGHUP.
  public func closeMaster() {
    guard isMasterOpen else { return }
    isMasterOpen = false
    _ = Foundation.close(child.master)
  }

  /// Ends whatever is still running and releases everything.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    _ = Foundation.close(child.control)
    _ = cpty_reap(child.holder, 5000)
    closeMaster()
    _ = Foundation.close(child.reports)
  }

  private static func words(for reason: Int32) -> String {
    String(cString: strerror(reason))
  }
}

/// Strings in the form that `exec` takes.
private final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ words: [String]) {
    count = words.count
    pointers = .allocate(capacity: words.count + 1)
    for (index, word) in words.enumerated() { pointers[index] = strdup(word) }
    pointers[words.count] = nil
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}
