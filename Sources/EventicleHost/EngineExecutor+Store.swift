internal import EventicleCore

extension EngineExecutor {
  /// Appends a step to what the store keeps of the batch.
  func keep(_ step: Step, of input: RecordedInput) {
    keeper?.append(step, of: input, engine.world, engine.domain)
  }

  /// Closes the host because the store has not kept a batch: what it has is not known to be what
  /// the engine has.
  func fail(_ fault: StoreFault) {
    shut()
    adapters.cancelAll()
    storeFault = fault
    log.failed(fault, of: engine.domain)
  }

  /// Notes when the store wants something done if no other work comes before.
  func planUpkeep() {
    guard let keeper, let delay = keeper.upkeepDelay else {
      upkeep = nil
      return
    }
    let last = keeper.store.last
    if upkeep?.last != last { upkeep = (clock.now + delay, last) }
  }

  /// Does what the store has left until nobody works, when that is due.
  func keepUp() {
    guard let due = upkeep?.due, due <= clock.now else { return }
    upkeep = nil
    if let fault = keeper?.upkeep() { fail(fault) }
  }

  /// Ends the work with the store, when the host is closed.
  func leaveStore() {
    if let fault = keeper?.close() {
      storeFault = fault
      log.failed(fault, of: engine.domain)
      publisher.publish(
        PublishedState(
          world: publisher.current.world, connection: connection, storeFault: storeFault))
    }
    (keeper, upkeep) = (nil, nil)
  }
}

/// What a caller is told: nothing was done when the store has not kept it.
func outcome<Value>(
  _ result: Result<Value, any Error>, unless fault: StoreFault?
) -> Result<Value, any Error> {
  guard let fault else { return result }
  return .failure(OperationError(fault, saying: "\(fault) The host is closed."))
}
