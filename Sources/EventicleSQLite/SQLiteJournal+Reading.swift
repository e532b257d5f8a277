package import EventicleCore

extension SQLiteJournal {
  package func forEachStep(
    after low: JournalIndex, upTo high: JournalIndex, _ body: (StoredStep) -> Bool
  ) {
    lock {
      attempt {
        guard let end = try low.number > 0 ? range(of: low)?.last : JournalIndex(0) else { return }
        var reader = try StepRowReader(
          after: end.number, of: meta.store, database, rows.catalogue)
        while reader.next <= min(high, rows.last).number, let step = try reader.step(), body(step) {
        }
      }
    }
  }

  /// The first and the last entry of the step of an entry; `nil` outside the journal.
  func range(of entry: JournalIndex) throws -> (first: JournalIndex, last: JournalIndex)? {
    guard entry.number >= 1, entry <= rows.last else { return nil }
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
    return (JournalIndex(first), JournalIndex(last))
  }

  package func entry(_ entry: JournalIndex) -> JournalEntry? {
    lock {
      attempt {
        guard let range = try range(of: entry) else { return nil }
        var reader = try StepRowReader(
          after: range.first.number - 1, of: meta.store, database, rows.catalogue)
        let entries = try reader.step()?.entries ?? []
        let place = entry.number - range.first.number
        return entries.indices.contains(place) ? entries[place] : nil
      } ?? nil
    }
  }

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
    lock { attempt { try range(of: entry) } ?? nil }
  }

  package func stepCount(after low: JournalIndex, upTo high: JournalIndex) -> Int {
    lock { attempt { max(0, try number(ofStepAt: high) - number(ofStepAt: low)) } ?? 0 }
  }

  /// The number of the last step that begins at or before an entry; 0 for none.
  private func number(ofStepAt entry: JournalIndex) throws -> Int {
    try database.row(
      "SELECT step FROM journal WHERE entry <= ?1 AND step IS NOT NULL ORDER BY entry DESC LIMIT 1",
      min(entry, rows.last).number
    ) { $0.int(0) } ?? 0
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
      attempt {
        guard entry.number >= 1, entry <= rows.last else { return Position(0) }
        return Position(
          try database.row(
            """
            SELECT events FROM journal WHERE entry >= ?1 AND hash IS NOT NULL ORDER BY entry \
            LIMIT 1
            """, entry.number
          ) { $0.int(0) } ?? 0)
      } ?? Position(0)
    }
  }
}
