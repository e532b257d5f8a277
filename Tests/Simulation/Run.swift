package import EventicleCore

/// Options for running a seed.
public struct RunOptions: Sendable {
  /// The greatest number of actions.
  public var actions = 24
  /// Whether crashes occur.
  public var hasCrashes = true
  /// The indexes of actions to leave out.
  public var without: Set<Int> = []
  /// Whether time travel, forks, event files and other ways of running are compared too.
  public var isDeep = false
  /// Whether only a few actions run, without a crash, and only what the recorded inputs give is
  /// checked, at every moment: for very many seeds.
  public private(set) var isBrief = false
  /// Whether the world rests on a store of the steps and is rebased now and then.
  public var restsOnStore = false
  /// Makes the store of a history that begins with a world, of a domain with a name.
  package typealias StoreMaker = @Sendable (World, String) throws -> any JournalStore & StatePages
  /// Makes the store that the world rests on; one in memory when `nil`.
  package var store: StoreMaker?
  /// Receives a line of text for each thing that happens.
  public var show: (@Sendable (String) -> Void)?

  /// Creates the default options.
  public init() {}

  /// The options of a brief run.
  public static var brief: RunOptions {
    var options = RunOptions()
    options.actions = 3
    options.hasCrashes = false
    options.isBrief = true
    return options
  }
}

/// The result of running a seed.
public struct RunResult: Sendable {
  /// A digest of everything that was done.
  public var digest: UInt64 = 0
  /// The number of times the engine was lost and recovered.
  public var recoveries = 0
  /// The number of steps written.
  public var steps = 0
  /// The number of deliveries.
  public var deliveries = 0
  /// The number of saga instances started.
  public var sagas = 0
  /// The number of saga instances that ended.
  public var endedSagas = 0
  /// The time that passed on the clock, in milliseconds.
  public var milliseconds: Int64 = 0
  /// The broken invariant and the action that broke it, if any.
  public var violation: (action: Int, invariant: Invariant, sentence: String)?
}

/// The run of one seed: a random domain, random actions, and crashes.
struct Run {
  enum Crash: CaseIterable {
    case beforeStep
    case beforeWrite
    case tornWrite
    case afterWrite
    case beforeEffect
    case afterEffect
  }

  let plan: DomainPlan
  let options: RunOptions
  let hash: WorldHash
  let whole: Domain
  let part: Domain
  var engine: Engine
  var disk: Disk
  var checker: Checker
  var client = Client()
  let observerLog = ObserverLog()
  var result = RunResult()
  var digest = Digest()
  var random: SeededRandom
  var history: History
  var shelf: Shelf?
  var isWhole = true
  var isCalm = false

  init(seed: UInt64, options: RunOptions) throws {
    plan = DomainPlan(seed)
    self.options = options
    whole = plan.domain(isWhole: true)
    part = plan.domain(isWhole: false)
    hash = WorldHash(
      sagas: plan.consumers.filter { $0.name.kind == .saga }.map(\.name.name),
      aggregates: plan.aggregates,
      streams: plan.aggregates.map { StreamName($0) } + [DomainPlan.sagaStream])
    engine = try Engine(whole, seed: seed, options: observerLog.options)
    disk = Disk(engine.world, whole)
    checker = Checker(plan, clock: engine.world.clock)
    random = SeededRandom(seed, -2)
    history = History(startingWith: engine.world, isHashed: options.isDeep)
    shelf = options.restsOnStore ? try Shelf(engine.world, whole, seed: seed, options.store) : nil
  }

  var domain: Domain { isWhole ? whole : part }

  // MARK: - Steps

