internal import EventicleCore

/// The numbers of the records of tables, in order, as they were asked for.
///
/// A table from which nothing was ever removed up to an entry has at each entry before it the first
/// of its records, so that it is read once for all moments.
struct HeldOrders {
  /// A table from which nothing was removed.
  struct Growing {
    let numbers: [Int32]
    /// The entries that made the records, in the same order.
    let born: [Int32]
    /// Up to where it is so.
    let end: JournalIndex

    /// The records that were there at an entry; `nil` for one that is too late.
    func numbers(asOf entry: JournalIndex) -> [Int32]? {
      guard entry <= end else { return nil }
      let count = born.partitioningIndex { Int($0) > entry.number }
      return count == numbers.count ? numbers : Array(numbers[..<count])
    }
  }

  private var tables: [TableName: Growing] = [:]
  private var answers: [(table: TableName, entry: JournalIndex, numbers: [Int32])] = []

  /// How many answers are held, the last ones.
  private static let most = 16

  /// What was found before, or follows from it.
  mutating func numbers(in table: TableName, asOf entry: JournalIndex) -> [Int32]? {
    if let known = answers.last(where: { $0.entry == entry && $0.table == table }) {
      return known.numbers
    }
    guard let found = tables[table]?.numbers(asOf: entry) else { return nil }
    hold(found, in: table, asOf: entry)
    return found
  }

  /// Holds an answer.
  mutating func hold(_ numbers: [Int32], in table: TableName, asOf entry: JournalIndex) {
    if answers.count == Self.most { answers.removeFirst() }
    answers.append((table, entry, numbers))
  }

  /// Holds a whole table.
  mutating func hold(_ table: Growing, _ name: TableName) { tables[name] = table }
}

extension SQLiteJournal {
  /// The records of a table as of an entry, for which the derived tables reach as far.
  func order(of table: TableName, asOf entry: JournalIndex) throws -> [Int32] {
    // Those that were there before are what most tables have.
    if let growing = try growing(table), let numbers = growing.numbers(asOf: entry) {
      orders.hold(growing, table)
      return numbers
    }
    let found = try database.statement(
      """
      SELECT number FROM record r WHERE workspace = ?1 AND type = ?2 AND born <= ?3 AND \
      (SELECT gone FROM record_change c WHERE c.record = r.number AND c.entry <= ?3 \
      ORDER BY c.entry DESC LIMIT 1) = 0 ORDER BY number
      """)
    defer { found.reset() }
    found.bind(1, table.workspace.text)
    found.bind(2, table.type)
    found.bind(3, entry.number)
    return try Self.numbers(found, DerivedTables.record)
  }

  /// A table as far as the derived tables reach, if nothing was ever removed from it.
  private func growing(_ table: TableName) throws -> HeldOrders.Growing? {
    let rows = try database.statement(
      """
      SELECT number, born, EXISTS(SELECT 1 FROM record_change c WHERE c.record = r.number \
      AND c.gone <> 0) FROM record r WHERE workspace = ?1 AND type = ?2 ORDER BY number
      """)
    defer { rows.reset() }
    rows.bind(1, table.workspace.text)
    rows.bind(2, table.type)
    var (numbers, born): ([Int], [Int]) = ([], [])
    while try rows.next() {
      guard rows.int(2) == 0, rows.int(1) >= born.last ?? 0 else { return nil }
      numbers.append(rows.int(0))
      born.append(rows.int(1))
    }
    let end = JournalIndex(deriver.entry)
    return HeldOrders.Growing(
      numbers: try Self.expect(numbers, in: Self.numbers, of: DerivedTables.record),
      born: try Self.expect(born, in: Self.numbers, of: DerivedTables.record), end: end)
  }
}
