import EventicleCore
import EventicleWorkbench
import Foundation

/// Waits for input, for the clock and for the workbench, and redraws after changes.
final class ConsoleLoop {
  private let workbench: ConsoleProgram
  private let terminal: any Terminal
  private let keeper: SessionKeeper?
  private let themes: ThemeKeeper?
  private let trapsAtFirstKey: Bool
  /// The engine's clock at the last tick, and the machine's clock at the same time.
  private var clock: Instant
  private var lastTick: UInt64
  /// The number of the session to which the clock belongs.
  private var sessionNumber: Int
  /// The machine's clock at the last frame, and the messages that it shows.
  private var lastFrame: UInt64 = 0
  private var shownMessages = -1
  /// The frame, and the number of messages in it that said more than the time.
  private var shown: (frame: Frame, changes: Int)?
  /// The machine's clock when the past that is played went on last.
  private var lastPlay: UInt64 = 0
  /// The machine's clock when the presenter did something last.
  private var lastDeed: UInt64 = 0
  /// The machine's clock at the last input, and the changes whose outcome is kept.
  private var lastInput: UInt64 = 0
  private var keptChanges = -1

  /// The shortest time between two frames, so that there are at most 60 a second.
  private static let frameMilliseconds = 16
  /// How long a key waits for the row that it reads while other work runs.
  private static let lookMilliseconds = 4
  /// How long nothing is pressed before what the person looks at is written.
  private static let quietMilliseconds = 500
  /// How long an event of the past that is played is shown.
  private static let playMilliseconds = 600

  /// Creates the loop of a console on a terminal.
  ///
  /// - Parameters:
  ///   - keeper: Keeps what the person looks at; `nil` keeps nothing.
  ///   - themes: Shows a theme again whose file has changed; `nil` never does.
  ///   - trapsAtFirstKey: Makes the first key trap, for the test that the terminal stays usable.
  init(
    workbench: ConsoleProgram, terminal: any Terminal, keeper: SessionKeeper? = nil,
    themes: ThemeKeeper? = nil, trapsAtFirstKey: Bool = false
  ) {
    self.keeper = keeper
    self.themes = themes
    sessionNumber = workbench.sessionNumber
    self.trapsAtFirstKey = trapsAtFirstKey
    self.workbench = workbench
    self.terminal = terminal
    clock = workbench.model.headTime
    lastTick = DispatchTime.now().uptimeNanoseconds
  }

  /// Runs until the user leaves or the terminal is gone.
  func run() {
    settle(wasWorking: false)
    draw()
    while !workbench.isOver {
      let inputs = terminal.nextInputs(timeoutMilliseconds: timeout)
      workbench.collect()
      for message in themes?.readChanges() ?? [] { workbench.send(message) }
      tick()
      play()
      present()
      if !inputs.isEmpty { lastInput = DispatchTime.now().uptimeNanoseconds }
      for input in inputs {
        let wasWorking = workbench.isWorking
        guard take(input) else { return }
        settle(wasWorking: wasWorking)
        // A long burst of keys must not hide what the first of them did.
        draw()
      }
      draw()
      keep()
    }
  }

  /// Notes what the person looks at, and has it written once nothing is pressed for a while.
  private func keep() {
    guard let keeper else { return }
    if keptChanges != changes {
      keptChanges = changes
      keeper.take(workbench.model.look)
    }
    if millisecondsToKeeping == 0 { workbench.write(keeper) }
  }

  /// The time until something has to be written; `nil` when nothing has.
  private var millisecondsToKeeping: Int? {
    guard let keeper, keeper.isChanged, !workbench.isBusy else { return nil }
    let passed = Int(clamping: (DispatchTime.now().uptimeNanoseconds - lastInput) / 1_000_000)
    return max(0, Self.quietMilliseconds - passed)
  }

  /// Draws if there is something new, and not too soon after the last frame.
  private func draw() {
    guard isFrameDue, shownMessages != workbench.messages else { return }
    shownMessages = workbench.messages
    let frame: Frame
    if let shown, shown.changes == changes {
      frame = workbench.frame(after: shown.frame)
    } else {
      frame = workbench.frame()
    }
    shown = (frame, changes)
    terminal.present(frame.buffer, cursor: frame.cursor)
    lastFrame = DispatchTime.now().uptimeNanoseconds
  }

  /// The number of messages that said more than what time it is.
  private var changes: Int { workbench.messages - workbench.ticks }

