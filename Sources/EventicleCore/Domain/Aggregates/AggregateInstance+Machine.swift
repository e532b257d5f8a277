extension AggregateRoot {
  /// The type of the event in which a state machine says where it stands.
  public static let statusEvent: EventType = "xstate-status"

  /// The member of an aggregate's state that holds what its last status event said.
  public static let machineMember = "machine"
}

extension AggregateInstance {
  /// Where its state machine stands; `nil` before it was started, and without a machine.
  ///
  /// Nothing is run. Costs O(size of the status).
  ///
  /// - Throws: ``MachineError`` when what was stored does not fit the machine.
  public func machineStatus() throws -> MachineStatus? {
    let said = state[AggregateRoot.machineMember]
    guard let machine = root.machine, !said.isNull else { return nil }
    return try machine.status(from: said)
  }

  /// The messages that its machine may take now.
  ///
  /// - Throws: As ``machineStatus()`` does.
  public func allowedMessages() throws -> [String] {
    guard let machine = root.machine, let status = try machineStatus() else { return [] }
    return machine.allowedMessages(status.configuration)
  }

  /// What is stored beside an aggregate that is a state machine, for queries: where it stands and
  /// what it remembers; `nil` before it was started.
  public var machineCheckpoint: JSON? {
    let said = state[AggregateRoot.machineMember]
    guard root.machine != nil, !said.isNull else { return nil }
    return ["state": said["state"], "context": said["context"]]
  }

  /// The delays to arm and to call off for what was sent since it was loaded or persisted last.
  ///
  /// To be read before persisting, and applied in the same transaction.
  ///
  /// - Throws: As ``machineStatus()`` does.
  package func machineDelayChanges() throws -> MachineDelayChanges {
    guard let status = try machineStatus() else {
      return MachineDelayChanges(cancelled: [], armed: [])
    }
    // What an older version armed is named as it was armed, whatever a migration makes of it.
    let before = loadedMachine["delays"].array ?? []
    return status.delayChanges(from: before.compactMap { MachineDelay($0) })
  }
}

extension [NewEvent] {
  /// The same without the events in which state machines say where they stand.
  public var withoutStatusEvents: [NewEvent] { filter { $0.type != AggregateRoot.statusEvent } }
}
