/// What a machine did with a message.
public enum MachineOutcome: Sendable, Hashable {
  /// It was taken, even if the active states are the same.
  case taken
  /// Active states forbid it; their paths.
  case forbidden(by: [String])
  /// No active state reacts to it; the names of the guards that did not hold.
  case unhandled(guards: [String])
}

/// What one message did to a machine.
public struct MachineStep: Sendable {
  /// What the machine did with the message.
  public let outcome: MachineOutcome
  /// The status afterwards; unchanged when the message was not taken.
  public let status: MachineStatus
  /// The events raised by actions, in order.
  public let events: [NewEvent]
  /// The transitions taken, as indices into ``StateMachine/transitions``.
  public let taken: [Int]
  fileprivate let chart: Chart
  fileprivate let leftPlaces: [Int]
  fileprivate let enteredPlaces: [Int]
  /// The paths of the states left, in order; the machine itself has the empty path.
  public var left: [String] { leftPlaces.map { chart.nodes[$0].path } }
  /// The paths of the states entered, in order.
  public var entered: [String] { enteredPlaces.map { chart.nodes[$0].path } }
  /// The delays to arm and to cancel.
  package let delays: MachineDelayChanges
  /// Whether the status must be stored: the message was taken, or a delay was used up.
  let changesStatus: Bool
}

extension MachineStep {
  /// A step that changed nothing.
  fileprivate init(_ outcome: MachineOutcome, _ status: MachineStatus, _ chart: Chart) {
    self.outcome = outcome
    self.status = status
    self.chart = chart
    (events, taken, leftPlaces, enteredPlaces) = ([], [], [], [])
    delays = MachineDelayChanges(cancelled: [], armed: [])
    changesStatus = false
  }
}

extension MachineRun {
  /// What the run did since an earlier status.
  fileprivate func step(_ outcome: MachineOutcome, since earlier: [MachineDelay]) -> MachineStep {
    let status = status
    return MachineStep(
      outcome: outcome, status: status, events: events, taken: taken, chart: chart,
      leftPlaces: left, enteredPlaces: entered, delays: status.delayChanges(from: earlier),
      changesStatus: true)
  }
}

extension MachineStatus {
  /// A run that continues from here; no state is entered.
  fileprivate func run(
    of machine: StateMachine, _ message: MachineMessage, at now: Instant, _ aggregate: JSON,
    _ raising: StateMachine.Raising?
  ) -> MachineRun {
    let active = configuration.active(in: machine.chart)
    return MachineRun(
      chart: machine.chart, now: now, raising: raising, active: active, context: context,
      memories: memories(in: machine.chart), delays: delays, aggregate: aggregate,
      message: message, isOver: machine.chart.isOver(active))
  }
}

extension StateMachine {
  /// Applies an event raised by an action to the aggregate and returns its new state.
  public typealias Raising = (NewEvent) throws -> JSON

  /// Enters the initial states.
  ///
  /// - Parameters:
  ///   - aggregate: The aggregate's state, for guards and actions.
  ///   - raising: Called for each event that an action raises.
  /// - Throws: ``MachineError`` when the machine is declared wrongly or never settles, and whatever
  ///   its actions throw.
  public func start(
    at now: Instant, aggregate: JSON = .null, raising: Raising? = nil
  ) throws -> MachineStep {
    try checkSound()
    return try begun(at: now, aggregate, raising).step(.taken, since: [])
  }

  /// Sends a message and takes all transitions that follow from it.
  ///
  /// - Parameter status: The current status; `nil` starts the machine first.
  /// - Returns: What the machine did. A message that is forbidden or unhandled changes nothing, and
  ///   does not start the machine either.
  /// - Throws: As ``start(at:aggregate:raising:)`` does.
  public func send(
    _ message: MachineMessage, to status: MachineStatus?, at now: Instant,
    aggregate: JSON = .null, raising: Raising? = nil
  ) throws -> MachineStep {
    try checkSound()
    guard let status else {
      var run = try begun(at: now, aggregate, raising)
      let before = run.status
      run.message = message
      let found = run.isOver ? MachineSelection() : try run.select(.message(message))
      if found.edges.isEmpty { return MachineStep(outcome(of: found), before, chart) }
      try run.take(found.edges)
      return run.step(.taken, since: [])
    }
    var run = status.run(of: self, message, at: now, aggregate, raising)
    let found = run.isOver ? MachineSelection() : try run.select(.message(message))
    if found.edges.isEmpty { return MachineStep(outcome(of: found), status, chart) }
    try run.take(found.edges)
    return run.step(.taken, since: status.delays)
  }

  /// Takes the transition of a waiting delay, or the message that was sent with it.
  ///
  /// The delay is used up even when its guard no longer holds. A delay that is not waiting, perhaps
  /// cancelled while its timer fired, changes nothing.
  ///
  /// - Throws: As ``start(at:aggregate:raising:)`` does.
  public func fire(
    _ delay: String, in status: MachineStatus, at now: Instant, aggregate: JSON = .null,
    raising: Raising? = nil
  ) throws -> MachineStep {
    try checkSound()
    guard let waiting = status.delays.first(where: { isSameText($0.id, delay) }) else {
      return MachineStep(.unhandled(guards: []), status, chart)
    }
    let message = waiting.message ?? MachineMessage("after \(delay)")
    var run = status.run(of: self, message, at: now, aggregate, raising)
    run.delays.removeAll { isSameText($0.id, delay) }
    let found = try run.select(waiting.message.map { .message($0) } ?? .delay(delay))
    if !found.edges.isEmpty { try run.take(found.edges) }
    return run.step(found.edges.isEmpty ? outcome(of: found) : .taken, since: status.delays)
  }

  /// Whether the machine is done and takes no more messages.
  public func isOver(_ status: MachineStatus) -> Bool {
    chart.isOver(status.configuration.active(in: chart))
  }

  /// A run that has entered the initial states.
  private func begun(
    at now: Instant, _ aggregate: JSON, _ raising: Raising?
  ) throws -> MachineRun {
    var run = MachineRun(
      chart: chart, now: now, raising: raising, active: StateSet(count: chart.nodes.count),
      context: context, memories: [], delays: [], aggregate: aggregate, message: .start,
      isOver: false)
    try run.start()
    return run
  }

  private func outcome(of found: MachineSelection) -> MachineOutcome {
    guard found.forbiddenBy.isEmpty else {
      return .forbidden(by: found.forbiddenBy.map { chart.nodes[$0].path })
    }
    return .unhandled(
      guards: found.refused.compactMap { chart.edges[$0].transition.condition?.name })
  }
}
