package import EventicleCore

extension Session {
  /// Creates a session with an empty log that keeps every step in a store.
  ///
  /// A line is answered after what it did is acknowledged.
  ///
  /// - Parameter store: Makes the store of a history that begins with a world.
  /// - Throws: ``DomainError`` when the domain declares something twice.
  package init(
    _ domain: Domain, startingAt clock: Instant = .standardStart, seed: UInt64 = 1,
    storingIn store: (World) -> any JournalStore
  ) throws(DomainError) {
    try self.init(domain, startingAt: clock, seed: seed)
    used.keeper = StepKeeper(store(engine.world), after: engine.world)
  }

  /// Opens a session with the whole history of a store and goes on there.
  ///
  /// Consumers that the domain has gained or lost since are opened and closed, as one more step.
  ///
  /// - Throws: ``DomainError`` when the domain declares something twice; ``StoreFault`` when the
  ///   store cannot be read or written.
  package init(_ domain: Domain, resuming store: any JournalStore) throws {
    let start = store.start
    try self.init(domain, startingAt: start.clock, seed: start.seed)
    used.keeper = StepKeeper(store, after: start)
    let isOnlyRead = (store as? any JournalFile)?.refusal != nil
    do { try reopen(domain) } catch let fault as StoreFault {
      // What is whole of a damaged file is shown to those who only read it.
      guard isOnlyRead, store.reload() == nil else { throw fault }
      try reopen(domain)
    }
    if let fault = store.commit() { throw fault }
  }

  // MARK: - Writing

  /// Makes permanent what a line did; when that fails, the session shows what the store has.
  ///
  /// - Parameters:
  ///   - first: The number of entries before the line.
  ///   - names: The lines that give the marks which the line gave.
  /// - Returns: Why it is not kept.
  mutating func keep(
    _ line: String?, from first: Int, naming names: [String] = []
  ) -> StoreFault? {
    let isChanged = timeline.count > first
    guard let store = used.keeper?.store, isChanged || store.fault != nil || !names.isEmpty else {
      return nil
    }
    if let line, isChanged || store.fault != nil { store.append(line: line) }
    for name in names { store.append(line: name) }
    guard let fault = store.commit() else {
      let (world, last) = (engine.world, timeline.last)
      used.keeper?.offer(world, after: last, every: StepKeeper.coreInterval)
      release()
      return nil
    }
    readAgain()
    return fault
  }

  /// Becomes what the store has; each line says so when it cannot be read.
  mutating func readAgain() {
    _ = used.keeper?.store.reload()
    try? reopen(domain)
  }

  /// Lets go of what is older than the entries that stay in memory; everything is acknowledged.
  mutating func release() {
    guard let keeper = used.keeper, let budget = keeper.residentEntries,
      timeline.residentCount >= max(1, 2 * budget)
    else { return }
    let (world, last) = (engine.world, timeline.last)
    used.keeper?.offer(
      world, after: last, every: min(Limits.snapshotInterval, max(1, budget)))
    used.branch.release(upTo: JournalIndex(last.number - budget), to: keeper.store)
    shown = isAtHead ? engine.world : timeline.world(at: cursor)
  }

  /// Whether long work goes on: nobody ends it, and the store takes what it does.
  func goesOn(_ progress: @autoclosure () -> WorkProgress) -> Bool {
    used.keeper?.store.fault == nil && watch.goesOn(progress())
  }

  // MARK: - Reading

  /// Becomes what the store has: its newest core, and the steps after that.
  private mutating func reopen(_ domain: Domain) throws {
    guard let store = used.keeper?.store else { return }
    var (world, entry) = store.newestWorld()
    var recorded =
      entry.number > 0
      ? Timeline(startingWith: store.start, upTo: entry, in: store, world)
      : Timeline(startingWith: world)
    var counted = EngineMetrics()
    store.replay(after: entry, on: &world) { step, world in
      recorded.record(step.entries, of: step.input, world, isOpen: !engine.sealsEvents)
      for entry in step.entries { counted.record(entry, world) }
    }
    if let fault = store.fault { throw fault }
    var opening: Step?
    if (store as? any JournalFile)?.refusal == nil {
      engine = try Engine(resuming: world, domain, nextEntry: store.last.next) { opening = $0 }
    } else {
      engine = try Engine(showing: world, domain, nextEntry: store.last.next)
    }
    let budget = used.keeper?.residentEntries
    used.keeper = StepKeeper(store, after: world, offered: entry)
    used.keeper?.residentEntries = budget
    timeline = recorded
    metrics = counted
    if let opening { record(opening, of: .reconcile) }
    used.tape = SessionTape(store.lines)
    used.taped = engine.world.clock
    isHeld = false
    arrive()
    restoreMarks(from: tape)
  }
}
