extension Eventicle {
  /// Dispatches a command, optionally for a tenant or with an idempotency key, and delivers
  /// everything that follows from it.
  ///
  /// - Returns: The response and the events appended; for a command that waits for a lock, as its
  ///   ``TransactionOptions/lockWait`` allows, the instant of the next attempt.
  /// - Throws: ``ReportedError``, after which the events are kept; the ``RejectionError`` that the
  ///   command threw; ``OperationError`` with its cause for any other error, also when a handler
  ///   deferred the command.
  @discardableResult
  public func dispatch(_ intent: CommandIntent) throws -> CommandReply {
    try carryOut(intent.type, .dispatch(intent)) { $0.dispatch(intent, by: .program) }
  }

  /// Runs a closure as a command, and delivers everything that follows from it.
  ///
  /// - Parameters:
  ///   - stream: The stream for the events that the closure returns.
  ///   - name: The command name in the journal.
  ///   - workspace: The workspace whose data it reads and writes.
  /// - Returns: The response and the events appended.
  /// - Throws: As ``dispatch(_:)`` does; an error that the closure throws undoes all it did.
  @discardableResult
  public func dispatch(
    on stream: StreamName, named name: String = DirectCommand.standardName,
    in workspace: Workspace? = nil, _ body: (Transaction) throws -> CommandResult
  ) throws -> CommandReply {
    try carryOut(name, .direct(name)) { engine in
      engine.dispatch(
        CommandIntent(name, workspace: workspace), on: stream, by: .program, body)
    }
  }

  private func carryOut(
    _ name: String, _ action: InputAction, _ body: (inout Engine) -> Step
  ) throws -> CommandReply {
    let step = try performNow("dispatch \(name)", as: action, body)
    if let error = step.thrown { throw error }
    return CommandReply(
      response: step.response, events: step.events,
      isRepeat: step.isEmpty, waitsUntil: step.waitsUntil)
  }
}