  /// Performs one input, unless a crash interrupts it.
  ///
  /// - Returns: `nil` when the sender gets no answer.
  mutating func perform(_ input: Input) throws -> Step? {
    let crash = nextCrash()
    if crash == .beforeStep {
      try recover(after: engine.world)
      return nil
    }
    let before = mayLeaveNothing(input) ? hash(engine.world) : nil
    let step = engine.perform(input)
    if let before, step.problem != nil, hash(engine.world) != before {
      throw Violation(
        .refusalLeavesNothing, "What was refused left something behind: \(step.problem ?? "").")
    }
    if step.entries.isEmpty { return step }
    if crash == .beforeWrite || crash == .tornWrite {
      if crash == .tornWrite { disk.tear(step, engine.world) }
      try recover(after: nil)
      return nil
    }
    try written(step, from: input)
    if crash == .afterWrite {
      try recover(after: engine.world)
      return nil
    }
    client.isTold(of: input, step)
    try act(on: step, crash)
    return step
  }

  /// Whether to check that a rejection leaves nothing; done for a sample only, because it is slow.
  private mutating func mayLeaveNothing(_ input: Input) -> Bool {
    guard case .dispatch(let intent) = input.action, let mode = intent.data["mode"].integer else {
      return false
    }
    return AddCommand.Mode(rawValue: mode)?.leavesNothing ?? false && random.chance(oneIn: 2)
  }

  private mutating func nextCrash() -> Crash? {
    guard !isCalm, options.hasCrashes, random.chance(oneIn: plan.stepsPerCrash) else {
      return nil
    }
    return random.pick(Crash.allCases)
  }

  /// Writes a step to the disk and checks it.
  mutating func written(_ step: Step, from input: Input?) throws {
    disk.write(step, engine.world)
    shelf?.keep(step, of: input, &engine)
    for entry in step.entries { digest.feed(entry) }
    if let show = options.show { tell(step, show) }
    result.steps += 1
    try observerLog.check(step)
    history.record(step, of: input, engine.world, hash)
    try checker.take(step, from: input, engine.world)
  }

  private func tell(_ step: Step, _ show: (String) -> Void) {
    var number = step.entries.first?.stepStart.number ?? 0
    for entry in step.entries {
      show("j\(number) \(entry.instant) \(entry.kind)")
      number += 1
    }
  }

  /// Performs the external effects that a step requested, and acknowledges them.
  private mutating func act(on step: Step, _ crash: Crash?) throws {
    for change in step.entries.first?.changes.others ?? [] {
      guard case .record(let key, _, .some) = change, key.type == "Outbox" else { continue }
      if crash == .beforeEffect { return try recover(after: engine.world) }
      try client.effect(key.id, checker)
      if crash == .afterEffect { return try recover(after: engine.world) }
      try acknowledge(key)
    }
  }

  private mutating func acknowledge(_ row: RecordKey) throws {
    let input = Input.dispatch(
      CommandIntent("Acknowledge", ["row": .string(row.id)], workspace: row.workspace))
    let step = engine.perform(input)
    try written(step, from: input)
  }

  func compare(
    _ world: World, with print: WorldPrint, _ invariant: Invariant, _ what: String
  ) throws {
    let found = hash(world)
    guard found != print else { return }
    throw Violation(
      invariant, "\(what) is not the one that was: other \(found.difference(from: print)).")
  }

  // MARK: - Crashes

  /// Replaces the lost engine by one that resumes from the disk.
  ///
  /// - Parameter last: The world that must be restored; `nil` when its last step was lost.
  mutating func recover(after last: World?) throws {
    result.recoveries += 1
    options.show?("recovery \(result.recoveries)")
    let world = shelf?.world(sharing: disk.recover()) ?? disk.recover()
    if let last, result.recoveries % 2 == 0 || options.isDeep {
      try compare(world, with: hash(last), .recoveryIsExact, "The world that came back")
    }
    if random.chance(oneIn: 8) { isWhole.toggle() }
    var opening: Step?
    observerLog.forget()
    engine = try Engine(
      resuming: world, domain, nextEntry: JournalIndex(disk.entries + 1),
      options: observerLog.options
    ) { opening = $0 }
    if let opening { try written(opening, from: nil) }
    digest.feed(result.recoveries)
    var rows: [RecordKey] = []
    for workspace in engine.world.workspaces {
      engine.world.forEachRecord(of: "Outbox", in: workspace) { record in
        rows.append(record.key)
        return true
      }
    }
    for row in rows {
      try client.effect(row.id, checker)
      try acknowledge(row)
    }
  }
}
