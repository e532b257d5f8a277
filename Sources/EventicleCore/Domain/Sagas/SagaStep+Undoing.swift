extension SagaStep {
  /// Carries out a command as part of the step and registers the command that undoes it.
  ///
  /// Nothing is registered when the command is refused.
  @discardableResult
  public func dispatch(
    _ type: String, _ data: JSON = .emptyObject, undoneBy undo: CommandIntent
  ) throws -> JSON? {
    let response = try dispatch(type, data)
    registerUndo(undo)
    return response
  }

  /// Registers a command for ``compensate()``, after those already registered.
  ///
  /// It stays registered with the instance until it is carried out or the instance ends.
  public func registerUndo(_ undo: CommandIntent) { undos.append(undo) }

  /// Registers a command for ``compensate()`` by its type and data.
  public func registerUndo(_ type: String, _ data: JSON = .emptyObject) {
    registerUndo(CommandIntent(type, data))
  }

  /// Drops the registered commands, so that what was done stays done.
  public func forgetUndos() { undos = [] }

  /// Carries out the registered commands, last one first, as part of this step.
  ///
  /// Either all are carried out or none: when one is refused its error is thrown, and a step that
  /// does not catch it fails as a whole, to be retried according to the saga's policy.
  ///
  /// - Returns: The number of commands carried out.
  @discardableResult
  public func compensate() throws -> Int {
    let order = undos
    try transaction.nested { transaction in
      for undo in order.reversed() { try transaction.dispatch(undo) }
    }
    undos = []
    return order.count
  }
}
