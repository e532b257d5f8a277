extension JournalStore where Self: StatePages {
  /// The world after the entry of a core, which rests on this store with all it has, its events
  /// included; `nil` when the store cannot be read.
  package func world(of core: StoredCore) -> World? {
    let later = World(
      eventsOf: self, upTo: LogBound(events: core.events, kept: core.kept))
    let world = World(
      core, over: WorldBase(self, asOf: core.entry, events: core.events), sharing: later)
    return fault == nil ? world : nil
  }

  /// The world after an entry, which rests on this store as of that entry.
  ///
  /// It is made from the core before it and what is small in the changes in between, so that it
  /// costs the same however many records and saga instances there are.
  ///
  /// - Parameter later: A world with its events in its log and histories.
  /// - Returns: `nil` when the store cannot be read; ``Pages/fault`` says why.
  package func world(after entry: JournalIndex, sharing later: World) -> World? {
    guard let core = core(atOrBefore: entry) else { return nil }
    var replay = CoreReplay(core, self)
    forEachStep(after: core.entry, upTo: entry) { step in
      for part in step.parts where part.entries.first.map({ $0.stepStart <= entry }) ?? false {
        replay.apply(part.changes)
      }
      return true
    }
    let world = replay.world(after: entry, sharing: later)
    return fault == nil ? world : nil
  }
}

extension JournalStore {
  package func forEachEntry(
    after low: JournalIndex, upTo high: JournalIndex,
    _ body: (JournalIndex, JournalEntry) -> Bool
  ) {
    var next = low.number + 1
    forEachStep(after: step(of: low)?.first ?? low, upTo: high) { step in
      for (index, entry) in zip(step.first.number..., step.entries) where index >= next {
        guard index <= high.number, body(JournalIndex(index), entry) else {
          return false
        }
        next = index + 1
      }
      return true
    }
  }

  package func hold(_ world: World, after entry: JournalIndex, on way: [(JournalIndex, World)]) {}

  package func heldWorld(
    atOrBefore entry: JournalIndex
  ) -> (entry: JournalIndex, world: World)? { nil }

  /// The world of the newest core, with the core's entry; the world before the first step when
  /// there is none.
  package func newestWorld() -> (world: World, entry: JournalIndex) {
    guard let core = core(atOrBefore: last), core.entry.number > 0, let world = world(of: core)
    else { return (start, JournalIndex(0)) }
    return (world, core.entry)
  }

  /// Replays the steps after an entry on the world after it.
  ///
  /// - Parameter body: Receives each step and the world after it.
  package func replay(
    after entry: JournalIndex, on world: inout World, _ body: (StoredStep, World) -> Void
  ) {
    forEachStep(after: entry, upTo: last) { step in
      let step = world.replay(completing: step)
      body(step, world)
      return true
    }
  }
}
