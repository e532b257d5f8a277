extension Eventicle {
  /// Carries out a command, for a tenant or under an idempotency key, and everything that follows
  /// from it.
  ///
  /// - Returns: Its response and the events that it appended; for a command that waits for a lock,
  ///   as its ``TransactionOptions/lockWait`` lets it, when it is tried again.
  /// - Throws: ``ReportedError`` after the events were kept; a refusal as the ``RejectionError``
  ///   that the command threw; ``OperationError`` with the cause of anything else, also when a
  ///   handler deferred the command.
  @discardableResult
  public func dispatch(_ intent: CommandIntent) throws -> CommandReply {
    try carryOut(intent.type) { $0.dispatch(intent, isByUser: false) }
  }

  /// Carries out a body as a command, and everything that follows from it.
  ///
  /// - Parameters:
  ///   - stream: Where the events that the body returns go.
  ///   - name: The name under which it is journaled.
  ///   - workspace: Whose data it is about.
  /// - Returns: The response and the events that were appended.
  /// - Throws: As ``dispatch(_:)`` does; what the body throws takes back all it did.
  @discardableResult
  public func dispatch(
    on stream: StreamName, named name: String = DirectCommand.standardName,
    in workspace: Workspace? = nil, _ body: (Transaction) throws -> CommandResult
  ) throws -> CommandReply {
    try carryOut(name) { engine in
      engine.dispatch(
        CommandIntent(name, workspace: workspace), on: stream, isByUser: false, body)
    }
  }

  private func carryOut(
    _ name: String, _ body: (inout Engine) -> Step
  ) throws -> CommandReply {
    let step = try performNow("dispatch \(name)", body)
    if let error = step.thrown { throw error }
    return CommandReply(
      response: step.response, events: step.events,
      isRepeat: step.entries.isEmpty, waitsUntil: step.waitsUntil)
  }
}
