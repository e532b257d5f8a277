/// What came of something that was sent to a machine.
public enum MachineOutcome: Sendable, Hashable {
  /// It was taken, even if the machine stays in the states in which it was.
  case taken
  /// A state said that it may not happen there; the states by their paths.
  case forbidden(by: [String])
  /// No active state does anything with it; the names of the guards that did not hold.
  case unhandled(guards: [String])
}

/// What one message did to a machine.
public struct MachineStep: Sendable {
  /// Whether it was taken.
  public let outcome: MachineOutcome
  /// Where the machine stands now; as before when the message was not taken.
  public let status: MachineStatus
  /// What the actions raised, in order.
  public let events: [NewEvent]
  /// The transitions taken, as places in ``StateMachine/transitions``.
  public let taken: [Int]
  /// The paths of the states left, in order; the machine itself has the empty path.
  public let left: [String]
  /// The paths of the states entered, in order.
  public let entered: [String]
  /// The delays to arm and to call off.
  package let delays: MachineDelayChanges
  /// Whether the status has to be kept: the message was taken, or a delay was spent.
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
  /// Gives events of actions to the aggregate and returns the aggregate's state with them.
  public typealias Raising = (NewEvent) throws -> JSON

  /// Enters the states in which the machine begins.
  ///
  /// - Parameters:
  ///   - aggregate: What guards and actions see of the aggregate.
  ///   - raising: Called for each event that an action raises.
  /// - Throws: ``MachineError`` when the machine is unsound or finds no rest, and what its actions
  ///   throw.
  public func start(
    at now: Instant, aggregate: JSON = .null, raising: Raising? = nil
  ) throws -> MachineStep {
    try checkSound()
    return step(try begun(nil, at: now, aggregate, raising), .taken, since: nil)
  }

  /// Sends a message and follows it until the machine rests.
  ///
  /// - Parameter status: Where the machine stands; `nil` starts it first.
  /// - Returns: What came of it. A message that is forbidden or unhandled changes nothing, not
  ///   even by starting.
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

  /// Takes the delayed transition of a delay that waits.
  ///
  /// When no guard holds any more the delay is spent all the same. One that does not wait, as one
  /// called off while its timer was firing, changes nothing.
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

  /// Whether the machine has come to its end and takes no message any more.
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
