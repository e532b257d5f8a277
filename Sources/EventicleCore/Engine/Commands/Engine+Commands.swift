extension Engine {
  /// Carries out a command that the domain declares.
  mutating func dispatch(_ intent: CommandIntent, isByUser: Bool) -> Step {
    command(isByUser, waiting: intent) { try $0.dispatch(intent) }
  }

  /// Carries out a command that is given with its body.
  mutating func dispatch(_ direct: DirectCommand, isByUser: Bool) -> Step {
    dispatch(
      CommandIntent(direct.name, workspace: direct.workspace), on: direct.stream,
      isByUser: isByUser, direct.body)
  }

  /// The same for a body that does not leave the caller's thread.
  mutating func dispatch(
    _ intent: CommandIntent, on stream: StreamName, isByUser: Bool,
    _ body: (Transaction) throws -> CommandResult
  ) -> Step {
    command(isByUser) { transaction in
      try transaction.carryOut(intent) {
        try Registry.keep({ try body(transaction) }, on: stream, in: transaction)
      }
    }
  }

  /// - Parameter intent: What is tried again when it meets a lease; `nil` for what cannot be.
  private mutating func command(
    _ isByUser: Bool, waiting intent: CommandIntent? = nil,
    _ body: (Transaction) throws -> CommandReply
  ) -> Step {
    let transaction = begin()
    var result = Step()
    do {
      let reply = try body(transaction)
      result.response = reply.response
      result.events = reply.events
    } catch let error as EngineError {
      let reason = sentence(of: error)
      return Step(failing: error, entries: abandon(transaction, reason, isByUser))
    } catch {
      // The refusal itself is kept in the journal; nothing else is left of the command.
      result.problem = sentence(of: error)
      result.error = error
      result.reportedError = error as? ReportedError
      if let intent, error is TransactionError,
        let until = try? letWait(intent, error, nil, nil, transaction)
      {
        result.problem = nil
        result.waitsUntil = until
      }
    }
    if transaction.notes.isEmpty {
      // It was carried out before, and nothing is done again.
      result.entries = abandon(transaction, result.problem ?? "It was done before.", isByUser)
    } else {
      result.entries = finish(transaction, cause: nil, isByUser: isByUser)
    }
    return result
  }
}
