package import EventicleCore

/// Looking through the history.
extension SQLiteJournal {
  /// How many entries are looked through in one go.
  private static let entriesAtOnce = 1_024

  package func forEachEntry(
    after low: JournalIndex, upTo high: JournalIndex,
    _ body: (JournalIndex, JournalEntry) -> Bool
  ) {
    scan(Scan(next: low.number + 1, isBrief: false), upTo: high) { index, entry in
      if case .other(let entry) = entry { body(index, entry) } else { true }
    }
  }

  package func forEachBrief(
    after low: JournalIndex, upTo high: JournalIndex,
    _ body: (JournalIndex, BriefEntry) -> Bool
  ) {
    scan(Scan(next: low.number + 1, isBrief: true), upTo: high, body)
  }

  private func scan(
    _ scan: consuming Scan, upTo high: JournalIndex, _ body: (JournalIndex, BriefEntry) -> Bool
  ) {
    var scan = scan
    while scan.goesOn, scan.next <= high.number {
      let last = min(scan.next + Self.entriesAtOnce - 1, high.number)
      // Others want to read as well: not all in one go.
      lock {
        attempt { try scan.pass(upTo: min(last, rows.last.number), database, rows.catalogue, body) }
      }
      guard scan.next == last + 1 else { return }
    }
  }

  private struct Scan {
    var next: Int
    var goesOn = true
    /// Whether of events no more is read than what they are.
    let isBrief: Bool
    private var types: [Int: EventType] = [:]
    /// The first entry of the part of a step that is read.
    private var start: JournalIndex?

    init(next: Int, isBrief: Bool) { (self.next, self.isBrief) = (next, isBrief) }

    mutating func pass(
      upTo last: Int, _ database: Database, _ catalogue: Catalogue,
      _ body: (JournalIndex, BriefEntry) -> Bool
    ) throws {
      let statement = try database.statement(
        """
        SELECT entry, tag, instant, cause, origin, position, consumer, saga, instance, name, data, \
        outcome, reason, detail, length FROM journal WHERE entry >= ?1 AND entry <= ?2 \
        ORDER BY entry
        """)
      defer { statement.reset() }
      statement.bind(1, next)
      statement.bind(2, last)
      while goesOn, try statement.next() {
        if isBrief, EntryColumns.isEvent(tag: statement.int(1)), !statement.isNull(5) {
          let (index, instant) = (statement.int(0), Instant(milliseconds: Int64(statement.int(2))))
          if !statement.isNull(14) { start = JournalIndex(index) }
          let type = try self.type(statement.int(9), catalogue)
          goesOn = body(
            JournalIndex(index), .event(Position(statement.int(5)), type, at: instant))
          next = index + 1
          continue
        }
        let row = try EntryRow(saying: statement, catalogue)
        let length = statement.optionalInt(14)
        if length != nil { start = JournalIndex(row.entry) }
        let entry = JournalEntry(
          kind: try catalogue.pieces.kind(row.says), cause: row.cause.map { JournalIndex($0) },
          instant: Instant(milliseconds: Int64(row.instant)),
          stepStart: try start(before: row.entry, database), stepCount: length ?? 0,
          origin: row.origin.flatMap { UInt8(exactly: $0) }.flatMap { InputOrigin(rawValue: $0) },
          changes: .none)
        goesOn = body(JournalIndex(row.entry), .other(entry))
        next = row.entry + 1
      }
    }

    private mutating func type(_ name: Int, _ catalogue: Catalogue) throws -> EventType {
      if let known = types[name] { return known }
      let type = EventType(try catalogue.name(name))
      types[name] = type
      return type
    }

    /// The first entry of the part that an entry belongs to, when it is not among those read.
    private mutating func start(before entry: Int, _ database: Database) throws -> JournalIndex {
      if let start { return start }
      let found = try database.row(
        """
        SELECT entry FROM journal WHERE entry < ?1 AND length IS NOT NULL ORDER BY entry DESC LIMIT 1
        """, entry
      ) { JournalIndex($0.int(0)) }
      guard let found else { throw StepRowReader.Damage(what: "j\(entry) belongs to no step") }
      start = found
      return found
    }
  }
}
