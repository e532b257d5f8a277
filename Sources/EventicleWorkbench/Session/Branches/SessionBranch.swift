import EventicleCore

/// A branch of a session with all that belongs to its history alone.
struct SessionBranch: Sendable {
  var branch: Branch
  /// Counts and durations of deliveries and commands so far.
  var metrics: EngineMetrics
  /// The instant until which real time has passed; `nil` before it has.
  var passed: Instant?
  /// Where steps are kept beyond the memory of the session; forks have none.
  var keeper: StepKeeper?
  /// The command lines so far that changed something.
  var tape = SessionTape()
  /// The places in time that have a name.
  var marks = Marks()
  /// What the engine stops at.
  var stops = StopList()
  /// The number of entries at which it stopped last, so that going on passes what it stopped at.
  var passedStop: Int?
  /// The stops that it left its parent with.
  var beganStops: [StopList.Kept] = []
  /// What it was before each change of its history, with the line that made the change.
  var beforeEdits: [(line: Int, branch: SessionBranch)] = []
  /// Where it left its parent before its history was changed; `nil` when it was not.
  var unedited: Branch.Origin?
  /// The lines that were undone, the one undone last at the end.
  var undone: [String] = []
  /// The outcome of the last import; `nil` before the first.
  var lastImport: ImportReport?

  /// Whether deliveries waited when it left its parent.
  var beganHeld = false

  /// The instant up to which the lines of the tape let time pass.
  var taped: Instant

  /// The instant until which time has passed by itself since the last line; `nil` when none has.
  ///
  /// What fell due may have moved the engine's clock just as far.
  var passedBehind: Instant? {
    passed.flatMap { $0 > taped && $0 >= branch.engine.world.clock ? $0 : nil }
  }

  /// Notes a line that has run, and the time that passed by itself before it.
  mutating func note(
    _ line: String, after before: JournalIndex, passing time: Instant?, held: Bool = false
  ) {
    // Time that passed by itself is part of what the tape must reproduce.
    if let time { tape.append(time: time, at: before) }
    tape.append(line, before...branch.timeline.last, held: held)
    taped = max(taped, time ?? taped, branch.engine.world.clock)
  }

  /// How many lines neither a file nor a store holds.
  var unsaved: Int { keeper == nil ? tape.unsaved : 0 }

  /// Creates a branch in which nothing has happened.
  init(_ branch: Branch) {
    self.branch = branch
    metrics = EngineMetrics()
    taped = branch.engine.world.clock
  }

  /// A branch that leaves this one at a moment, with a tape of its own and no store.
  ///
  /// - Complexity: That of ``Branch/fork(_:at:)``, and for a moment in the past O(journal entries up
  ///   to it), because metrics are counted.
  func fork(_ name: String, at cursor: TimeCursor) -> SessionBranch {
    var fork = SessionBranch(branch.fork(name, at: cursor))
    let moment = fork.branch.origin?.moment ?? branch.timeline.headCursor
    let isAtHead = moment == branch.timeline.headCursor
    fork.tape = tape.prefix(upTo: moment.entry, clock: fork.branch.engine.world.clock)
    fork.marks = marks.upTo(moment)
    fork.beganHeld = fork.branch.isHeld
    fork.stops = stops.upTo(moment.entry)
    fork.beganStops = stops.kept
    fork.passedStop = isAtHead ? passedStop : nil
    if isAtHead {
      (fork.passed, fork.lastImport) = (passed, lastImport)
      fork.metrics = metrics
    } else {
      fork.metrics = EngineMetrics(
        of: branch.timeline, upTo: moment, in: fork.branch.engine.world)
    }
    return fork
  }

  /// Performs an input and records its step.
  mutating func perform(_ input: Input) -> Step {
    let (step, recorded) = branch.perform(input)
    note(step, of: recorded)
    return step
  }

  /// Records a step that its engine made.
  mutating func record(_ step: Step, of input: RecordedInput) {
    branch.record(step, of: input)
    note(step, of: input)
  }

  /// Counts a recorded step, and hands it to the store.
  private mutating func note(_ step: Step, of input: RecordedInput) {
    metrics.record(step, branch.engine.world)
    keeper?.append(step, of: input, branch.engine.world, branch.engine.domain)
  }
}

extension EngineMetrics {
  /// What happened in a timeline up to a moment; O(journal entries).
  init(of timeline: Timeline, upTo cursor: TimeCursor, in world: World) {
    self.init()
    for index in 1..<(cursor.entry.number + 1) {
      guard let entry = timeline.entry(JournalIndex(index)) else { continue }
      record(entry, world)
    }
  }
}
