internal import EventicleCore

/// What the code's calls read and write; its members are grouped by what they are about.
enum NodeCalls {
  /// The type of record or aggregate that a call is about.
  static func type(_ arguments: JSON) -> String { arguments["type"].string ?? "" }

  static func workspace(_ arguments: JSON, _ reading: some NodeReading) -> Workspace {
    arguments["ws"].string.map { Workspace($0) } ?? reading.workspace
  }

  static func workspace(_ arguments: JSON, _ transaction: Transaction) -> Workspace {
    arguments["ws"].string.map { Workspace($0) } ?? transaction.workspace
  }

  /// The request to carry a command out.
  static func intent(_ arguments: JSON) -> CommandIntent {
    let intent = arguments["intent"]
    return CommandIntent(
      type(arguments), arguments["data"].isNull ? .emptyObject : arguments["data"],
      workspace: intent["workspaceId"].string.map { Workspace($0) }, lock: intent["lock"].string)
  }

  /// What a dispatch answers.
  ///
  /// - Parameter by: The request that carried the command out, by which the code finds the objects
  ///   that its handler returned.
  static func answer(
    response: JSON?, _ events: [Event], reported: ReportedError?, by: Int?
  ) -> NodeAnswer {
    var message = MessageWriter("response", response ?? .null)
    message.member("events", events)
    if let reported {
      message.member("webError", ["name": "Error", "message": .string(reported.reason)])
    }
    if let by { message.member("by", .int(by)) }
    return .raw(message.whole)
  }
}

extension NodeHost: NodeCallServer {
  func nested(
    _ call: NodeCall, in request: NodeRequest, of child: NodeChild
  ) throws -> NodeAnswer {
    guard let transaction = request.transaction else {
      throw NodeCallError(
        "\(call.operation) was called where the engine is not asked: while the states of an "
          + "aggregate are folded from its events, which depend on nothing else.")
    }
    return try serve(call, in: transaction)
  }

  /// Serves a call that reads or writes what a transaction sees.
  func serve(_ call: NodeCall, in transaction: Transaction) throws -> NodeAnswer {
    let arguments = call.arguments
    switch call.operation {
    case "create": return try NodeCalls.create(arguments, in: transaction)
    case "save": return try NodeCalls.save(arguments, in: transaction)
    case "delete": return try NodeCalls.delete(arguments, in: transaction)
    case "deleteMany": return try NodeCalls.deleteMany(arguments, in: transaction)
    case "purge": return try NodeCalls.purge(in: transaction)
    case "emit": return try NodeCalls.emit(arguments, in: transaction)
    case "aggPersist": return try NodeCalls.persist(arguments, in: transaction, self)
    case "lock": return try NodeCalls.lock(arguments, in: transaction)
    case "jobAdd": return try NodeCalls.addJob(arguments, in: transaction)
    case "jobRemove": return try NodeCalls.removeJob(arguments, in: transaction)
    default: return try read(call, TransactionReading(transaction: transaction, host: self))
    }
  }

  /// Serves a call that only reads.
  func read(_ call: NodeCall, _ reading: some NodeReading) throws -> NodeAnswer {
    let arguments = call.arguments
    switch call.operation {
    case "get": return try NodeCalls.get(arguments, reading, self)
    case "find": return try NodeCalls.find(arguments, reading, self)
    case "page": return try NodeCalls.page(arguments, reading, self)
    case "count":
      let count = try reading.count(
        NodeCalls.type(arguments), NodeCalls.query(arguments),
        in: NodeCalls.workspace(arguments, reading))
      return .value(.int(count))
    case "history": return NodeCalls.history(ofStreams: arguments, reading)
    case "aggHistory": return NodeCalls.history(arguments, reading)
    case "aggBulk": return try NodeCalls.bulk(arguments, reading)
    case "sagas":
      return .value(
        .array(NodeCalls.sagas(reading, self, withEvents: arguments["events"].bool ?? false)))
    case "sagaEvents": return NodeCalls.sagaEvents(arguments, reading)
    case "jobHas": return NodeCalls.hasJob(arguments, reading)
    default: throw NodeCallError("The engine knows no call \"\(call.operation)\".")
    }
  }

  func reentrant(
    _ call: NodeCall, in request: NodeRequest, of child: NodeChild
  ) throws -> NodeAnswer {
    guard let transaction = request.transaction else {
      throw NodeCallError("\(call.operation) was called where nothing can be carried out.")
    }
    switch call.operation {
    case "dispatch":
      let (reply, reported) = try transaction.dispatchReporting(NodeCalls.intent(call.arguments))
      return NodeCalls.answer(
        response: reply.response, reply.events, reported: reported,
        by: reply.isRepeat ? nil : child.lastCommand)
    case "transaction":
      try transaction.requiresNew { inner in
        try body(call, request.handler, in: inner, isOutside: false)
      }
      return .none
    default: return try serve(call, in: transaction)
    }
  }

  /// The declarations of a kind in the child that runs handlers.
  func declared(_ kind: NodeDeclaration.Kind) -> [NodeDeclaration] {
    let child = isRehearsing ? rehearsing.child : current
    return child?.declarations.all(kind) ?? []
  }

  /// How aggregates of a type are kept and folded.
  func root(_ type: String) -> AggregateRoot {
    var root = AggregateRoot(
      type, stream: StreamName("aggregate-events-\(type)"), snapshotEvery: 1,
      folder: NodeFolder(host: self))
    root.isFoundByHistory = true
    return root
  }
}
