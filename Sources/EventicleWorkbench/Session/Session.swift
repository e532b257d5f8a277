public import EventicleCore

/// A workbench session: an engine, its timeline, and the time cursor.
///
/// It turns command lines into inputs, in the same way for the command bar, a tape and a headless
/// run. A value: it reads no clock and no files.
public struct Session: Sendable {
  package internal(set) var engine: Engine
  /// The recorded journal entries, with the worlds between them.
  public internal(set) var timeline: Timeline
  /// The place in the timeline that is shown.
  public internal(set) var cursor: TimeCursor
  /// The world at the time cursor.
  public internal(set) var shown: World
  /// Whether deliveries wait until they are released, and the clock stands still.
  public internal(set) var isHeld = false
  /// The problem of the previous line, for `expect error`.
  var lastProblem: String?
  /// The clock's time at the beginning of the session.
  public let start: Instant
  /// The seed of generated ids.
  public let seed: UInt64
  /// Counts and durations of deliveries and commands so far.
  public internal(set) var metrics = EngineMetrics()
  private(set) var passed: Instant?
  /// Where steps are kept beyond the memory of the session.
  var keeper: StepKeeper?
  /// Hears how far long work is, and can end it at the next step.
  package var watch = WorkWatch.none
  /// The command lines so far that changed something, oldest first.
  public internal(set) var tape: [String] = []
  /// How many of these lines a file holds.
  var savedLines = 0

  /// Creates a session with an empty log.
  ///
  /// - Throws: ``DomainError`` when the domain declares something twice.
  public init(
    _ domain: Domain, startingAt clock: Instant = .standardStart, seed: UInt64 = 1
  ) throws(DomainError) {
    start = clock
    self.seed = seed
    engine = try Engine(domain, startingAt: clock, seed: seed)
    timeline = Timeline(startingWith: engine.world)
    shown = engine.world
    cursor = TimeCursor(entry: JournalIndex(0))
  }

  /// The timer that falls due next, other than those of paused or stopped sagas.
  public var nextTimer: Timer? { engine.nextTimer }

  /// The outcome of the last import; `nil` before the first.
  public internal(set) var lastImport: ImportReport?

  /// The domain that the session runs.
  public var domain: Domain { engine.domain }

  /// A read-only view of the moment at the time cursor.
  public var moment: MomentView {
    MomentView(cursor: cursor, world: shown, timeline: timeline, domain: domain)
  }

  /// The world after the last entry.
  public var head: World { engine.world }

  /// Whether the time cursor is at the head.
  public var isAtHead: Bool { cursor == timeline.headCursor }

  // MARK: - Lines

  /// Runs a command line; its commands are separated by `;`, and the first that fails ends the
  /// line.
  ///
  /// - Parameter comments: Whether `#` begins a comment, as in tapes.
  public mutating func run(_ line: String, comments: Bool = false) -> Reply {
    let entriesBefore = timeline.count
    // What was read since the last line may have been empty answers.
    if let fault = keep(nil, from: entriesBefore) {
      return Reply(problem: Reply.Problem(fault.description))
    }
    let wasHeld = isHeld
    let timePassed = passed.flatMap { $0 > engine.world.clock ? $0 : nil }
    var reply = Reply()
    do throws(LanguageError) {
      for instruction in try Instruction.parseLocated(line, comments: comments) {
        let part = try perform(instruction.value)
        reply.message = part.message
        reply.output = part.output ?? reply.output
        reply.requests += part.requests
        reply.problem = part.problem
        if part.problem != nil { break }
      }
    } catch {
      reply.problem = Reply.Problem(error.message, column: error.column, length: error.length)
    }
    if timeline.count > entriesBefore {
      reply.journal = (entriesBefore + 1)...timeline.count
      // Time that passed by itself is part of what the tape must reproduce.
      if let timePassed { tape.append("clock set \(timePassed)") }
      tape.append(line)
    } else if isHeld != wasHeld {
      tape.append(line)
    }
    if let fault = keep(line, from: entriesBefore) {
      reply = Reply(problem: Reply.Problem(fault.description))
      isHeld = wasHeld
    }
    lastProblem = reply.problem?.message
    return reply
  }

  // MARK: - Steps of the engine

  /// Performs an input and records its step.
  @discardableResult
  mutating func perform(_ input: Input) -> Step {
    let recorded = engine.record(of: input)
    let step = engine.perform(input)
    record(step, of: recorded)
    return step
  }

  /// Records a step that no input alone describes.
  mutating func record(_ step: Step, of action: InputAction) {
    let input = RecordedInput(action, by: .program, at: nil)
    timeline.record(step.entries, of: input, engine.world, isOpen: !engine.sealsEvents)
    metrics.record(step, engine.world)
  }

  /// Records the engine's world, and shows it if the cursor was at the head.
  mutating func arrive() {
    timeline.arrive(at: engine.world)
    cursor = timeline.headCursor
    shown = engine.world
  }

  /// Moves to the head before an operation; returns a remark if the cursor was elsewhere.
  mutating func goToHead() -> String {
    guard !isAtHead else { return "" }
    cursor = timeline.headCursor
    shown = engine.world
    return "back at the head · "
  }

  // MARK: - Real time

  /// Lets real time pass until an instant: what falls due fires in due order, unless deliveries are
  /// held.
  ///
  /// - Returns: Whether anything fired.
  @discardableResult
  public mutating func pass(until instant: Instant) -> Bool {
    guard !isHeld else { return false }
    let before = timeline.count
    let (oldCursor, oldShown, wasAtHead) = (cursor, shown, isAtHead)
    drive(firingUpTo: instant)
    if !isHeld {
      engine.pass(until: instant)
      passed = instant
    }
    guard timeline.count > before else { return false }
    guard keep(nil, from: before) == nil else { return true }
    arrive()
    if !wasAtHead { (cursor, shown) = (oldCursor, oldShown) }
    return true
  }

  // MARK: - Importing history

  /// Imports a file of events, one JSON object a line, as history.
  ///
  /// ``lastImport`` has the full outcome.
  ///
  /// - Parameter path: The path of the file, for the tape.
  /// - Returns: The number of events imported.
  /// - Throws: ``EventFileError`` for the first bad line; nothing is imported then.
  @discardableResult
  public mutating func importEvents(
    _ bytes: [UInt8], reaction: ImportReaction = .viewsOnly, from path: String? = nil
  ) throws(EventFileError) -> Int {
    var work = try beginImport(bytes, reaction: reaction, from: path)
    while try continueImport(&work) {}
    try endImport(work)
    return work.done
  }
}
