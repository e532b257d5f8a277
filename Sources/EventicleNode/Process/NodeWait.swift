internal import EventicleCore
internal import EventicleHost

/// One wait for an answer of the child: it has a deadline, a limit of memory, and a person may end
/// it.
final class NodeWait {
  /// How long one look at the pipes lasts, in milliseconds.
  static let slice: Int32 = 50

  /// What is waited for, in words.
  let work: String
  private let wait: HandlerWait
  /// How long the answer may take; `nil` for ever.
  var deadline: Interval? { wait.deadline }
  private let memory: Int
  private let process: NodeProcess
  private let watch = Stopwatch()
  private var nextLook = Int(NodeWait.slice)
  private var pause = 0

  /// - Parameters:
  ///   - handler: Whose answer is waited for.
  ///   - memory: The most bytes that the child may have resident; 0 for no limit.
  init(
    _ handler: HandlerID, deadline: Interval?, _ watch: (any HandlerWatch)?, _ process: NodeProcess,
    memory: Int
  ) {
    work = "\(handler)"
    wait = HandlerWait(for: handler, deadline: deadline, watch: watch)
    self.process = process
    self.memory = memory
  }

  /// The time that was waited, without that of nested work.
  var waited: Interval { .milliseconds(Int64(watch.milliseconds - pause)) }

  /// Leaves the time that a body takes out of what is waited.
  func pausing<Result>(_ body: () throws -> Result) rethrows -> Result {
    let start = watch.milliseconds
    defer { pause += watch.milliseconds - start }
    return try body()
  }

  /// Checks now and then whether the wait goes on.
  ///
  /// - Throws: `HandlerGivenUpError`; ``NodeMemoryError`` when the child has too much memory.
  func check() throws {
    let passed = watch.milliseconds
    guard passed >= nextLook else { return }
    nextLook = passed + Int(NodeWait.slice)
    try wait.goOn(after: waited)
    if memory > 0, process.residentBytes > memory { throw NodeMemoryError() }
  }
}

/// The child has more memory than it may have.
struct NodeMemoryError: Error {}
