extension Registry {
  func propagation(of command: String) -> TransactionOptions.Propagation {
    commands[command]?.options.propagation ?? .join
  }

  var commandTypes: Set<String> { Set(commands.keys) }

  func execute(_ intent: CommandIntent, in transaction: Transaction) throws -> CommandAnswer {
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

  /// Runs a closure that is dispatched like a command, through the executor if there is one.
  func call(
    _ name: String, in transaction: Transaction, _ body: (Transaction) throws -> CommandResult
  ) throws -> CommandResult {
    guard let executor else { return try body(transaction) }
    var result = CommandResult()
    try executor.call(HandlerID(.command, name), in: transaction) {
      result = try body(transaction)
    }
    return result
  }

  /// Emits the events that a handler returned; what it reported is part of the answer.
  static func keep(
    _ handler: () throws -> CommandResult, on stream: StreamName, in transaction: Transaction
  ) throws -> CommandAnswer {
    let result: CommandResult
    do {
      result = try handler()
    } catch let error as ReportedError {
      // An uncaught report of a nested command refuses the outer one.
      throw Rejection(error.reason)
    }
    try transaction.emit(returned: result.events, to: stream)
    return CommandAnswer(response: result.response, reported: result.reportedError)
  }
}
