public import EventicleCore

/// A workbench session: branches of history, one of them in use, each with an engine, its timeline,
/// and the time cursor.
///
/// It turns command lines into inputs, in the same way for the command bar, a tape and a headless
/// run. A value: it reads no clock and no files.
public struct Session: Sendable {
  /// The branch in use, in which lines run; ``engine``, ``timeline`` and the like are its own.
  var used: SessionBranch
  /// The branches that are not in use, in the order in which they were made.
  var others: [SessionBranch] = []
  /// The names of the forks in the order in which they were made.
  var order: [String] = []
  /// The forks of an earlier session that cannot be made again now; they are kept as they are.
  var unmade: [ForkRecipe] = []
  /// Whether something outside the session keeps its forks, so that no line of theirs is unsaved.
  package var keepsForks = false
  /// The keys that messages name.
  package var keyNames = KeyNames()
  /// How often a branch got another history than it had: by an edit, or by undo.
  var rewritten = 0
  /// What a person watches, in whichever branch is in use.
  var watches = Watches()
  /// The problem of the previous line, for `expect error`.
  var lastProblem: String?
  /// The clock's time at the beginning of the session.
  public internal(set) var start: Instant
  /// The system whose events the session takes and that it must not change; `nil` when there is none.
  package internal(set) var attachment: Attachment?
  /// The seed of generated ids.
  public let seed: UInt64
  /// What is different from the run that wrote to the store last, as a sentence: what the domain
  /// declares and what was done about it, or else the program; `nil` when nothing is.
  public internal(set) var storeRemark: String?
  /// The stop at which the line or the time that passes ended; `nil` when none did.
  package internal(set) var stopped: StopHit?
  /// What stops noted in the log during the line or the time that passes.
  package internal(set) var logged: [StopLine] = []
  /// How often another process that may write had nothing new, one time after the other.
  var quietLooks = 0
  /// Hears how far long work is, and can end it at the next step.
  package var watch = WorkWatch.none

  /// Creates a session with an empty log.
  ///
  /// - Throws: ``DomainError`` when the domain declares something twice.
  public init(
    _ domain: Domain, startingAt clock: Instant = .standardStart, seed: UInt64 = 1
  ) throws(DomainError) {
    start = clock
    self.seed = seed
    used = SessionBranch(Branch(try Engine(domain, startingAt: clock, seed: seed)))
  }

  /// The timer that falls due next, other than those of paused or stopped sagas.
  public var nextTimer: Timer? { engine.nextTimer }

  /// What the team declared, which every branch of the session runs.
  public var domain: Domain { engine.domain }

  /// A read-only view of the moment at the time cursor.
  public var moment: MomentView {
    MomentView(cursor: cursor, world: shown, timeline: timeline, domain: domain)
  }

  /// The world after the last entry.
  public var head: World { engine.world }

  /// Whether the newest moment is shown, so that a line that acts needs no fork.
  public var isAtHead: Bool { cursor == timeline.headCursor }

  // MARK: - Lines

  /// Runs a command line; its commands are separated by `;`, and the first that fails ends the
  /// line.
  ///
  /// - Parameter comments: Whether `#` begins a comment, as in tapes.
  public mutating func run(_ line: String, comments: Bool = false) -> Reply {
    run(line, comments: comments, reading: .none)
  }

