internal import EventicleCore
internal import EventicleHost

/// Serves what the team's code calls from inside a handler.
protocol NodeCallServer: AnyObject {
  /// Serves a call for which the child's thread waits; it must not lead to another request.
  func nested(_ call: NodeCall, in request: NodeRequest, of child: NodeChild) throws -> NodeAnswer
  /// Serves a call that may lead to other requests before it is answered.
  func reentrant(
    _ call: NodeCall, in request: NodeRequest, of child: NodeChild
  ) throws -> NodeAnswer
}

/// One call of the child.
struct NodeCall: Sendable {
  let number: Int
  let operation: String
  let arguments: JSON
  /// Whether it came after the handler that makes it had ended.
  var isLate = false
}

/// A request that the child works on.
final class NodeRequest {
  let number: Int
  let handler: HandlerID
  /// What the handler reads and writes; `nil` for a request without a transaction.
  let transaction: Transaction?
  fileprivate(set) var end: JSON?

  fileprivate init(_ number: Int, _ handler: HandlerID, _ transaction: Transaction?) {
    self.number = number
    self.handler = handler
    self.transaction = transaction
  }
}

/// One child process that runs the team's code, from its start to its end.
///
/// Requests are nested like calls of functions: a handler of the child may dispatch a command whose
/// handler is a request again.
// Safe: used only under the lock of its host.
final class NodeChild: @unchecked Sendable {
  /// How far the child is.
  enum Stage: Sendable {
    /// It has been started and said nothing.
    case starting
    /// It has said who it is.
    case greeted
    /// It loads the team's code.
    case loading
    /// The code is loaded.
    case loaded
    /// The code could not be loaded.
    case failed(ScriptError)
  }

  /// What the child says of itself.
  struct Greeting: Sendable {
    let version: String
    let stripsTypes: Bool
  }

  let process: NodeProcess
  let pipes: NodePipes
  private(set) var stage = Stage.starting
  private(set) var greeting: Greeting?
  /// What the code has declared so far.
  private(set) var declarations = NodeDeclarations()
  /// The files that the code consists of.
  private(set) var files: [String] = []
  /// The calls from outside any handler that nobody has taken, oldest first.
  private var outside: [NodeCall] = []
  /// What the code has written.
  private(set) var log = NodeLog()
  /// Why the child is of no use any more; `nil` while it is.
  private(set) var failure: NodeError?
  /// How long the child has been there.
  let age = Stopwatch()
  private let folder: String
  private let memory: Int
  private weak var server: (any NodeCallServer)?
  private var stack: [NodeRequest] = []
  private var nextNumber = 1
  private var loadNumber: Int?
  private var pings: Set<Int> = []
  private var isAborting = false
  private var errors: [Int: any Error] = [:]
  private var nextError = 1
  /// The loaders that were added to node's arguments.
  var loaders: [String] = []
  /// Whether it was ended because loading took too long.
  var isLate = false
  /// Whether its views that keep what they know in memory have read the history of their branch.
  var isFed = false
  /// Whether its end has been noted.
  var isBuried = false
  /// Whether a call from outside any handler was answered, so that loading goes on meanwhile.
  private(set) var hasAnsweredCalls = false
  /// The request that carried a command out last.
  private(set) var lastCommand: Int?

  /// - Parameters:
  ///   - folder: The folder of the project, which places are told relative to.
  ///   - memory: The most bytes that the child may have resident; 0 for no limit.
  init(
    _ process: NodeProcess, in folder: String, memory: Int, server: any NodeCallServer,
    frameLimit: Int = NodePipes.frameBytes
  ) {
    self.process = process
    self.folder = folder
    self.memory = memory
    self.server = server
    pipes = NodePipes(process, frameLimit: frameLimit)
  }

  /// Whether a request is open, so that no input can be performed for the child.
  var isBusy: Bool { !stack.isEmpty }
  /// Whether the code has run to its end.
  var isLoaded: Bool { if case .loaded = stage { true } else { false } }
  /// Whether calls from outside any handler wait.
  var hasOutsideCalls: Bool { !outside.isEmpty }

  /// Takes the calls from outside any handler, oldest first.
  func takeOutsideCalls() -> [NodeCall] {
    defer { outside = [] }
    if !outside.isEmpty { hasAnsweredCalls = true }
    return outside
  }

