package import EventicleCore

extension SQLiteJournal {
  package func forEachStep(
    after low: JournalIndex, upTo high: JournalIndex, _ body: (StoredStep) -> Bool
  ) {
    lock {
      guard problem == nil else { return }
      let end = min(high, rows.last)
      var place = heldStep(of: low)?.range.last ?? low
      // What is held costs no read.
      while place < end, let held = heldStep(of: place.next), held.range.first == place.next {
        guard body(held.step) else { return }
        place = held.range.last
      }
      guard place < end else { return }
      attempt {
        guard let before = try place.number > 0 ? range(of: place)?.last : JournalIndex(0) else {
          return
        }
        var reader = try StepRowReader(
          after: before.number, upTo: end.number, of: meta.store, database, rows.catalogue)
        var count = 0
        while reader.next <= end.number, let step = try reader.step() {
          // The last steps of a long way are those that are asked for next.
          if count < HeldStep.mostOnce || end.number - reader.next < HeldStep.mostOnce {
            hold(step)
          }
          count += 1
          guard body(step) else { return }
        }
      }
    }
  }

  /// The first and the last entry of the step of an entry; `nil` outside the journal.
  func range(of entry: JournalIndex) throws -> (first: JournalIndex, last: JournalIndex)? {
    guard entry.number >= 1, entry <= rows.last else { return nil }
    if let held = heldStep(of: entry) { return held.range }
    if let known = places.range(of: entry.number) { return known }
    let first = try database.row(
      "SELECT entry FROM journal WHERE entry <= ?1 AND step IS NOT NULL ORDER BY entry DESC LIMIT 1",
      entry.number
    ) { $0.int(0) }
    let last = try database.row(
      "SELECT entry FROM journal WHERE entry >= ?1 AND hash IS NOT NULL ORDER BY entry LIMIT 1",
      entry.number
    ) { $0.int(0) }
    guard let first, let last else {
      throw StepRowReader.Damage(what: "\(entry) belongs to no step")
    }
    places.hold(first...max(first, last), of: entry.number)
    return (JournalIndex(first), JournalIndex(last))
  }

  package func entry(_ entry: JournalIndex) -> JournalEntry? {
    lock {
      if let held = heldStep(of: entry) {
        return held.entries[entry.number - held.range.first.number]
      }
      return attempt {
        guard let range = try range(of: entry) else { return nil }
        var reader = try StepRowReader(
          after: range.first.number - 1, upTo: range.last.number, of: meta.store, database,
          rows.catalogue)
        guard let step = try reader.step() else { return nil }
        hold(step)
        let entries = step.entries
        let place = entry.number - range.first.number
        return entries.indices.contains(place) ? entries[place] : nil
      } ?? nil
    }
  }

  package func hold(_ world: World, after entry: JournalIndex, on way: [(JournalIndex, World)]) {
    lock {
      guard problem == nil, entry <= rows.last else { return }
      worlds.visit(world, at: entry)
      if !way.isEmpty { worlds.replace(trail: way) }
    }
  }

  package func heldWorld(
    atOrBefore entry: JournalIndex
  ) -> (entry: JournalIndex, world: World)? { lock { worlds.nearest(atOrBefore: entry) } }

  package func core(atOrBefore entry: JournalIndex) -> StoredCore? {
    lock {
      attempt {
        let found = try database.statement(
          "SELECT entry, body, hash FROM core WHERE entry <= ?1 ORDER BY entry DESC")
        defer { found.reset() }
        found.bind(1, entry.number)
        while try found.next() {
          let body = found.bytes(1) ?? []
          // One that is damaged costs nothing but the way from the one before it.
          guard found.int(2) == SQLiteJournal.hash(meta.store, found.int(0), body),
            found.int(0) <= rows.last.number
          else { continue }
          return try rows.catalogue.pieces.core(body)
        }
        return begun.core(after: JournalIndex(0))
      } ?? nil
    }
  }

  // MARK: - Steps

  package func step(of entry: JournalIndex) -> (first: JournalIndex, last: JournalIndex)? {
    lock {
      if let held = heldStep(of: entry)?.range { return held }
      if problem == nil, let known = places.range(of: entry.number) { return known }
      return attempt { try range(of: entry) } ?? nil
    }
  }

  package func stepCount(after low: JournalIndex, upTo high: JournalIndex) -> Int {
    lock {
      if problem == nil, let last = places.held(.step, min(high, rows.last).number),
        let first = places.held(.step, min(low, rows.last).number)
      {
        return max(0, last - first)
      }
      return attempt { max(0, try number(ofStepAt: high) - number(ofStepAt: low)) } ?? 0
    }
  }

  /// The number of the last step that begins at or before an entry; 0 for none.
  private func number(ofStepAt entry: JournalIndex) throws -> Int {
    let entry = min(entry, rows.last).number
    return try places.held(.step, entry) {
      try database.row(
        """
        SELECT step FROM journal WHERE entry <= ?1 AND step IS NOT NULL ORDER BY entry DESC LIMIT 1
        """, entry
      ) { $0.int(0) } ?? 0
    }
  }

  package func end(ofStep number: Int, after entry: JournalIndex) -> JournalIndex? {
    lock {
      attempt {
        let wanted = try self.number(ofStepAt: entry) + number
        guard number >= 1, wanted <= rows.steps else { return nil }
        // The first entry by which the step has begun is its own first one.
        var (low, high) = (entry.number + 1, rows.last.number)
        while low < high {
          let middle = (low + high) / 2
          if try self.number(ofStepAt: JournalIndex(middle)) >= wanted {
            high = middle
          } else {
            low = middle + 1
          }
        }
        return try range(of: JournalIndex(low))?.last
      } ?? nil
    }
  }

  package func lastEvent(doneAt entry: JournalIndex) -> Position {
    lock {
      if problem == nil, let held = places.held(.lastEvent, entry.number) { return Position(held) }
      return attempt {
        guard entry.number >= 1, entry <= rows.last else { return Position(0) }
        return Position(
          try places.held(.lastEvent, entry.number) {
            try database.row(
              """
              SELECT events FROM journal WHERE entry >= ?1 AND hash IS NOT NULL ORDER BY entry \
              LIMIT 1
              """, entry.number
            ) { $0.int(0) } ?? 0
          })
      } ?? Position(0)
    }
  }
}
