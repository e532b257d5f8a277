package import EventicleCore

extension SQLiteJournal {
  package func page(_ number: Int) -> LogPage? {
    lock {
      if problem == nil, let held = heldPage(number) { return held }
      return attempt { try read(page: number) } ?? nil
    }
  }

  /// A page that was read, if nothing has come that it lacks.
  private func heldPage(_ number: Int) -> LogPage? {
    let first = number * LogPage.size + 1
    let last = min(first + LogPage.size - 1, rows.events)
    return pages[number].flatMap { $0.count == last - first + 1 ? $0 : nil }
  }

  private func read(page number: Int) throws -> LogPage? {
    let first = number * LogPage.size + 1
    let last = min(first + LogPage.size - 1, rows.events)
    guard number >= 0, first <= last else { return nil }
    if let held = heldPage(number) { return held }
    let statement = try database.statement(
      """
      SELECT position, place, kind, entry, created_at, cause, id, subject, data, extra, members \
      FROM event WHERE position >= ?1 AND position <= ?2 ORDER BY position
      """)
    defer { statement.reset() }
    statement.bind(1, first)
    statement.bind(2, last)
    var builder = LogPageBuilder(number: number)
    var next = first
    while try statement.next() {
      guard statement.int(0) == next else { break }
      let columns = try EventColumns(statement, from: 2)
      let found = try columns.event(
        rows.catalogue.kind(columns.kind), database, rows.catalogue)
      builder.append(
        found.event, kind: rows.catalogue.logNumber(ofKind: columns.kind),
        place: statement.int(1),
        cause: columns.cause.flatMap { cause in found.causeType.map { (cause, $0) } },
        by: JournalIndex(columns.entry))
      next += 1
    }
    guard next == last + 1 else {
      throw StepRowReader.Damage(what: "event #\(next) is missing")
    }
    let page = builder.page
    pages.hold(page, number)
    return page
  }

  package var kinds: [LogKind] { lock { attempt { rows.catalogue.inLog } ?? [] } }

  package func position(of id: EventID, upTo last: Int) -> Int? {
    lock {
      attempt {
        for position in try candidates(for: id).reversed() where position <= last {
          if try kind(ofEvent: position, if: id) != nil { return position }
        }
        return nil
      } ?? nil
    }
  }

  package func count(of stream: StreamName, upTo last: Int) -> Int {
    lock {
      attempt {
        try derive(upTo: LogBound(events: min(last, rows.events), kept: 0))
        guard let number = rows.catalogue.number(of: stream) else { return 0 }
        let all = try count(of: stream, rows.catalogue)
        return try greatest(upTo: all) { place in
          try database.row(
            "SELECT position FROM stream_event WHERE stream = ?1 AND place = ?2", number, place
          ) { $0.int(0) <= last } ?? false
        }
      } ?? 0
    }
  }

  /// The last number, from 1, up to one for which something that ends once holds; 0 for none.
  private func greatest(upTo count: Int, where holds: (Int) throws -> Bool) rethrows -> Int {
    // Most questions are about the newest.
    if count > 0, try holds(count) { return count }
    var (low, high) = (0, max(0, count - 1))
    while low < high {
      let middle = (low + high + 1) / 2
      if try holds(middle) { low = middle } else { high = middle - 1 }
    }
    return low
  }

  package func positions(of stream: StreamName, at places: Range<Int>) -> [Int32] {
    lock {
      attempt {
        guard let number = rows.catalogue.number(of: stream) else { return [] }
        func found() throws -> [Int] {
          try database.numbers(
            """
            SELECT position FROM stream_event WHERE stream = ?1 AND place >= ?2 AND place < ?3 \
            ORDER BY place
            """, number, places.lowerBound, places.upperBound)
        }
        let known = try found()
        let table = DerivedTables.streamEvent
        guard known.count < places.count, !tail.steps.isEmpty else {
          return try Self.expect(known, in: possiblePositions, of: table)
        }
        try derive()
        return try Self.expect(found(), in: possiblePositions, of: table)
      } ?? []
    }
  }

  /// The positions that a table can have; one that is being written may have more than was read.
  private var possiblePositions: ClosedRange<Int> {
    1...(writer == nil ? Int(Int32.max) : max(1, rows.events))
  }

