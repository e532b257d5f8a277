extension Transaction {
  /// Starts the state machine of an aggregate that has not been started.
  ///
  /// Sending starts it too; starting by itself arms the delays of the first states and runs their
  /// entry actions. One that was started already is left alone.
  ///
  /// - Returns: What was done; `nil` when it was started already.
  /// - Throws: ``MachineError``, and what actions throw; the aggregate is unchanged then.
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
  /// The events that actions raise come first, then one ``AggregateRoot/statusEvent`` that says
  /// where the machine stands. Persist the aggregate to keep them. The first message starts the
  /// machine.
  ///
  /// - Throws: ``Rejection`` when the message is forbidden or nothing takes it, with what is
  ///   allowed now; ``MachineError``; what guards and actions throw. The aggregate is unchanged
  ///   then.
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

  /// Sends a message as ``send(_:_:_:)`` does, and returns what came of it even if it was not
  /// taken.
  ///
  /// - Throws: ``MachineError``, and what guards and actions throw.
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

  /// Takes a delayed transition of an aggregate: loads it, persists it and publishes what its
  /// actions raised.
  ///
  /// - Parameter delay: The delay's id; see ``MachineDelay``.
  /// - Returns: What was done; `nil` when there is no such aggregate or the delay does not wait.
  /// - Throws: ``MachineError``, ``TransactionError``, and what guards and actions throw.
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

  /// Runs a step on a copy of an aggregate, which takes its place if the step did anything.
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
