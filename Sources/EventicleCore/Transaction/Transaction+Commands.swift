/// The result of a command for its caller: its response and its events.
public struct CommandReply: Sendable {
  /// The response for the caller; `nil` when the command gave none.
  public let response: JSON?
  /// The events that the command appended, in order.
  public let events: [Event]
  /// Whether this repeats the outcome of an earlier command with the same idempotency key.
  public let isRepeat: Bool
  /// When the command is tried again because it waits for a lock; `nil` when it was carried out.
  public internal(set) var waitsUntil: Instant?
}

extension Transaction {
  /// Carries out a command as part of this transaction and returns its response.
  ///
  /// A refusal is thrown as the ``RejectionError`` of the command, and nothing that the refused
  /// command wrote remains; a handler may catch it and continue.
  @discardableResult
  public func dispatch(_ type: String, _ data: JSON = .emptyObject) throws -> JSON? {
    try dispatch(CommandIntent(type, data)).response
  }

  /// Carries out a command and returns its response and its events.
  ///
  /// A command whose options require a step of its own gets one when a handler dispatches it; see
  /// ``requiresNew(_:)``.
  ///
  /// - Throws: ``RejectionError``, ``ReportedError`` although the events are kept,
  ///   ``TransactionError``, ``TraceParentError``, and whatever the handler throws.
  @discardableResult
  public func dispatch(_ intent: CommandIntent) throws -> CommandReply {
    let (reply, reported) = try dispatchReporting(intent)
    if let reported { throw reported }
    return reply
  }

  /// Carries out a command and returns its response and its events, together with the error that
  /// it reported to its caller although they are kept.
  ///
  /// As ``dispatch(_:)-(CommandIntent)``, for callers that need the reply of a command that
  /// reports an error.
  ///
  /// - Throws: ``RejectionError``, ``TransactionError``, ``TraceParentError``, and whatever the
  ///   handler throws.
  public func dispatchReporting(
    _ intent: CommandIntent
  ) throws -> (reply: CommandReply, reported: ReportedError?) {
    try checkOpen()
    guard currentNote != nil, services.propagation(of: intent.type) == .requiresNew else {
      return try carryOut(intent) { try services.execute(intent, in: self) }
    }
    let result: Result<(reply: CommandReply, reported: ReportedError?), any Error> =
      try independentStep { inner in
        // A refusal leaves a journal entry, so the step is committed with it.
        Result { try inner.carryOut(intent) { try inner.services.execute(intent, in: inner) } }
      }
    return try result.get()
  }

  /// Runs a body on behalf of a command and notes the outcome.
  package func carryOut(
    _ intent: CommandIntent, _ body: () throws -> CommandAnswer
  ) throws -> (reply: CommandReply, reported: ReportedError?) {
    try checkOpen()
    guard dispatchDepth < Limits.dispatchDepth else {
      throw TransactionError.dispatchTooDeep(intent.type)
    }
    try intent.workspace?.check()
    if let trace = intent.trace, !trace.isEmpty { _ = try TraceParent(trace) }
    let (place, outerTrace) = (workspace, trace)
    defer { (workspace, trace) = (place, outerTrace) }
    let before = savepoint()
    if let workspace = intent.workspace { enter(workspace) }
    if let trace = intent.trace { self.trace = trace }
    if let known = try recall(intent) { return known }
    let bytes = JSONBytes(intent.data)
    let parent = currentNote
    let note = note(
      .command(type: intent.type, data: bytes, response: nil, .done), parent: parent)
    let logged = world.log.count - movedEvents
    currentNote = note
    dispatchDepth += 1
    defer {
      dispatchDepth -= 1
      currentNote = parent
    }
    func revise(_ response: JSON?, _ outcome: CommandOutcome) throws {
      self.revise(
        note, .command(type: intent.type, data: bytes, response: response, outcome))
      try keep(outcome, of: intent, response, since: logged)
    }
    do {
      try refuseIfEdited()
      if let lock = intent.lock { try self.lock(lock) }
      let answer = try body()
      try checkReading()
      try revise(answer.response, answer.reported.map { .reported($0.reason) } ?? .done)
      let reply = CommandReply(
        response: answer.response, events: events(since: logged), isRepeat: false)
      return (reply, answer.reported)
    } catch {
      readingError = nil
      rollBack(to: before)
      let outcome: CommandOutcome =
        error is any RejectionError ? .rejected(sentence(of: error)) : .failed(sentence(of: error))
      self.note(
        .command(type: intent.type, data: bytes, response: nil, outcome), parent: parent)
      if let workspace = intent.workspace, intent.idempotencyKey != nil { enter(workspace) }
      try keep(outcome, of: intent, nil, since: world.log.count - movedEvents)
      throw error
    }
  }

  /// - Parameter count: The number of earlier events, without those of independent steps.
  private func events(since count: Int) -> [Event] {
    let count = count + movedEvents
    guard world.log.count > count else { return [] }
    return (count + 1...world.log.count).compactMap {
      world.log.event(at: Position($0)).flatMap(opened)
    }
  }

  /// Stores the outcome of a command under the intent's key, if it has one.
  private func keep(
    _ outcome: CommandOutcome, of intent: CommandIntent, _ response: JSON?, since count: Int
  ) throws {
    guard let key = intent.idempotencyKey else { return }
    let events = events(since: count).map { JSON.string($0.id.text) }
    var content: JSON = ["data": intent.data, "events": .array(events)]
    if let response { content["response"] = response }
    switch outcome {
    case .done: break
    case .reported(let reason): content["reported"] = .string(reason)
    case .rejected(let reason): content["rejected"] = .string(reason)
    // A failure may succeed next time, so it is not stored.
    case .failed, .waiting: return
    }
    try put(CommandReply.keyRecords, "\(intent.type)/\(key)", content)
  }

  /// The stored outcome of a command that was carried out under the same key.
  private func recall(
    _ intent: CommandIntent
  ) throws -> (reply: CommandReply, reported: ReportedError?)? {
    guard let key = intent.idempotencyKey,
      let known = record(CommandReply.keyRecords, "\(intent.type)/\(key)")?.content
    else { return nil }
    guard known["data"].means(intent.data) else {
      throw TransactionError.commandKeyTaken(intent.type, key)
    }
    if let reason = known["rejected"].string { throw Rejection(reason) }
    let events = (known["events"].array ?? []).compactMap { id in
      id.string.flatMap { text in
        event(EventID(text))
          // The event may have been written to another workspace.
          ?? world.log.position(of: EventID(text)).flatMap { world.log.event(at: $0) }.flatMap(
            opened)
      }
    }
    let reply = CommandReply(
      response: known.object?["response"], events: events, isRepeat: true)
    return (reply, known["reported"].string.map { ReportedError($0) })
  }
}

/// What the handler of a command answers to its caller.
package struct CommandAnswer {
  /// The response; `nil` for none.
  let response: JSON?
  /// The error reported although the events are kept.
  let reported: ReportedError?
}

extension CommandReply {
  /// The type of the records that store the outcomes of commands with an idempotency key.
  public static let keyRecords = "eventicle:command"
}
