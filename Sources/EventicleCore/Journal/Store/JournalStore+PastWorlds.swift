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
