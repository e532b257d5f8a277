import EventicleCore
import EventicleWorkbench
import Foundation

/// Waits for input and for the clock, and draws what changed.
final class ConsoleLoop {
  private let workbench: ConsoleProgram
  private let terminal: any Terminal
  private let trapsAtFirstKey: Bool
  /// The moment of the engine's clock, and when it was so by the machine's.
  private var clock: Instant
  private var lastTick: UInt64

  /// A loop of a workbench on a terminal.
  ///
  /// - Parameter trapsAtFirstKey: For the test that a trap leaves the terminal usable.
  init(workbench: ConsoleProgram, terminal: any Terminal, trapsAtFirstKey: Bool = false) {
    self.trapsAtFirstKey = trapsAtFirstKey
    self.workbench = workbench
    self.terminal = terminal
    clock = workbench.session.head.clock
    lastTick = DispatchTime.now().uptimeNanoseconds
  }

  /// Runs until the person leaves or the terminal is gone.
  func run() {
    draw()
    while !workbench.isOver {
      let inputs = terminal.nextInputs(timeoutMilliseconds: timeout)
      tick()
      for input in inputs {
        guard take(input) else { return }
      }
      draw()
    }
  }

  private func draw() {
    let frame = workbench.frame()
    terminal.present(frame.buffer, cursor: frame.cursor)
  }

  /// Takes in one input; `false` when there is nobody any more.
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

  // MARK: - The clock, at the speed of life

  /// Moves the engine's clock by what has passed, while it runs.
  private func tick() {
    let now = DispatchTime.now().uptimeNanoseconds
    let passed = Int64((now - lastTick) / 1_000_000)
    lastTick += UInt64(passed) * 1_000_000
    let head = workbench.session.head.clock
    guard workbench.isClockRunning else {
      clock = max(clock, head)
      return
    }
    clock = max(clock, head) + Interval(milliseconds: passed)
    workbench.pass(until: clock)
  }

  /// How long to wait at the most: to the next full second on the clock, or the next timer.
  private var timeout: Int? {
    guard workbench.isClockRunning else { return nil }
    let toSecond = 1_000 - Int(clock.milliseconds % 1_000)
    guard let due = workbench.session.nextTimer?.due else { return toSecond }
    return max(1, min(toSecond, Int(clamping: (due - clock).milliseconds)))
  }
}
