internal import EventicleCore

extension DerivedTables {
  /// How many entries are added to the tables before they are committed.
  private static let batch = 65_536

  /// Makes the tables in a file again from its steps.
  ///
  /// Whoever calls it has the right to write. When it is interrupted, what is there is whole, or is
  /// known not to be.
  ///
  /// - Parameter areDamaged: Whether their pages cannot be trusted either, so that the file is
  ///   written anew without them. All steps are checked before.
  /// - Throws: ``StoreFault/damaged(_:_:)`` when the steps are not what was written; nothing is
  ///   changed then.
  static func remake(_ opening: SQLiteJournal.Opening, areDamaged: Bool) throws {
    if areDamaged {
      try forEachStep(opening) { _, _ in }
      try leaveOut(opening)
    }
    let database = try writing(opening)
    defer { database.close() }
    try database.run("BEGIN IMMEDIATE")
    if !areDamaged { try drop(database) }
    for text in Schema.derived { try database.run(text) }
    let meta = try StoreMeta(database)
    try StoreMeta.noteDerived(of: meta.store, database)
    try dropChangedCores(of: meta.store, database)
    let deriver = try Deriver(database, .file)
    let total = try database.number("SELECT max(entry) FROM journal")
    var last = 0
    try forEachStep(opening, database) { step, catalogue in
      try deriver.add(step) { catalogue.stream(ofKind: $0) }
      guard deriver.entry - last >= batch else { return }
      last = deriver.entry
      try deriver.finish()
      try database.run("COMMIT; BEGIN IMMEDIATE")
      opening.progress?(last, total)
    }
    if deriver.entry > 0 { try deriver.finish() }
    try database.run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
  }

  private static func writing(_ opening: SQLiteJournal.Opening) throws -> Database {
    let database = try Database(opening.path, .write, vfs: opening.vfs)
    // First, because the others read the declarations, of which some may be no SQL.
    try database.run("PRAGMA writable_schema=ON; \(Schema.settings) PRAGMA synchronous=FULL")
    return database
  }

  /// Reads all steps, which must be the ones that were written.
  private static func forEachStep(
    _ opening: SQLiteJournal.Opening, _ known: Database? = nil,
    _ body: (StoredStep, Catalogue) throws -> Void
  ) throws {
    let database = try known ?? Database(opening.path, .read, vfs: opening.vfs)
    defer { if known == nil { database.close() } }
    if known == nil { try database.run("PRAGMA writable_schema=ON; \(Schema.settings)") }
    do {
      let meta = try StoreMeta(database)
      let catalogue = try Catalogue.load(of: meta.store, database)
      var reader = try StepRowReader(after: 0, of: meta.store, database, catalogue)
      while let step = try reader.step() {
        try body(step, catalogue)
      }
    } catch {
      // Whoever owns the connection knows better what else it has.
      do { try SQLiteJournal.faulting { () throws -> Void in throw error } } catch {
        throw SQLiteJournal.diagnosed(error, opening)
      }
    }
  }

  /// Takes the tables out of the file's list of tables, and writes the file anew without their
  /// pages.
  private static func leaveOut(_ opening: SQLiteJournal.Opening) throws {
    let names = Schema.truth.map { "'\($0.0)'" }.joined(separator: ", ")
    let list = try writing(opening)
    defer { list.close() }
    try list.run(
      """
      BEGIN IMMEDIATE; \
      DELETE FROM sqlite_schema WHERE name NOT IN (\(names)); COMMIT
      """)
    list.close()
    // A connection of its own, because the one before has the tables in mind.
    let rest = try writing(opening)
    defer { rest.close() }
    try rest.run("VACUUM")
  }

  private static func drop(_ database: Database) throws {
    let truth = Set(Schema.truth.map(\.0))
    let rows = try database.statement(
      "SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view')")
    var names: [(type: String, name: String)] = []
    while try rows.next() { names.append((rows.text(0) ?? "", rows.text(1) ?? "")) }
    rows.reset()
    for (type, name) in names where !truth.contains(name) && !name.hasPrefix("sqlite_") {
      let quoted = name.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"")
      try database.run("DROP \(type) \"\(quoted)\"")
    }
  }

  /// Drops the cores that cannot be read; what is read from one is then read from the one before.
  private static func dropChangedCores(of store: Int, _ database: Database) throws {
    let rows = try database.statement("SELECT entry, body, hash FROM core")
    var changed: [Int] = []
    while try rows.next() {
      let hash = SQLiteJournal.hash(store, rows.int(0), rows.bytes(1) ?? [])
      if rows.int(2) != hash { changed.append(rows.int(0)) }
    }
    rows.reset()
    let delete = try database.statement("DELETE FROM core WHERE entry = ?1")
    for entry in changed {
      delete.bind(1, entry)
      try delete.run()
    }
  }
}
