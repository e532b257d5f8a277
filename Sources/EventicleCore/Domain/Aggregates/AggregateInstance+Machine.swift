extension AggregateRoot {
  /// The type of the event that records the status of a state machine.
  public static let statusEvent: EventType = "xstate-status"

  /// The member of an aggregate's state that holds its last recorded status.
  public static let machineMember = AggregateStatus.member
}

extension AggregateInstance {
  /// The status of the aggregate's state machine; `nil` before it has started, and without a
  /// machine.
  ///
  /// Nothing is run. O(size of the status).
  ///
  /// - Throws: ``MachineError`` when the stored status does not fit the machine.
  public func machineStatus() throws -> MachineStatus? {
    let said = state[AggregateRoot.machineMember]
    guard let machine = root.machine, !said.isNull else { return nil }
    return try machine.status(from: said)
  }

  /// The messages that the state machine accepts now.
  ///
  /// - Throws: As ``machineStatus()`` does.
  public func allowedMessages() throws -> [String] {
    guard let machine = root.machine, let status = try machineStatus() else { return [] }
    return machine.allowedMessages(status.configuration)
  }

  /// The columns stored beside a state machine's aggregate for queries: its state and its context;
  /// `nil` before it has started.
  public var machineCheckpoint: JSON? {
    let said = state[AggregateRoot.machineMember]
    guard root.machine != nil, !said.isNull else { return nil }
    return ["state": said["state"], "context": said["context"]]
  }

  /// The delays to arm and to cancel for the messages sent since the aggregate was loaded or last
  /// persisted.
  ///
  /// Must be read before persisting and applied in the same transaction.
  ///
  /// - Throws: As ``machineStatus()`` does.
  package func machineDelayChanges() throws -> MachineDelayChanges {
    guard let status = try machineStatus() else {
      return MachineDelayChanges(cancelled: [], armed: [])
    }
    // Timers armed by an older version keep their names, whatever a migration makes of the status.
    let before = loadedMachine["delays"].array ?? []
    return status.delayChanges(from: before.compactMap { MachineDelay($0) })
  }
}

extension [NewEvent] {
  /// The events without those that record the status of state machines.
  public var withoutStatusEvents: [NewEvent] { filter { $0.type != AggregateRoot.statusEvent } }
}
