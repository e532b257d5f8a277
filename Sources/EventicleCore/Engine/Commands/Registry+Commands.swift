extension Registry {
  func propagation(of command: String) -> TransactionOptions.Propagation {
    commands[command]?.options.propagation ?? .join
  }

  var commandTypes: Set<String> { Set(commands.keys) }

  func execute(_ intent: CommandIntent, in transaction: Transaction) throws -> JSON? {
    guard let command = commands[intent.type] else {
      throw EngineError.unknownCommand(intent.type, known: domain.commands.map(\.type))
    }
    let before = transaction.spent
    return try Registry.keep(
      {
        let data = try command.checked(intent.data)
        if let lock = command.lock?(data) { try transaction.withLock(lock) {} }
        try command.validates?(data, transaction)
        let result = try command.handler(data, transaction)
        if let limit = command.options.timeLimit, transaction.spent - before > limit {
          throw TransactionError.commandTooLong(
            intent.type, took: transaction.spent - before, limit: limit)
        }
        return result
      }, on: command.stream, in: transaction)
  }

  /// Emits the events that a handler returned, then throws what it reported.
  static func keep(
    _ handler: () throws -> CommandResult, on stream: StreamName, in transaction: Transaction
  ) throws -> JSON? {
    let result: CommandResult
    do {
      result = try handler()
    } catch let error as ReportedError {
      // An uncaught report of a nested command refuses the outer one.
      throw Rejection(error.reason)
    }
    try transaction.emit(returned: result.events, to: stream)
    if let error = result.reportedError { throw error }
    return result.response
  }
}
