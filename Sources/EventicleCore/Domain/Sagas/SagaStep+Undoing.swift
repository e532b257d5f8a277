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

  /// Registers a command for ``compensate()``, behind those that are registered already.
  ///
  /// It stays registered with the instance until it was carried out, or the instance ends.
  public func registerUndo(_ undo: CommandIntent) { undos.append(undo) }

  /// Registers a command for ``compensate()`` by its type and data.
  public func registerUndo(_ type: String, _ data: JSON = .emptyObject) {
    registerUndo(CommandIntent(type, data))
  }

  /// Forgets the registered commands: what was done stays done.
  public func forgetUndos() { undos = [] }

  /// Carries out the registered commands, the last one first, each as part of this step.
  ///
  /// All of them are carried out or none: when one is refused its error is thrown, and a step that
  /// lets it pass fails as a whole, to be tried again as the saga's policy says.
  ///
  /// - Returns: How many were carried out.
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
