internal import EventicleCore
internal import Synchronization

/// Detects that one step of the engine takes too long.
///
/// It costs each step one uncontended lock; its alarm is set at most once per deadline.
final class StepWatchdog: Sendable {
  /// What the engine is doing; the handler's id is made only when it hangs.
  enum Work: Sendable {
    case input(InputAction)
    case delivery(ConsumerName, EventType?)
    case timer(TimerKey)

    /// The handler that a domain has for it.
    func handler(in domain: Domain) -> HandlerID {
      switch self {
      case .delivery(let consumer, let type): domain.handler(of: consumer, for: type)
      case .timer(let key): domain.handler(of: key)
      case .input(.dispatch(let intent)): HandlerID(.command, intent.type)
      case .input(.direct(let name)): HandlerID(.command, name)
      case .input(.swap(let view, _)): HandlerID(.view, view, .on(nil))
      case .input(let action): HandlerID(.input, action.phrase)
      }
    }
  }

  private struct State {
    var work: Work?
    var since = Instant(milliseconds: 0)
    var isArmed = false
    var hung: HungHandler?
    var alarm: (any HostAlarm)?
    var domain: Domain
  }

  private let deadline: Interval
  private let clock: any HostClock
  private let report: @Sendable (_ hung: HungHandler, _ isBack: Bool) -> Void
  private let watch: (any HandlerWatch)?
  private let state: Mutex<State>

  /// - Parameters:
  ///   - watch: Asked at the deadline and as long as it answers `true` after each further one.
  ///   - report: Called for a handler that hangs, on any thread, and again when it returns.
  init(
    _ domain: Domain, deadline: Interval, clock: any HostClock, watch: (any HandlerWatch)? = nil,
    report: @escaping @Sendable (_ hung: HungHandler, _ isBack: Bool) -> Void
  ) {
    self.deadline = deadline
    self.clock = clock
    self.watch = watch
    self.report = report
    state = Mutex(State(domain: domain))
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

  /// Names handlers by another declaration of the domain.
  func adopt(_ domain: Domain) { state.withLock { $0.domain = domain } }

  private func look() {
    let now = clock.now
    let (found, next, alarm) = state.withLock {
      state -> (Finding?, Instant?, (any HostAlarm)?) in
      guard let work = state.work else {
        state.isArmed = false
        return (nil, nil, nil)
      }
      if let hung = state.hung { return (.still(hung), nil, state.alarm) }
      guard state.since + deadline <= now else {
        return (nil, state.since + deadline, state.alarm)
      }
      let hung = HungHandler(handler: work.handler(in: state.domain), since: state.since)
      state.hung = hung
      return (.first(hung), nil, state.alarm)
    }
    guard let found else {
      if let next { alarm?.set(next) }
      return
    }
    if case .first(let hung) = found { report(hung, false) }
    let (hung, waited) = (found.hung, now - found.hung.since)
    let asksAgain = watch?.stillWaiting(hung.handler, for: waited) ?? false
    let goesOn = state.withLock { state in
      // The handler may have returned while its watch was asked, and another one may run.
      let goesOn = state.work != nil && (asksAgain || state.hung != hung)
      state.isArmed = goesOn
      return goesOn
    }
    if goesOn { alarm?.set(now + deadline) }
  }

  /// A handler that hangs, found for the first time or again.
  private enum Finding {
    case first(HungHandler)
    case still(HungHandler)

    var hung: HungHandler {
      switch self {
      case .first(let hung), .still(let hung): hung
      }
    }
  }
}
