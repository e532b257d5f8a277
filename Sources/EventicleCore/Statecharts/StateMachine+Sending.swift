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
  /// The paths of the states left, in order; the machine itself has the empty path.
  public let left: [String]
  /// The paths of the states entered, in order.
  public let entered: [String]
  /// The delays to arm and to cancel.
  package let delays: MachineDelayChanges
  /// Whether the status must be stored: the message was taken, or a delay was used up.
  let changesStatus: Bool
}

extension MachineStep {
  /// A step that changed nothing.
  fileprivate init(_ outcome: MachineOutcome, _ status: MachineStatus) {
    self.init(
      outcome: outcome, status: status, events: [], taken: [], left: [], entered: [],
      delays: MachineDelayChanges(cancelled: [], armed: []), changesStatus: false)
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
    return step(try begun(nil, at: now, aggregate, raising), .taken, since: nil)
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
    var run = try begun(status, at: now, aggregate, raising)
    let before = status ?? run.status
    run.message = message
    let found = run.isOver ? MachineSelection() : try run.select(.message(message))
    guard !found.edges.isEmpty else { return MachineStep(outcome(of: found), before) }
    try run.take(found.edges)
    return step(run, .taken, since: status)
  }

  /// Takes the transition of a waiting delay.
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
    guard status.delays.contains(where: { $0.id == delay }) else {
      return MachineStep(.unhandled(guards: []), status)
    }
    var run = try begun(status, at: now, aggregate, raising)
    run.message = MachineMessage("after \(delay)")
    run.delays.removeAll { $0.id == delay }
    let found = try run.select(.delay(delay))
    if !found.edges.isEmpty { try run.take(found.edges) }
    return step(run, found.edges.isEmpty ? outcome(of: found) : .taken, since: status)
  }

  /// Whether the machine is done and takes no more messages.
  public func isOver(_ status: MachineStatus) -> Bool {
    var active = Array(repeating: false, count: chart.nodes.count)
    for path in status.configuration.states {
      if let place = chart.place(of: path) { active[place] = true }
    }
    return isOver(active)
  }

  private func begun(
    _ status: MachineStatus?, at now: Instant, _ aggregate: JSON, _ raising: Raising?
  ) throws -> MachineRun {
    let raising = raising ?? { _ in aggregate }
    if let status {
      return MachineRun(self, from: status, at: now, aggregate: aggregate, raising: raising)
    }
    var run = MachineRun(self, at: now, aggregate: aggregate, raising: raising)
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

  private func step(
    _ run: MachineRun, _ outcome: MachineOutcome, since earlier: MachineStatus?
  ) -> MachineStep {
    let status = run.status
    return MachineStep(
      outcome: outcome, status: status, events: run.events, taken: run.taken,
      left: run.left.map { chart.nodes[$0].path },
      entered: run.entered.map { chart.nodes[$0].path },
      delays: status.delayChanges(from: earlier), changesStatus: true)
  }
}
