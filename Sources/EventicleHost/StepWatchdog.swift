internal import EventicleCore
internal import Synchronization

/// Detects that one step of the engine takes too long.
///
/// It costs each step one uncontended lock; its alarm is set at most once per deadline.
final class StepWatchdog: Sendable {
  /// What the engine is doing; described in words only when it hangs.
  enum Work: Sendable {
    case input(InputAction)
    case delivery(ConsumerName, EventType?)

    var handler: String {
      switch self {
      case .delivery(let consumer, let type):
        "\(consumer.kind.rawValue) \(consumer.name) / on \(type.map { "\($0)" } ?? "any event")"
      case .input(.dispatch(let intent)): "command \(intent.type)"
      case .input(.direct(let name)): "command \(name)"
      case .input(.fire(let key)): "saga \(key.owner.saga) / timer \(key.name)"
      case .input(let action): "input / \(action.phrase)"
      }
    }
  }

  private struct State {
    var work: Work?
    var since = Instant(milliseconds: 0)
    var isArmed = false
    var hung: HungHandler?
    var alarm: (any HostAlarm)?
  }

  private let deadline: Interval
  private let clock: any HostClock
  private let report: @Sendable (_ hung: HungHandler, _ isBack: Bool) -> Void
  private let state = Mutex(State())

  /// - Parameter report: Called for a handler that hangs, on any thread, and again when it returns.
  init(
    deadline: Interval, clock: any HostClock,
    report: @escaping @Sendable (_ hung: HungHandler, _ isBack: Bool) -> Void
  ) {
    self.deadline = deadline
    self.clock = clock
    self.report = report
    let alarm = clock.alarm { [weak self] in self?.look() }
    state.withLock { $0.alarm = alarm }
  }

  /// Marks the start of a step.
  func begin(_ work: Work, at now: Instant) {
    let alarm = state.withLock { state -> (any HostAlarm)? in
      state.work = work
      state.since = now
      if state.isArmed { return nil }
      state.isArmed = true
      return state.alarm
    }
    alarm?.set(now + deadline)
  }

  /// Marks the end of a step.
  func end() {
    let hung = state.withLock { state in
      state.work = nil
      defer { state.hung = nil }
      return state.hung
    }
    if let hung { report(hung, true) }
  }

  private func look() {
    let now = clock.now
    let (hung, next, alarm) = state.withLock {
      state -> (HungHandler?, Instant?, (any HostAlarm)?) in
      guard let work = state.work, state.hung == nil else {
        state.isArmed = false
        return (nil, nil, nil)
      }
      guard state.since + deadline <= now else {
        return (nil, state.since + deadline, state.alarm)
      }
      state.isArmed = false
      let hung = HungHandler(handler: work.handler, since: state.since)
      state.hung = hung
      return (hung, nil, nil)
    }
    if let hung { report(hung, false) }
    if let next { alarm?.set(next) }
  }
}
