/// A command that no domain declares: a body that runs in a transaction.
public struct DirectCommand: Sendable {
  /// The name under which it is journaled.
  public let name: String
  /// The stream that its events go to.
  public let stream: StreamName
  /// Whose data it is about.
  public let workspace: Workspace?
  let body: @Sendable (Transaction) throws -> CommandResult

  /// The name of a command that was given none.
  public static let standardName = "DYNAMIC"

  /// One of these parts.
  public init(
    _ name: String = DirectCommand.standardName, stream: StreamName, workspace: Workspace? = nil,
    body: @escaping @Sendable (Transaction) throws -> CommandResult
  ) {
    self.name = name
    self.stream = stream
    self.workspace = workspace
    self.body = body
  }
}

extension Engine {
  /// Carries out a command that the domain declares.
  mutating func dispatch(_ intent: CommandIntent, isByUser: Bool) -> EngineStep {
    command(isByUser) { try $0.dispatch(intent) }
  }

  /// Carries out a command that is given with its body.
  mutating func dispatch(_ direct: DirectCommand, isByUser: Bool) -> EngineStep {
    dispatch(
      CommandIntent(direct.name, workspace: direct.workspace), on: direct.stream,
      isByUser: isByUser, direct.body)
  }

  /// The same for a body that does not leave the caller's thread.
  mutating func dispatch(
    _ intent: CommandIntent, on stream: StreamName, isByUser: Bool,
    _ body: (Transaction) throws -> CommandResult
  ) -> EngineStep {
    command(isByUser) { transaction in
      try transaction.carryOut(intent) {
        try Registry.keep({ try body(transaction) }, on: stream, in: transaction)
      }
    }
  }

  private mutating func command(
    _ isByUser: Bool, _ body: (Transaction) throws -> CommandReply
  ) -> EngineStep {
    let transaction = begin()
    var result = EngineStep()
    do {
      let reply = try body(transaction)
      result.response = reply.response
      result.events = reply.events
    } catch let error as EngineError {
      let reason = sentence(of: error)
      return EngineStep(entries: abandon(transaction, reason, isByUser), problem: reason)
    } catch {
      // The refusal itself is kept in the journal; nothing else is left of the command.
      result.problem = sentence(of: error)
      result.reportedError = error as? ReportedError
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

extension Registry {
  func propagation(of command: String) -> TransactionOptions.Propagation {
    commands[command]?.options.propagation ?? .join
  }

  func execute(_ intent: CommandIntent, in transaction: Transaction) throws -> JSON? {
    guard let command = commands[intent.type] else {
      throw EngineError.unknownCommand(intent.type, known: domain.commands.map(\.type))
    }
    return try Registry.keep(
      {
        let data = try command.checked(intent.data)
        if let lock = command.lock?(data) { try transaction.withLock(lock) {} }
        try command.validates?(data, transaction)
        return try command.handler(data, transaction)
      }, on: command.stream, in: transaction)
  }

  /// Emits what a handler returned, and then throws what it reported.
  static func keep(
    _ handler: () throws -> CommandResult, on stream: StreamName, in transaction: Transaction
  ) throws -> JSON? {
    let result: CommandResult
    do {
      result = try handler()
    } catch let error as ReportedError {
      // What a command inside reported and nobody caught is a refusal of this one.
      throw Rejection(error.reason)
    }
    try transaction.emit(result.events, to: stream)
    if let error = result.reportedError { throw error }
    return result.response
  }
}

extension Eventicle {
  /// Carries out a command, for a tenant or under an idempotency key, and everything that follows
  /// from it.
  ///
  /// - Returns: Its response and the events that it appended.
  /// - Throws: ``ReportedError`` after the events were kept, ``OperationError`` with the sentence of
  ///   a refusal or failure, also when a handler asks for it.
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
    _ name: String, _ body: (inout Engine) -> EngineStep
  ) throws -> CommandReply {
    let step = try performNow("dispatch \(name)", body)
    if let error = step.reportedError { throw error }
    if let problem = step.problem { throw OperationError(problem) }
    return CommandReply(
      response: step.response, events: step.events,
      isRepeat: step.entries.isEmpty)
  }
}
