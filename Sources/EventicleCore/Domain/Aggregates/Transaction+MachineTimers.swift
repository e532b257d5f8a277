extension TimerKey {
  /// The timer of a delayed transition of an aggregate that is a state machine.
  static func machine(_ key: AggregateKey, delay: String) -> TimerKey {
    let type = "aggregate:\(key.type)"
    let owner = key.workspace.isTenant ? "\(key.workspace.text):\(type)" : type
    return TimerKey(SagaKey(owner, key.id.text), delay)
  }
}

extension Transaction {
  /// Arms and cancels the timers of an aggregate's delayed transitions.
  func apply(_ delays: MachineDelayChanges, of key: AggregateKey) throws {
    for delay in delays.cancelled { disarm(.machine(key, delay: delay)) }
    for delay in delays.armed { try arm(.machine(key, delay: delay.id), .at(delay.due)) }
  }
}