  /// How many events something can have.
  private var possibleCounts: ClosedRange<Int> { 0...Int(Int32.max) }

  // MARK: - Histories

  package func history(of key: AggregateKey, upTo bound: LogBound) -> StoredHistory? {
    lock {
      let bound = reachable(bound)
      if problem == nil, let held = answers.history(of: key, upTo: bound) { return held }
      return attempt {
        try derive(upTo: bound)
        let found = try history(of: key, within: bound)
        answers.hold(found, of: key, upTo: bound)
        return found
      } ?? nil
    }
  }

  private func history(of key: AggregateKey, within bound: LogBound) throws -> StoredHistory? {
    guard let number = try DerivedTables.number(of: key, database) else { return nil }
    let all = try Self.expect(
      DerivedTables.count(ofHistory: number, database), in: possibleCounts,
      of: DerivedTables.history)
    let count = try greatest(upTo: all) { version in
      try database.row(
        "SELECT event FROM history WHERE aggregate = ?1 AND version = ?2", number, version
      ) { bound.holds($0.int(0)) } ?? false
    }
    return count > 0 ? StoredHistory(number: number, count: count) : nil
  }

  /// As much of a bound as there is.
  private func reachable(_ bound: LogBound) -> LogBound {
    LogBound(events: min(bound.events, rows.events), kept: min(bound.kept, rows.kept))
  }

  package func entries(of history: StoredHistory, _ range: Range<Int>) -> [Int32] {
    lock {
      attempt {
        let wanted = range.clamped(to: 0..<history.count)
        let found = try database.numbers(
          """
          SELECT event FROM history WHERE aggregate = ?1 AND version > ?2 AND version <= ?3 \
          ORDER BY version
          """, history.number, wanted.lowerBound, wanted.upperBound)
        return try Self.expect(
          found, in: -Int(Int32.max)...possiblePositions.upperBound, of: DerivedTables.history)
      } ?? []
    }
  }

  package func count(ofAggregates type: String, upTo bound: LogBound) -> Int {
    lock {
      attempt {
        try derive(upTo: reachable(bound))
        let newest = try database.statement(
          "SELECT place FROM aggregate WHERE type = ?1 ORDER BY place DESC LIMIT 1")
        newest.bind(1, type)
        let last = try newest.next() ? newest.int(0) : -1
        newest.reset()
        let all = try Self.expect(last, in: -1...Int(Int32.max) - 1, of: DerivedTables.aggregate)
        return try greatest(upTo: all + 1) { number in
          try aggregate(type, number - 1) { bound.holds($0.int(1)) } ?? false
        }
      } ?? 0
    }
  }

  package func aggregate(of type: String, at place: Int) -> DomainID? {
    lock {
      attempt {
        func found() throws -> DomainID? {
          try aggregate(type, place) { DomainID($0.text(0) ?? "") }
        }
        if let known = try found() { return known }
        try derive()
        return try found()
      } ?? nil
    }
  }

  private func aggregate<Result>(
    _ type: String, _ place: Int, _ body: (Statement) -> Result
  ) throws -> Result? {
    let row = try database.statement(
      "SELECT id, first FROM aggregate WHERE type = ?1 AND place = ?2")
    defer { row.reset() }
    row.bind(1, type)
    row.bind(2, place)
    return try row.next() ? body(row) : nil
  }

  package func keptEvent(_ number: Int) -> (event: Event, logCount: Int)? {
    lock {
      attempt {
        guard number >= 1, number <= rows.kept else { return nil }
        return try database.row(
          """
          SELECT before, kind, entry, created_at, cause, id, subject, data, extra, members \
          FROM kept_event WHERE number = ?1
          """, number
        ) { row in
          let columns = try EventColumns(row, from: 1)
          let kind = try rows.catalogue.kind(columns.kind)
          return (try columns.event(kind, database, rows.catalogue).event, row.int(0))
        }
      } ?? nil
    }
  }
}

extension LogBound {
  /// Whether an event of a history, a position or the negated number of a kept one, is before it.
  fileprivate func holds(_ event: Int) -> Bool {
    event > 0 ? event <= events : -event <= kept
  }
}
