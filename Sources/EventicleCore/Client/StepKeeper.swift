/// Writes the steps of an engine to a store.
package struct StepKeeper: Sendable {
  package let store: any JournalStore
  private var steps: StoredSteps
  /// How many entries stay in memory when older ones are let go; `nil` lets none go.
  package var residentEntries: Int? = Limits.residentEntries
  /// The last entry whose world was offered to the store.
  private var offered: Int
  /// The last entry that is acknowledged.
  private var kept: Int
  /// The number of events that the store has and memory has not.
  private var released: Int
  /// What is different from the run that wrote last; `nil` when nothing is.
  package var remark: String?
  /// How many entries lie between two worlds that are offered to the store.
  package static let coreInterval = 4_096

  /// Goes on after what a world has.
  ///
  /// - Parameter offered: The last entry whose world was offered to the store.
  package init(
    _ store: any JournalStore, after world: borrowing World,
    offered: JournalIndex = JournalIndex(0)
  ) {
    self.store = store
    self.offered = offered.number
    kept = store.last.number
    released = world.log.count
    steps = StoredSteps(after: world)
  }

  /// Appends a step; the world is the one after it, which is offered where a snapshot is due.
  package mutating func append(
    _ step: Step, of input: RecordedInput, _ world: borrowing World, _ domain: Domain
  ) {
    guard !step.isEmpty else { return }
    store.append(steps.step(input, step.entries, in: world, home: domain.home(in: world)))
    guard store.last.number - offered >= StepKeeper.coreInterval else { return }
    store.offer(world.core(after: store.last))
    offered = store.last.number
  }

  /// Offers the world after the last entry where a snapshot is due.
  package mutating func offer(_ world: World, after entry: JournalIndex, every interval: Int) {
    guard entry.number - offered >= interval else { return }
    store.offer(world.core(after: entry))
    offered = entry.number
  }

  /// Makes permanent what an engine did that keeps no timeline, and lets go of events in its memory
  /// once there are many; does nothing when nothing was appended.
  ///
  /// - Returns: Why it is not kept.
  package mutating func commit(_ engine: inout Engine) -> StoreFault? {
    guard store.last.number > kept || store.fault != nil else { return nil }
    if let fault = store.commit() { return fault }
    kept = store.last.number
    offer(engine.world, after: store.last, every: StepKeeper.coreInterval)
    guard let residentEntries, engine.world.log.count - released >= 2 * residentEntries else {
      return nil
    }
    offer(engine.world, after: store.last, every: 1)
    released = engine.world.log.count
    engine.releaseLog(to: store)
    return nil
  }

  /// How long after the last commit ``upkeep()`` is wanted; `nil` when there is nothing to do.
  package var upkeepDelay: Interval? { (store as? any JournalFile)?.upkeepDelay }

  /// Does what the store leaves until nobody works.
  ///
  /// - Returns: Why it could not be done.
  package func upkeep() -> StoreFault? { (store as? any JournalFile)?.upkeep() }

  /// Ends the work with the store.
  ///
  /// - Returns: Why something that was acknowledged may not survive a power cut.
  @discardableResult
  package func close() -> StoreFault? { (store as? any JournalFile)?.close() }
}

extension Store {
  /// An engine that goes on with what the store has, and what keeps its steps there.
  ///
  /// - Parameters:
  ///   - clock: The clock's time at the beginning of a history that begins here.
  ///   - seed: The seed of generated ids of a history that begins here.
  /// - Throws: ``DomainError`` when a declaration of the domain cannot work; ``StoreError`` when the
  ///   store cannot be read or written, has the history of another domain, or would keep openly what
  ///   the options protect.
  package func engine(
    of domain: Domain, startingAt clock: Instant, seed: UInt64, options: EngineOptions
  ) throws -> (engine: Engine, keeper: StepKeeper) {
    guard options.protection == nil else {
      throw StoreError(
        "A store keeps what is asked of an engine as it is given, so that it would hold openly what "
          + "the protection seals in events; open the store without a protection, or work in memory."
      )
    }
    let new = try Engine(domain, startingAt: clock, seed: seed, options: options)
    let journal = try journal(
      of: domain.name, shape: DomainShape(domain).text, beginningWith: new.world)
    var (world, offered) = journal.newestWorld()
    journal.replay(after: offered, on: &world) { _, _ in }
    if let fault = journal.fault { throw StoreError(fault) }
    var opening: Step?
    var engine = try Engine(
      resuming: world, domain, nextEntry: journal.last.next, options: options
    ) { opening = $0 }
    var keeper = StepKeeper(journal, after: world, offered: offered)
    keeper.remark = journal.remark(
      on: domain, opening?.entries.map(\.kind) ?? [], in: engine.world, upTo: journal.last)
    if let opening {
      keeper.append(opening, of: RecordedInput(.reconcile, by: .program), engine.world, domain)
    }
    if let fault = keeper.commit(&engine) { throw StoreError(fault) }
    return (engine, keeper)
  }
}