  /// Takes what the code has written, oldest first.
  func takeLines() -> [LogLine] {
    for line in pipes.takeLines() {
      // What node prints when it aborts is told with its end.
      if line.isError, NodeChild.beginsReport(line.text) { isAborting = true }
      guard !(line.isError && isAborting) else { continue }
      log.add(
        LogLine(line.isError ? .warning : .info, NodeLog.relative(line.text, to: folder)))
    }
    return log.take()
  }

  /// Ends the child.
  func kill() {
    if failure == nil { failure = .ended }
    process.kill()
  }

  // MARK: - Requests

  /// Asks the child to load the team's code; what comes of it is heard later.
  func load(_ entry: String) throws {
    let number = takeNumber()
    var message = MessageWriter("q", .int(number))
    message.member("op", "load")
    message.member("entry", .string(entry))
    loadNumber = number
    stage = .loading
    let wait = NodeWait(
      HandlerID(.input, "load"), deadline: .seconds(5), nil, process, memory: memory)
    try guarding(wait) { try pipes.send(message.whole, to: .requests, wait: wait.check) }
  }

  /// Sends a request and serves the child's calls until it has ended.
  ///
  /// - Parameters:
  ///   - members: Writes what the request says besides its number and operation.
  ///   - patience: How long the answer may take, and who may end the wait.
  /// - Returns: The answer, and whether the handler did something outside, as node names it.
  /// - Throws: The error of the handler; a ``NodeError`` when the child is of no use any more.
  func request(
    _ operation: JSON, _ handler: HandlerID, in transaction: Transaction?,
    _ patience: (deadline: Interval?, watch: (any HandlerWatch)?),
    _ members: (inout MessageWriter) -> Void
  ) throws -> JSON {
    if let failure { throw failure }
    let number = takeNumber()
    var message = MessageWriter("q", .int(number))
    message.member("op", operation)
    members(&message)
    let request = NodeRequest(number, handler, transaction)
    if stack.isEmpty { log.forgetPlace() }
    stack.append(request)
    defer {
      stack.removeLast()
      if stack.isEmpty { errors = [:] }
    }
    let wait = NodeWait(handler, deadline: patience.deadline, patience.watch, process, memory: memory)
    return try guarding(wait) {
      try pipes.send(message.whole, to: .requests, wait: wait.check)
      while request.end == nil {
        try take(try pipes.receive(wait: wait.check), wait)
      }
      guard let end = request.end?.object else { return .null }
      if let error = end["err"], !error.isNull { throw self.error(error, of: handler) }
      if operation == "command" { lastCommand = number }
      if let io = end["io"]?.array, !io.isEmpty { noteWorkOutside(io, handler) }
      return end["ok"] ?? .null
    }
  }

  /// Answers a call from outside any handler.
  func answer(_ call: NodeCall, _ result: Result<NodeAnswer, any Error>) {
    guard failure == nil else { return }
    let wait = NodeWait(
      HandlerID(.input, "answer \(call.operation)"), deadline: .seconds(10), nil, process,
      memory: memory)
    try? guarding(wait) { try reply("to", call, result, on: .requests, wait) }
  }

  private func takeNumber() -> Int {
    defer { nextNumber += 1 }
    return nextNumber
  }

  private func noteWorkOutside(_ kinds: [JSON], _ handler: HandlerID) {
    let names = Set(kinds.compactMap(\.string)).sorted().joined(separator: ", ")
    log.add(
      LogLine(
        .warning, "\(handler) reads or writes outside (\(names)), so it may come out differently.",
        in: handler))
  }

  // MARK: - Messages

  /// Reads what has arrived, without waiting.
  func readAvailable() {
    guard failure == nil else { return }
    let wait = NodeWait(HandlerID(.input, "news"), deadline: nil, nil, process, memory: 0)
    try? guarding(wait) {
      var count = -1
      // Until nothing more comes; a flood is left for later.
      for _ in 0..<256 where count != pipes.arrived {
        count = pipes.arrived
        pipes.readAvailable()
        while let frame = try pipes.nextFrame() { try take(frame, wait) }
      }
      if pipes.isOver { throw NodeError.ended }
    }
  }

