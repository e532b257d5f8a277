import BackendContract

@testable import EventicleCore

/// An engine whose world rests on a store that keeps every step, and is rebased now and then.
struct RestingEngine {
  private(set) var engine: Engine
  let store: MemoryJournalStore
  let pages: SpyPages
  private let domain: Domain
  private var maker: StoredSteps

  init(_ domain: Domain, seed: UInt64) throws {
    self.domain = domain
    engine = try Engine(domain, seed: seed)
    store = MemoryJournalStore(startingWith: engine.world)
    pages = SpyPages(store)
    maker = StoredSteps(after: engine.world)
  }

  var world: World { engine.world }

  /// Performs an input and keeps its step.
  ///
  /// - Returns: The step as it is stored; `nil` when nothing was done.
  @discardableResult
  mutating func perform(_ input: Input) -> (step: Step, stored: StoredStep?) {
    let step = engine.perform(input)
    guard !step.entries.isEmpty else { return (step, nil) }
    let recorded = RecordedInput(input.action, by: input.origin, at: input.instant)
    let stored = maker.step(
      recorded, step.entries, in: engine.world, home: domain.aggregateKey)
    store.append(stored)
    _ = store.commit()
    return (step, stored)
  }

  /// Offers the core to the store.
  func offer() { store.offer(world.core(after: store.last)) }

  /// Lets the world rest on the store as of now.
  mutating func rebase() {
    engine.rebase(
      to: WorldBase(pages, asOf: store.last, events: engine.world.log.count))
  }

  /// Opens the store again: the newest core, and the steps after it.
  mutating func reopen() throws {
    guard let core = store.core(atOrBefore: store.last) else { return }
    let base = WorldBase(pages, asOf: core.entry, events: core.events)
    var world = World(core, over: base, sharing: engine.world)
    // The steps after the core append their events again.
    store.forEachStep(after: core.entry, upTo: store.last) { step in
      _ = world.replay(completing: step)
      return true
    }
    engine = try Engine(resuming: world, domain, nextEntry: store.last.next)
    maker = StoredSteps(after: engine.world)
  }
}