  /// Runs a command line that may name files.
  ///
  /// - Parameter files: Reads the files after `=@`; all of them before anything is done.
  package mutating func run(
    _ line: String, comments: Bool = false, reading files: FileReader
  ) -> Reply {
    let (marksBefore, stopsBefore, wasAtHead) = (marks, stops.kept, isAtHead)
    stopped = nil
    logged = []
    let entriesBefore = timeline.count
    // What was read since the last line may have been empty answers.
    if let fault = keep(nil, from: entriesBefore) {
      return Reply(problem: Reply.Problem(fault.description))
    }
    let wasHeld = isHeld
    let timePassed = used.passedBehind
    var reply = Reply()
    do throws(LanguageError) {
      var instructions: [Instruction] = []
      let located = try Instruction.parseLocated(
        line, comments: comments, names: DomainNames(momentAtHead))
      if let change = located.first(where: \.value.isAboutBranches) {
        reply = try perform(change, alone: located.count == 1, line: line)
        lastProblem = reply.problem?.message
        refreshWatches()
        return reply
      }
      for instruction in located {
        instructions.append(try instruction.value.reading(files))
      }
      for instruction in instructions {
        let part = try perform(instruction)
        reply.message = part.message
        reply.shorter = part.shorter
        if part.output != nil { (reply.output, reply.document) = (part.output, part.document) }
        reply.requests += part.requests
        reply.problem = part.problem
        if part.problem != nil { break }
      }
    } catch {
      reply.problem = Reply.Problem(error.message, column: error.column, length: error.length)
    }
    if timeline.count > entriesBefore {
      reply.journal = (entriesBefore + 1)...timeline.count
    }
    let isKept = timeline.count > entriesBefore || isHeld != wasHeld
    if isKept { used.undone = [] }
    if isKept {
      used.note(line, after: JournalIndex(entriesBefore), passing: timePassed, held: wasHeld)
    }
    // Where history is only looked at, marks are the session's own.
    var names =
      isKept && wasAtHead && used.keeper == nil || refusal != nil
      ? [] : markLines(since: marksBefore)
    // A line that sets a stop decides where later ones end.
    if !isKept, refusal == nil, stops.kept != stopsBefore { names.append(line) }
    for name in names { used.tape.append(name, timeline.last...timeline.last, held: isHeld) }
    if let fault = keep(line, from: entriesBefore, naming: names) {
      reply = Reply(problem: Reply.Problem(fault.description))
      isHeld = wasHeld
    }
    logHits(after: JournalIndex(entriesBefore))
    if let stopped, reply.problem == nil {
      reply.message += (reply.message.isEmpty ? "" : " · ") + stopped.sentence
      reply.shorter = reply.shorter.map { "\($0) · \(stopped.sentence)" } + [stopped.sentence]
    }
    lastProblem = reply.problem?.message
    refreshWatches()
    return reply
  }

  // MARK: - Steps of the engine

  /// Performs an input and records its step.
  @discardableResult
  mutating func perform(_ input: Input) -> Step { used.perform(input) }

  /// Records a step that no input alone describes.
  mutating func record(_ step: Step, of action: InputAction) {
    used.record(step, of: RecordedInput(action, by: .program, at: nil))
  }

  /// Records the engine's world, and moves the cursor to the head.
  mutating func arrive() { used.branch.arrive() }

  /// Moves to the head before an operation; returns a remark if the cursor was elsewhere.
  mutating func goToHead() -> String {
    guard !isAtHead else { return "" }
    cursor = timeline.headCursor
    shown = engine.world
    return "back at the head · "
  }

  // MARK: - Real time

  /// Lets real time pass until an instant: what falls due fires in due order.
  ///
  /// Nothing does while deliveries are held, or when a later instant has passed already.
  ///
  /// - Returns: Whether anything fired, or was stopped before it did.
  @discardableResult
  public mutating func pass(until instant: Instant) -> Bool {
    guard !isHeld, refusal == nil, used.passed.map({ instant >= $0 }) ?? true else { return false }
    let before = timeline.count
    let (oldCursor, oldShown, wasAtHead) = (cursor, shown, isAtHead)
    stopped = nil
    logged = []
    drive(firingUpTo: instant, showing: wasAtHead)
    if !isHeld {
      engine.pass(until: instant)
      used.passed = instant
    }
    // A stop before the first of them is news, too.
    guard timeline.count > before else { return stopped != nil }
    guard keep(nil, from: before) == nil else { return true }
    arrive()
    if !wasAtHead { (cursor, shown) = (oldCursor, oldShown) }
    refreshWatches()
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
    var work = beginImport(reaction: reaction, from: path)
    work.add(bytes)
    work.finish()
    while try continueImport(&work) {}
    try endImport(work)
    return work.done
  }
}
