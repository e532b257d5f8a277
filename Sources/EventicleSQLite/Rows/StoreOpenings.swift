internal import EventicleCore

/// The runs of programs that wrote to a store, in the table `opening`.
struct StoreOpenings {
  private(set) var count = 0
  /// The hash over all of them.
  private(set) var hash: Int
  /// The last one, with the shape that it had.
  private(set) var last: StoreRun?

  /// None yet.
  ///
  /// - Parameter store: The store's own number, from which the hash begins.
  init(of store: Int) { hash = store }

  /// Reads all of them.
  ///
  /// - Throws: ``StepCodecError`` when they are not the ones that were written.
  static func load(of store: Int, _ database: Database) throws -> StoreOpenings {
    var found = StoreOpenings(of: store)
    let rows = try database.statement(
      """
      SELECT number, entry, at, program, code, shape, sqlite, hash FROM opening ORDER BY number
      """)
    defer { rows.reset() }
    while try rows.next() {
      let number = found.count
      let run = StoreRun(
        after: JournalIndex(rows.int(1)), of: rows.text(3) ?? "", code: rows.text(4),
        shape: rows.text(5))
      found.add(run, at: rows.int(2), sqlite: rows.text(6) ?? "")
      guard rows.int(0) == number, rows.int(7) == found.hash else {
        throw StepCodecError("the run number \(number + 1) that wrote is missing or changed")
      }
    }
    return found
  }

  /// Writes the next one.
  ///
  /// - Parameter now: The present moment, in seconds since 1970.
  mutating func append(_ run: StoreRun, at now: Int, _ database: Database) throws(SQLiteError) {
    var noted = run
    let isSame = run.shape.map { shape in last?.shape.map { isSameText(shape, $0) } ?? false }
    if isSame ?? false { noted.shape = nil }
    let number = count
    add(noted, at: now, sqlite: Database.version)
    let insert = try database.statement(
      "INSERT INTO opening VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
    insert.bind(1, number)
    insert.bind(2, noted.entry.number)
    insert.bind(3, now)
    insert.bind(4, noted.program)
    insert.bind(5, noted.code)
    insert.bind(6, noted.shape)
    insert.bind(7, Database.version)
    insert.bind(8, hash)
    try insert.run()
  }

  private mutating func add(_ run: StoreRun, at now: Int, sqlite: String) {
    var next = StepHash(after: hash)
    next.add(count)
    next.add(run.entry.number)
    next.add(now)
    next.add(run.program)
    next.add(run.code)
    next.add(run.shape)
    next.add(sqlite)
    let shape = run.shape ?? last?.shape
    last = run
    last?.shape = shape
    hash = next.stored
    count += 1
  }
}
