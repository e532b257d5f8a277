extension Transaction {
  /// Starts the state machine of an aggregate, unless it has started already.
  ///
  /// Sending a message starts it too; starting it explicitly arms the delays of the initial states
  /// and runs their entry actions.
  ///
  /// - Returns: The step that the machine took; `nil` when the machine had started already.
  /// - Throws: ``MachineError``, and errors of actions; the aggregate is unchanged then.
  @discardableResult
  public func start(_ aggregate: inout AggregateInstance) throws -> MachineStep? {
    let machine = try machine(of: aggregate)
    guard try aggregate.machineStatus() == nil else { return nil }
    return try work(on: &aggregate, machine) { now, state, raising in
      try machine.start(at: now, aggregate: state, raising: raising)
    }
  }

  /// Sends a message to an aggregate that is a state machine.
  ///
  /// The events that actions raise come first, followed by one ``AggregateRoot/statusEvent`` that
  /// records the machine's status. Persist the aggregate to keep them. The first message starts the
  /// machine.
  ///
  /// - Throws: ``Rejection``, with what is allowed now, when the message is forbidden or nothing
  ///   accepts it; ``MachineError``; errors of guards and actions. The aggregate is unchanged then.
  @discardableResult
  public func send(
    _ aggregate: inout AggregateInstance, _ message: String, _ data: JSON = .emptyObject
  ) throws -> MachineStep {
    let step = try offer(&aggregate, message, data)
    if let refusal = try machine(of: aggregate).refusal(of: message, step) {
      throw Rejection(refusal)
    }
    return step
  }

  /// Sends a message as ``send(_:_:_:)`` does, and returns the outcome even if the message was not
  /// accepted.
  ///
  /// - Throws: ``MachineError``, and errors of guards and actions.
  public func offer(
    _ aggregate: inout AggregateInstance, _ message: String, _ data: JSON = .emptyObject
  ) throws -> MachineStep {
    let machine = try machine(of: aggregate)
    let status = try aggregate.machineStatus()
    return try work(on: &aggregate, machine) { now, state, raising in
      try machine.send(
        MachineMessage(message, data), to: status, at: now, aggregate: state, raising: raising)
    }
  }

  /// Takes a delayed transition of an aggregate: loads and persists it, and publishes the events
  /// that its actions raised.
  ///
  /// - Parameter delay: The delay's id; see ``MachineDelay``.
  /// - Returns: The step that the machine took; `nil` when there is no such aggregate or the
  ///   delay is not pending.
  /// - Throws: ``MachineError``, ``TransactionError``, and errors of guards and actions.
  @discardableResult
  public func fireMachineDelay(
    _ root: AggregateRoot, _ id: DomainID, _ delay: String
  ) throws -> MachineStep? {
    guard var aggregate = load(root, id) else { return nil }
    let machine = try machine(of: aggregate)
    guard let status = try aggregate.machineStatus(),
      status.delays.contains(where: { $0.id == delay })
    else { return nil }
    let step = try work(on: &aggregate, machine) { now, state, raising in
      try machine.fire(delay, in: status, at: now, aggregate: state, raising: raising)
    }
    try persist(&aggregate)
    return step
  }

  private func machine(of aggregate: AggregateInstance) throws -> StateMachine {
    guard let machine = aggregate.root.machine else {
      throw MachineError.noMachine(aggregate.root.type)
    }
    return machine
  }

  /// Runs a step on a copy of an aggregate, which replaces the original if the step did anything.
  private func work(
    on aggregate: inout AggregateInstance, _ machine: StateMachine,
    _ body: (Instant, JSON, @escaping StateMachine.Raising) throws -> MachineStep
  ) throws -> MachineStep {
    try checkOpen()
    let trial = Trial(aggregate)
    let step = try body(now, aggregate.state) { event in
      trial.aggregate.raise(event)
      return trial.aggregate.state
    }
    guard step.changesStatus else { return step }
    trial.aggregate.raise(AggregateRoot.statusEvent, machine.data(of: step.status))
    aggregate = trial.aggregate
    return step
  }
}

/// A copy of an aggregate on which a step is tried.
private final class Trial {
  var aggregate: AggregateInstance

  init(_ aggregate: AggregateInstance) { self.aggregate = aggregate }
}
