import EventicleCore

/// A store of the steps of a run, on which its world rests.
struct Shelf {
  private let store: any JournalStore & StatePages
  private let domain: Domain
  private var maker: StoredSteps
  private var random: SeededRandom

  init(
    _ world: World, _ domain: Domain, seed: UInt64, _ make: RunOptions.StoreMaker?
  ) throws {
    store = try make?(world, domain.name) ?? MemoryJournalStore(startingWith: world)
    self.domain = domain
    maker = StoredSteps(after: world)
    random = SeededRandom(seed, -9)
  }

  /// Keeps a step; now and then offers the core, or lets the engine's world rest on the store.
  mutating func keep(_ step: Step, of input: Input?, _ engine: inout Engine) {
    let recorded = RecordedInput(
      input?.action ?? .reconcile, by: input?.origin ?? .program, at: input?.instant)
    store.append(
      maker.step(recorded, step.entries, in: engine.world, home: domain.aggregateKey))
    _ = store.commit()
    if random.chance(oneIn: 20) { store.offer(engine.world.core(after: store.last)) }
    guard random.chance(oneIn: 12) else { return }
    engine.rebase(
      to: WorldBase(store, asOf: store.last, events: engine.world.log.count))
  }

  /// The world after the last step: the newest core, and the steps after it.
  ///
  /// - Parameter later: A world with all events.
  func world(sharing later: World) -> World? {
    guard let core = store.core(atOrBefore: store.last) else { return nil }
    let base = WorldBase(store, asOf: core.entry, events: core.events)
    var world = World(core, over: base, sharing: later)
    store.forEachStep(after: core.entry, upTo: store.last) { step in
      _ = world.replay(completing: step)
      return true
    }
    return store.fault == nil ? world : nil
  }
}