  private func take(_ frame: [UInt8], _ wait: NodeWait) throws {
    let message: JSON
    do throws(JSONError) { message = try JSON(parsing: frame) } catch {
      throw NodeError.garbled("\(error)")
    }
    guard let members = message.object else { throw NodeError.garbled(message.kindName) }
    if let number = members["c"]?.integer {
      try serveNested(call(number, members), of: members["q"]?.integer, wait)
    } else if let number = members["a"]?.integer {
      try serveReentrant(call(number, members), of: members["q"]?.integer, wait)
    } else if let number = members["o"]?.integer {
      outside.append(call(number, members))
    } else if members["end"] != nil {
      try end(members["q"]?.integer ?? 0, message)
    } else {
      hear(members)
    }
  }

  private func call(_ number: Int, _ members: JSONObject) -> NodeCall {
    NodeCall(
      number: number, operation: members["op"]?.string ?? "",
      arguments: members["args"] ?? .emptyObject, isLate: members["late"]?.bool ?? false)
  }

  private func end(_ number: Int, _ message: JSON) throws {
    if number == loadNumber {
      loadNumber = nil
      let error = message["err"]
      stage = error.isNull ? .loaded : .failed(ScriptError(error, in: folder))
    } else if pings.remove(number) == nil {
      guard let request = stack.last, request.number == number else {
        throw NodeError.garbled("the end of \(number), which is not what it works on")
      }
      request.end = message
    }
  }

  private func hear(_ members: JSONObject) {
    if let hello = members["hello"] {
      greeting = Greeting(
        version: hello["node"].string ?? "", stripsTypes: hello["strip"].bool ?? false)
      stage = .greeted
    } else if let declared = members["declare"] {
      declarations.add(declared, byHandler: members["q"]?.integer != nil)
    } else if let closed = members["close"] {
      declarations.remove(closed["d"].string ?? "")
    } else if let list = members["files"]?.array {
      files = list.compactMap(\.string)
    } else if let line = members["log"] {
      let request = line["q"].integer.flatMap { number in stack.last { $0.number == number } }
      let frames = line["stack"].string.map { ScriptError(["stack": .string($0)], in: folder) }
      log.add(
        LogLine(
          NodeLog.level(line["level"].string),
          NodeLog.relative(line["text"].string ?? "", to: folder),
          at: line["at"].string.map { NodeLog.relative($0, to: folder) }, in: request?.handler,
          frames: frames?.frames ?? []))
    }
  }

  // MARK: - Calls

  private func serveNested(_ call: NodeCall, of number: Int?, _ wait: NodeWait) throws {
    let request = stack.last { $0.number == number }
    let result = Result { () throws -> NodeAnswer in
      guard let request, let server else { throw NodeError.garbled("a call of no request") }
      return try server.nested(call, in: request, of: self)
    }
    try reply("c", call, result, on: .answers, wait)
  }

  private func serveReentrant(_ call: NodeCall, of number: Int?, _ wait: NodeWait) throws {
    let request = stack.last { $0.number == number }
    let result = wait.pausing {
      Result { () throws -> NodeAnswer in
        guard let request, let server else { throw NodeError.garbled("a call of no request") }
        return try server.reentrant(call, in: request, of: self)
      }
    }
    // What a child that is gone would have answered cannot be told to it.
    if let failure { throw failure }
    try reply("to", call, result, on: .requests, wait)
  }

  private func reply(
    _ member: StaticString, _ call: NodeCall, _ result: Result<NodeAnswer, any Error>,
    on lane: NodePipes.Lane, _ wait: NodeWait
  ) throws {
    var message = MessageWriter(member, .int(call.number))
    if lane == .requests { message.member("op", "answer") }
    switch result {
    case .success(.value(let value)): message.member("ok", value)
    case .success(.raw(let text)): message.member("ok", raw: text)
    case .failure(let error): message.member("err", form(of: error))
    }
    try pipes.send(message.whole, to: lane, wait: wait.check)
  }

  // MARK: - Errors

  /// The error that ends a request: one of the engine that passed through the code is itself again.
  private func error(_ form: JSON, of handler: HandlerID) -> any Error {
    if let number = form["id"].integer, let known = errors[number] { return known }
    let error = ScriptError(form, in: folder)
    return handler.kind == .command && error.isRefusal ? ScriptRefusal(error: error) : error
  }