  private var isFrameDue: Bool { millisecondsToFrame == 0 }

  private var millisecondsToFrame: Int {
    let passed = Int(clamping: (DispatchTime.now().uptimeNanoseconds - lastFrame) / 1_000_000)
    return max(0, Self.frameMilliseconds - passed)
  }

  /// Waits for short work for less than a frame, so that the next key finds its outcome.
  ///
  /// - Parameter wasWorking: Whether work ran before; it is not waited for again.
  private func settle(wasWorking: Bool) {
    let limit = wasWorking ? Self.lookMilliseconds : Self.frameMilliseconds
    let end = DispatchTime.now().uptimeNanoseconds + UInt64(limit) * 1_000_000
    while wasWorking ? workbench.isLooking : workbench.isBusy {
      let now = DispatchTime.now().uptimeNanoseconds
      guard now < end else { return }
      workbench.port.wait(milliseconds: Int((end - now) / 1_000_000) + 1)
      workbench.collect()
    }
  }

  /// Handles one input; `false` when the terminal is gone.
  private func take(_ input: TerminalInput) -> Bool {
    switch input {
    case .key(let key):
      precondition(!trapsAtFirstKey, "a trap on purpose")
      workbench.send(.key(key))
    case .mouse(let event): workbench.send(.mouse(event))
    case .paste(let text): workbench.send(.paste(text))
    case .background(let color):
      for message in themes?.take(color) ?? [] { workbench.send(message) }
    case .resize(let size): workbench.send(.resize(size))
    case .resumed: workbench.send(.resize(terminal.size))
    case .closed, .terminate: return false
    }
    return !workbench.isOver
  }

  // MARK: - Playing the past

  private func play() {
    guard millisecondsToPlay == 0 else { return }
    lastPlay = DispatchTime.now().uptimeNanoseconds
    workbench.send(.play)
    settle(wasWorking: false)
  }

  /// The time until the next event is shown; `nil` when nothing is played.
  private var millisecondsToPlay: Int? {
    guard workbench.model.isPlaying, !workbench.isWorking else { return nil }
    let passed = Int(clamping: (DispatchTime.now().uptimeNanoseconds - lastPlay) / 1_000_000)
    return max(0, Self.playMilliseconds - passed)
  }

  // MARK: - Presenting

  /// Lets the presenter do the next thing when it is time.
  private func present() {
    guard millisecondsToPresent == 0 else { return }
    lastDeed = DispatchTime.now().uptimeNanoseconds
    workbench.send(.present)
    settle(wasWorking: false)
  }

  /// The time until the presenter does something; `nil` when it does nothing.
  private var millisecondsToPresent: Int? {
    guard let pause = workbench.model.typingPause, !workbench.isBusy else { return nil }
    let passed = Int(clamping: (DispatchTime.now().uptimeNanoseconds - lastDeed) / 1_000_000)
    return max(0, pause - passed)
  }

  // MARK: - The clock, in real time

  /// Advances the engine's clock by the elapsed time while it runs.
  private func tick() {
    let now = DispatchTime.now().uptimeNanoseconds
    let passed = Int64((now - lastTick) / 1_000_000)
    lastTick += UInt64(passed) * 1_000_000
    let head = workbench.model.headTime
    if sessionNumber != workbench.sessionNumber {
      (sessionNumber, clock) = (workbench.sessionNumber, head)
    }
    guard workbench.isClockRunning else {
      clock = max(clock, head)
      return
    }
    clock = max(clock, head) + Interval(milliseconds: passed)
    let wasWorking = workbench.isWorking
    workbench.pass(until: clock)
    if !wasWorking { settle(wasWorking: false) }
  }

  /// The longest wait: until a frame is due, the clock's next full second or the next timer.
  private var timeout: Int? {
    let soon = [
      shownMessages == workbench.messages ? nil : max(1, millisecondsToFrame),
      millisecondsToKeeping.map { max(1, $0) }, millisecondsToPlay.map { max(1, $0) },
      millisecondsToPresent.map { max(1, $0) },
    ]
    let frame = soon.compactMap { $0 }.min()
    guard workbench.isClockRunning else { return frame }
    var wait = 1_000 - Int(clock.milliseconds % 1_000)
    // While work runs no timer fires; its answer ends the wait.
    if !workbench.isWorking, let due = workbench.nextDue {
      wait = max(1, min(wait, Int(clamping: (due - clock).milliseconds)))
    }
    return min(wait, frame ?? wait)
  }
}
