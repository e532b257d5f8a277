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
      SELECT e.position, e.place, e.kind, e.entry, e.created_at, e.cause, e.id, e.subject, e.data, \
      e.extra, e.members, c.id, c.kind FROM event e LEFT JOIN event c ON c.position = e.cause \
      WHERE e.position >= ?1 AND e.position <= ?2 ORDER BY e.position
      """)
    defer { statement.reset() }
    statement.bind(1, first)
    statement.bind(2, last)
    var builder = LogPageBuilder(number: number)
    var next = first
    while try statement.next() {
      guard statement.int(0) == next else { break }
      let columns = try EventColumns(statement, from: 2, joined: true)
      let found = try columns.event(rows.catalogue.kind(columns.kind), rows.catalogue)
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

  package func keptEvent(_ number: Int) -> (event: Event, logCount: Int)? {
    lock {
      attempt {
        guard number >= 1, number <= rows.kept else { return nil }
        return try database.row(
          """
          SELECT e.before, e.kind, e.entry, e.created_at, e.cause, e.id, e.subject, e.data, \
          e.extra, e.members, c.id, c.kind FROM kept_event e \
          LEFT JOIN event c ON c.position = e.cause WHERE e.number = ?1
          """, number
        ) { row in
          let columns = try EventColumns(row, from: 1, joined: true)
          let kind = try rows.catalogue.kind(columns.kind)
          return (try columns.event(kind, rows.catalogue).event, row.int(0))
        }
      } ?? nil
    }
  }
}
