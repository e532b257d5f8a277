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

  /// Ends the work with the store, when the host is closed.
  func leaveStore() {
    keeper?.close()
    keeper = nil
  }
}

/// What a caller is told: nothing was done when the store has not kept it.
func outcome<Value>(
  _ result: Result<Value, any Error>, unless fault: StoreFault?
) -> Result<Value, any Error> {
  guard let fault else { return result }
  return .failure(OperationError(fault, saying: "\(fault) The host is closed."))
}
