extension Engine {
  /// Dispatches a command that the domain declares.
  mutating func dispatch(_ intent: CommandIntent, by origin: InputOrigin) -> Step {
    command(origin, waiting: intent) { try $0.dispatchReporting(intent) }
  }

  /// Dispatches a command given as a closure.
  mutating func dispatch(_ direct: DirectCommand, by origin: InputOrigin) -> Step {
    dispatch(
      CommandIntent(direct.name, workspace: direct.workspace), on: direct.stream,
      by: origin, direct.body)
  }

  /// Dispatches a command given as a closure that stays on the caller's thread.
  mutating func dispatch(
    _ intent: CommandIntent, on stream: StreamName, by origin: InputOrigin,
    _ body: (Transaction) throws -> CommandResult
  ) -> Step {
    command(origin) { [registry] transaction in
      try transaction.carryOut(intent) {
        try Registry.keep(
          { try registry.call(intent.type, in: transaction, body) }, on: stream, in: transaction)
      }
    }
  }

  /// - Parameter intent: The command to retry when it meets a lease; `nil` for one that cannot be
  ///   retried.
  private mutating func command(
    _ origin: InputOrigin, waiting intent: CommandIntent? = nil,
    _ body: (Transaction) throws -> (reply: CommandReply, reported: ReportedError?)
  ) -> Step {
    let transaction = begin()
    var result = Step()
    do {
      let (reply, reported) = try body(transaction)
      result.response = reply.response
      result.events = reply.events
      if let reported {
        result.problem = reported.reason
        result.error = reported
        result.reportedError = reported
      }
    } catch let error as EngineError {
      let reason = sentence(of: error)
      return Step(failing: error, entries: abandon(transaction, reason, origin))
    } catch {
      // The journal keeps the refusal; everything else that the command did is undone.
      result.problem = sentence(of: error)
      result.error = error
      if let intent, error is TransactionError,
        let until = try? letWait(intent, error, nil, nil, transaction)
      {
        result.problem = nil
        result.waitsUntil = until
      }
    }
    if transaction.notes.isEmpty {
      // It was carried out before under its idempotency key, so nothing is done now.
      result.entries = abandon(transaction, result.problem ?? "It was done before.", origin)
    } else {
      result.made = finish(transaction, cause: nil, by: origin)
    }
    return result
  }
}
