internal import EventicleCore
internal import EventicleHost

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
  var stage = Stage.starting
  var greeting: Greeting?
  /// What the code has declared so far.
  var declarations = NodeDeclarations()
  /// The files that the code consists of.
  var files: [String] = []
  /// The calls from outside any handler that nobody has taken, oldest first.
  var outside: [NodeCall] = []
  /// What the code has written.
  var log = NodeLog()
  /// Why the child is of no use any more; `nil` while it is.
  var failure: NodeError?
  /// How long the child has been there.
  let age = Stopwatch()
  let folder: String
  let memory: Int
  private(set) weak var server: (any NodeCallServer)?
  var stack: [NodeRequest] = []
  private var nextNumber = 1
  var loadNumber: Int?
  var pings: Set<Int> = []
  /// Whether it has begun to print why it aborts.
  private var isAborting = false
  /// The errors of the engine that the code was told of, by their numbers.
  var errors: [Int: any Error] = [:]
  var nextError = 1
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
    let wait = NodeWait(
      handler, deadline: patience.deadline, patience.watch, process, memory: memory)
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

  func takeNumber() -> Int {
    defer { nextNumber += 1 }
    return nextNumber
  }

  func noteWorkOutside(_ kinds: [JSON], _ handler: HandlerID) {
    let names = Set(kinds.compactMap(\.string)).sorted().joined(separator: ", ")
    log.add(
      LogLine(
        .warning, "\(handler) reads or writes outside (\(names)), so it may come out differently.",
        in: handler))
  }
}
