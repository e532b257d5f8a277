internal import EventicleCore

/// Rows of the journal and of events that were read before they are asked for, so that one statement
/// serves many steps.
///
/// What cannot be read is told when it is asked for: what comes before it is whole.
struct StepRowsAhead {
  private let database: Database
  private let catalogue: Catalogue
  /// The last entry that is wanted, as far as that is known.
  private let end: Int
  private var entries = Queue<(EntryRow, chain: Int?)>()
  private var events = Queue<(position: Int, place: Int, columns: EventColumns)>()
  /// Whether the events were read with their causes.
  private var areJoined = false
  /// How many rows the next statement reads.
  private var window: Int

  /// The most rows that one statement reads, and the bytes after which it reads no more.
  private static let most = (rows: 512, bytes: 1 << 20)

  /// Rows in order, and why there are no more.
  private struct Queue<Row> {
    private var rows: [Row] = []
    private var taken = 0
    var failure: (any Error)?

    var next: Row? { taken < rows.count ? rows[taken] : nil }

    var last: Row? { rows.last }

    mutating func fill(_ read: (inout [Row]) throws -> Void) {
      rows.removeAll(keepingCapacity: true)
      taken = 0
      do { try read(&rows) } catch { failure = error }
    }

    mutating func take() { taken += 1 }

    mutating func clear() { (rows, taken, failure) = ([], 0, nil) }
  }

  /// Reads nothing yet.
  init(upTo end: Int, _ database: Database, _ catalogue: Catalogue) {
    (self.database, self.catalogue, self.end) = (database, catalogue, end)
    window = end == .max ? 16 : Self.most.rows
  }

  // MARK: - The journal

  /// The first row from an entry on, and the hash in it; `nil` when there is none.
  mutating func row(from entry: Int) throws -> (EntryRow, chain: Int?)? {
    if entries.next == nil {
      if let failure = entries.failure { throw failure }
      // A step that begins where the last one wanted does may be longer.
      let count = entry <= end ? min(window, end - entry + 1) : 4
      window = min(2 * window, Self.most.rows)
      entries.fill { [database, catalogue] rows in
        try Self.read(&rows, from: entry, max(1, count), database, catalogue)
      }
      if entries.next == nil, let failure = entries.failure { throw failure }
    }
    defer { entries.take() }
    return entries.next
  }

  private static func read(
    _ rows: inout [(EntryRow, chain: Int?)], from entry: Int, _ count: Int, _ database: Database,
    _ catalogue: Catalogue
  ) throws {
    let statement = try database.statement(
      """
      SELECT entry, tag, instant, cause, origin, position, consumer, saga, instance, name, data, \
      outcome, reason, detail, step, length, input, changes, events, kept, hash FROM journal \
      WHERE entry >= ?1 ORDER BY entry LIMIT ?2
      """)
    defer { statement.reset() }
    statement.bind(1, entry)
    statement.bind(2, count)
    var bytes = 0
    while bytes < most.bytes, try statement.next() {
      let row = try EntryRow(statement, catalogue)
      rows.append((row, statement.optionalInt(20)))
      bytes += (row.input?.count ?? 0) + (row.changes?.count ?? 0)
    }
  }

  // MARK: - Events

  /// The published events after a position up to another, as far as they are there.
  ///
  /// - Parameter isRead: Whether what they say is read, for which their causes are needed.
  mutating func published(
    after low: Int, upTo high: Int, isRead: Bool
  ) throws -> [(place: Int, EventColumns)] {
    guard high > low else { return [] }
    if areJoined != isRead {
      events.clear()
      areJoined = isRead
    }
    var found: [(place: Int, EventColumns)] = []
    while low + found.count < high {
      let wanted = low + found.count + 1
      if events.next == nil {
        if let failure = events.failure { throw failure }
        // As many as the entries that were read have.
        let known = max(high, entries.last.flatMap { $0.0.events } ?? high)
        let last = min(known, max(high, wanted + Self.most.rows))
        events.fill { [database] rows in
          try Self.read(&rows, wanted...last, isRead, database)
        }
        if events.next == nil, let failure = events.failure { throw failure }
      }
      guard let next = events.next, next.position == wanted else { break }
      events.take()
      found.append((next.place, next.columns))
    }
    return found
  }

  private static func read(
    _ rows: inout [(position: Int, place: Int, columns: EventColumns)],
    _ positions: ClosedRange<Int>, _ isRead: Bool, _ database: Database
  ) throws {
    let statement =
      isRead
      ? try database.statement(
        """
        SELECT e.position, e.place, e.kind, e.entry, e.created_at, e.cause, e.id, e.subject, \
        e.data, e.extra, e.members, c.id, c.kind FROM event e \
        LEFT JOIN event c ON c.position = e.cause \
        WHERE e.position >= ?1 AND e.position <= ?2 ORDER BY e.position
        """)
      : try database.statement(
        """
        SELECT position, place, kind, entry, created_at, cause, id, subject, data, extra, members \
        FROM event WHERE position >= ?1 AND position <= ?2 ORDER BY position
        """)
    defer { statement.reset() }
    statement.bind(1, positions.lowerBound)
    statement.bind(2, positions.upperBound)
    var bytes = 0
    while bytes < most.bytes, try statement.next() {
      let columns = try EventColumns(statement, from: 2, joined: isRead)
      rows.append((statement.int(0), statement.int(1), columns))
      bytes += columns.size
    }
  }

  /// The kept events after a number up to another, as far as they are there; they are few.
  func kept(
    after low: Int, upTo high: Int, isRead: Bool
  ) throws -> [(before: Int, EventColumns)] {
    guard high > low else { return [] }
    let statement = try database.statement(
      """
      SELECT e.number, e.before, e.kind, e.entry, e.created_at, e.cause, e.id, e.subject, e.data, \
      e.extra, e.members, c.id, c.kind FROM kept_event e \
      LEFT JOIN event c ON c.position = e.cause \
      WHERE e.number > ?1 AND e.number <= ?2 ORDER BY e.number
      """)
    defer { statement.reset() }
    statement.bind(1, low)
    statement.bind(2, high)
    var rows: [(before: Int, EventColumns)] = []
    while try statement.next() {
      guard statement.int(0) == low + rows.count + 1 else { break }
      rows.append((statement.int(1), try EventColumns(statement, from: 2, joined: true)))
    }
    return rows
  }
}
