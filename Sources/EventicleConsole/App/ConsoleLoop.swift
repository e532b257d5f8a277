import EventicleCore
import EventicleWorkbench
import Foundation

/// Waits for input and for the clock, and redraws after changes.
final class ConsoleLoop {
  private let workbench: ConsoleProgram
  private let terminal: any Terminal
  private let trapsAtFirstKey: Bool
  /// The engine's clock at the last tick, and the machine's clock at the same time.
  private var clock: Instant
  private var lastTick: UInt64
  /// The number of the session to which the clock belongs.
  private var sessionNumber: Int
  private let recovery: RecoveryFile?

  /// Creates the loop of a console on a terminal.
  ///
  /// - Parameters:
  ///   - recovery: Keeps the unsaved lines, for an end without leaving.
  ///   - trapsAtFirstKey: Makes the first key trap, for the test that the terminal
  ///     stays usable.
  init(
    workbench: ConsoleProgram, terminal: any Terminal, recovery: RecoveryFile? = nil,
    trapsAtFirstKey: Bool = false
  ) {
    self.recovery = recovery
    sessionNumber = workbench.sessionNumber
    self.trapsAtFirstKey = trapsAtFirstKey
    self.workbench = workbench
    self.terminal = terminal
    clock = workbench.session.head.clock
    lastTick = DispatchTime.now().uptimeNanoseconds
  }

  /// Runs until the user leaves or the terminal is gone.
  func run() {
    draw()
    while !workbench.isOver {
      let inputs = terminal.nextInputs(timeoutMilliseconds: timeout)
      tick()
      for input in inputs {
        guard take(input) else { return }
      }
      recovery?.keep(workbench.session)
      draw()
    }
  }

  private func draw() {
    let frame = workbench.frame()
    terminal.present(frame.buffer, cursor: frame.cursor)
  }

  /// Handles one input; `false` when the terminal is gone.
  private func take(_ input: TerminalInput) -> Bool {
    switch input {
    case .key(let key):
      precondition(!trapsAtFirstKey, "a trap on purpose")
      workbench.send(.key(key))
    case .mouse(let event): workbench.send(.mouse(event))
    case .paste(let text): workbench.send(.paste(text))
    case .resize(let size): workbench.send(.resize(size))
    case .resumed: workbench.send(.resize(terminal.size))
    case .closed, .terminate: return false
    }
    return !workbench.isOver
  }

  // MARK: - The clock, in real time

  /// Advances the engine's clock by the elapsed time while it runs.
  private func tick() {
    let now = DispatchTime.now().uptimeNanoseconds
    let passed = Int64((now - lastTick) / 1_000_000)
    lastTick += UInt64(passed) * 1_000_000
    let head = workbench.session.head.clock
    if sessionNumber != workbench.sessionNumber {
      (sessionNumber, clock) = (workbench.sessionNumber, head)
    }
    guard workbench.isClockRunning else {
      clock = max(clock, head)
      return
    }
    clock = max(clock, head) + Interval(milliseconds: passed)
    workbench.pass(until: clock)
  }

  /// The longest wait: until the clock's next full second or the next timer.
  private var timeout: Int? {
    guard workbench.isClockRunning else { return nil }
    let toSecond = 1_000 - Int(clock.milliseconds % 1_000)
    guard let due = workbench.session.nextTimer?.due else { return toSecond }
    return max(1, min(toSecond, Int(clamping: (due - clock).milliseconds)))
  }
}