  /// What the code is told of an error of the engine, under a number by which it is known again.
  func form(of error: any Error) -> JSON {
    let number = nextError
    nextError += 1
    errors[number] = error
    var form: JSON
    let script = (error as? ScriptError) ?? (error as? ScriptRefusal)?.error
    if let script {
      form = ["name": .string(script.name), "message": .string(script.message)]
      if let known = script.number { form["n"] = .int(known) }
    } else {
      form = [
        "name": .string("\(type(of: error))"), "message": .string(NodeChild.sentence(of: error)),
      ]
    }
    form["id"] = .int(number)
    return form
  }

  private static func sentence(of error: any Error) -> String {
    // The words of the original, by which callers tell it.
    if case EngineError.unknownCommand(let type, _) = error { return "Command not found \(type)" }
    return "\(error)"
  }

  /// Runs a body that talks to the child; when that is no use any more, the child is ended and the
  /// error says why.
  private func guarding<Result>(_ wait: NodeWait, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as HandlerGivenUpError {
      throw end(becauseOf: error, wait)
    } catch is NodeMemoryError {
      pipes.readAvailable()
      process.kill()
      throw fail(.outOfMemory(during: wait.work, limit: memory, said: []))
    } catch NodeError.ended where failure == nil {
      throw fail(ending(wait))
    } catch let error as NodeError where failure == nil {
      process.kill()
      throw fail(error)
    }
  }

  private func fail(_ error: NodeError) -> NodeError {
    if failure == nil { failure = error }
    return failure ?? error
  }

  private func end(becauseOf error: HandlerGivenUpError, _ wait: NodeWait) -> NodeError {
    let isWaiting = error.isLate && answersPing()
    process.kill()
    return fail(
      .gaveUp(
        during: wait.work, after: error.isLate ? wait.deadline ?? error.waited : error.waited, isLate: error.isLate, near: log.lastPlace,
        isWaiting: isWaiting))
  }

  /// Whether the child still answers, so that the handler only waits for something.
  private func answersPing() -> Bool {
    let number = takeNumber()
    pings.insert(number)
    var message = MessageWriter("q", .int(number))
    message.member("op", "ping")
    let watch = Stopwatch()
    let patience = NodeWait(
      HandlerID(.input, "ping"), deadline: .milliseconds(30), nil, process, memory: 0)
    do {
      try pipes.send(message.whole, to: .requests, wait: patience.check)
      while pings.contains(number), watch.milliseconds < 40 {
        pipes.readAvailable(milliseconds: 5)
        while let frame = try pipes.nextFrame() { try take(frame, patience) }
      }
    } catch {
      return false
    }
    return !pings.contains(number)
  }

  private func ending(_ wait: NodeWait) -> NodeError {
    let end = process.isAlive ? process.finish(reading: pipes.readRest) : process.end
    let said = report(in: pipes.errorTail)
    if said.isOutOfMemory {
      return .outOfMemory(during: wait.work, limit: memory, said: said.lines)
    }
    return .died(
      during: wait.work, how: end?.description ?? "its pipes were closed", said: said.lines)
  }

  /// What is worth telling of what a child printed before its end.
  private func report(in tail: [UInt8]) -> (lines: [String], isOutOfMemory: Bool) {
    let lines = String(decoding: tail, as: UTF8.self).split(separator: "\n").map(String.init)
    if let fatal = lines.first(where: { $0.contains("heap out of memory") }) {
      return ([String(fatal.prefix(200))], true)
    }
    // The innermost call of the team's own says most; else what was printed last.
    let own = lines.first { $0.contains(folder + "/") && !$0.contains("/node_modules/") }
    let plain = lines.filter { line in
      !NodeChild.beginsReport(line) && line.drop { $0 == " " }.first?.isNumber != true
        && line.contains { $0.isLetter } && !line.contains("stack trace")
    }
    let said = own.map { [$0] } ?? plain.suffix(2)
    return (said.map { String(NodeLog.relative($0, to: folder).prefix(200)) }, false)
  }

  /// Whether a line begins the report that node prints when it aborts.
  private static func beginsReport(_ line: String) -> Bool {
    line.hasPrefix("----- Native stack trace") || line.hasPrefix("<--- Last few GCs")
  }
}
