package import EventicleCore

extension SQLiteJournal {
  /// Asks the derived tables for entries, once they have all steps.
  private func entries(
    in table: DerivedTables.Table, _ sql: StaticString, _ first: Int, _ second: Int? = nil
  ) -> [JournalIndex] {
    lock {
      if problem == nil, let held = answers.answer(sql, first, second, after: rows.last) {
        return held.map { JournalIndex($0) }
      }
      return attempt {
        try derive()
        let found = try database.numbers(sql, first, second)
        let entries = try found.map { try index($0, of: table) }
        answers.hold(found, sql, first, second)
        return entries
      } ?? []
    }
  }

  /// An entry that a table has; one that is being written may have more than was read.
  private func index(
    _ number: Int, of table: DerivedTables.Table
  ) throws(StoreFault) -> JournalIndex {
    let last = writer == nil ? Int(Int32.max) : max(1, rows.last.number)
    return JournalIndex(try SQLiteJournal.expect(number, in: 1...last, of: table))
  }

  package func deliveries(of position: Position) -> [JournalIndex] {
    entries(
      in: DerivedTables.delivery,
      "SELECT entry FROM delivery WHERE position = ?1 ORDER BY entry", position.number)
  }

  package func effects(of entry: JournalIndex, limit: Int) -> [JournalIndex] {
    entries(
      in: DerivedTables.entryEffect,
      "SELECT entry FROM entry_effect WHERE cause = ?1 ORDER BY entry LIMIT ?2", entry.number,
      max(0, limit))
  }

  package func effects(of position: Position, limit: Int) -> [Position] {
    entries(
      in: DerivedTables.eventEffect,
      "SELECT position FROM event_effect WHERE cause = ?1 ORDER BY position LIMIT ?2",
      position.number, max(0, limit)
    ).map { Position($0.number) }
  }

  // MARK: - Sagas

  package func entries(of saga: SagaKey, upTo end: JournalIndex) -> [JournalIndex] {
    lock {
      attempt {
        try derive(upTo: min(end, rows.last))
        guard let owner = try DerivedTables.number(of: saga, database) else { return [] }
        return try database.numbers(
          "SELECT entry FROM owner_entry WHERE owner = ?1 AND entry <= ?2 ORDER BY entry", owner,
          end.number
        ).map { try index($0, of: DerivedTables.ownerEntry) }
      } ?? []
    }
  }

  package func steps(of saga: SagaKey, upTo end: JournalIndex) -> (all: Int, failed: Int) {
    lock {
      attempt {
        try derive(upTo: min(end, rows.last))
        guard let owner = try DerivedTables.number(of: saga, database) else { return (0, 0) }
        return try database.row(
          """
          SELECT steps, failed FROM owner_entry WHERE owner = ?1 AND entry <= ?2 \
          ORDER BY entry DESC LIMIT 1
          """, owner, end.number
        ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
      } ?? (0, 0)
    }
  }

  package func step(_ number: Int, of saga: SagaKey) -> JournalIndex? {
    lock {
      attempt {
        try derive()
        guard number >= 1, let owner = try DerivedTables.number(of: saga, database) else {
          return nil
        }
        // Entries that are no step repeat the count of the one before.
        return try database.row(
          """
          SELECT entry FROM owner_entry WHERE owner = ?1 AND steps = ?2 ORDER BY entry LIMIT 1
          """, owner, number
        ) { try index($0.int(0), of: DerivedTables.ownerEntry) }
      } ?? nil
    }
  }

  // MARK: - Failures

  package func problems(upTo end: JournalIndex) -> Int {
    lock {
      let end = min(end, rows.last)
      if problem == nil, let held = places.held(.problems, end.number) { return held }
      return attempt {
        try derive(upTo: end)
        return try places.held(.problems, end.number) {
          try database.row(
            "SELECT number + 1 FROM problem WHERE entry <= ?1 ORDER BY entry DESC LIMIT 1",
            end.number
          ) {
            try SQLiteJournal.expect($0.int(0), in: 0...end.number, of: DerivedTables.problem)
          } ?? 0
        }
      } ?? 0
    }
  }

  package func problem(at place: Int) -> JournalIndex? {
    entries(in: DerivedTables.problem, "SELECT entry FROM problem WHERE number = ?1", place).first
  }
}
