internal import EventicleCore

/// How far the rows of a store reach: its last entry, command line and run, with the hashes there.
///
/// Every commit that adds rows writes it, so that rows which vanish at the end are missed.
struct StoreExtent: Equatable {
  var entry = 0
  var chain: Int
  var lines = 0
  var tape: Int
  var openings = 0
  var runs: Int

  init(_ rows: StepRows, lines: Int, tape: Int, _ openings: StoreOpenings) {
    (entry, chain) = (rows.last.number, rows.chain)
    (self.lines, self.tape) = (lines, tape)
    (self.openings, runs) = (openings.count, openings.hash)
  }

  /// What the file says.
  struct Noted {
    let entry: Int
    let lines: Int
    let openings: Int
    let hash: Int

    /// Reads it; `nil` when the file says nothing.
    init?(_ database: Database) throws(SQLiteError) {
      let row = try database.statement(
        "SELECT entry, lines, openings, hash FROM extent WHERE number = 0")
      defer { row.reset() }
      guard try row.next() else { return nil }
      (entry, lines, openings, hash) = (row.int(0), row.int(1), row.int(2), row.int(3))
    }
  }

  private func hash(of store: Int) -> Int {
    var hash = StepHash(after: store)
    for number in [entry, chain, lines, tape, openings, runs] { hash.add(number) }
    return hash.stored
  }

  /// Writes it in place of the one before.
  func save(of store: Int, _ database: Database) throws(SQLiteError) {
    let insert = try database.statement("INSERT OR REPLACE INTO extent VALUES(0, ?1, ?2, ?3, ?4)")
    insert.bind(1, entry)
    insert.bind(2, lines)
    insert.bind(3, openings)
    insert.bind(4, hash(of: store))
    try insert.run()
  }

  /// What is missing of the rows that were committed, or too much; `nil` when nothing is.
  ///
  /// - Parameter store: The store's own number.
  func difference(from noted: Noted?, of store: Int) -> String? {
    guard let noted else {
      let isEmpty = entry == 0 && lines == 0 && openings == 0
      return isEmpty ? nil : "the file does not say how far it reaches"
    }
    func missing(
      _ one: String, _ many: String, letter: String = "", _ found: Int, _ wanted: Int
    ) -> String {
      guard found < wanted else { return "\(one) \(letter)\(found) was never committed" }
      return wanted - found == 1
        ? "\(one) \(letter)\(wanted) is missing"
        : "\(many) \(letter)\(found + 1) to \(letter)\(wanted) are missing"
    }
    if noted.entry != entry {
      return missing("the entry", "the entries", letter: "j", entry, noted.entry)
    }
    if noted.lines != lines {
      return missing("command line", "command lines", lines, noted.lines)
    }
    if noted.openings != openings {
      return missing("run number", "run numbers", openings, noted.openings)
    }
    return noted.hash == hash(of: store) ? nil : "what the file says of its end is changed"
  }
}
