internal import EventicleCore

/// Compares all that a store has with what its steps say.
struct StoreCheck {
  private let database: Database
  private(set) var problems: [String] = []

  /// Checks the store in a file, which is only read.
  ///
  /// - Complexity: O(all that is in it).
  init(_ opening: SQLiteJournal.Opening) throws {
    // The tables that are made from steps are made again in memory, where they hide the stored ones.
    database = try Database(":memory:", .write)
    try database.run(Schema.settings)
    try database.attach(opening.path, as: "store")
    defer { database.close() }
    for table in DerivedTables.all { for text in table.texts { try database.run(text) } }
    try database.run("BEGIN")
    checkPages()
    do { try checkSteps() } catch let damage as StepRowReader.Damage {
      problems.append(damage.what)
    } catch let error as SQLiteError {
      problems.append("SQLite finds that \(error.message)")
    } catch {
      problems.append("\(error)")
    }
  }

  private mutating func checkPages() {
    do {
      let found = try database.statement("PRAGMA store.integrity_check(10)")
      defer { found.reset() }
      while try found.next() {
        let text = found.text(0) ?? ""
        if text != "ok" { problems.append("SQLite finds that \(text)") }
      }
    } catch { problems.append("SQLite finds that \(error.message)") }
  }

  private mutating func checkSteps() throws {
    let meta = try StoreMeta(database)
    let catalogue = try Catalogue.load(of: meta.store, database)
    _ = try StoreTape.load(after: meta.store, atLeast: meta.lines, database)
    if let start = meta.start { _ = try CoreCodec.decodeAlone(start) }
    let mark = try database.number("SELECT max(entry) FROM store.mark")
    let deriver = try Deriver(database, .file)
    var reader = try StepRowReader(after: 0, of: meta.store, database, catalogue)
    while let step = try reader.step() {
      if reader.next - 1 <= mark { try deriver.add(step) { catalogue.stream(ofKind: $0) } }
    }
    let rows = reader.rows
    for (what, count, wanted) in [
      ("events", try database.number("SELECT count(*) FROM store.event"), rows.events),
      ("kept events", try database.number("SELECT count(*) FROM store.kept_event"), rows.kept),
      ("entries", try database.number("SELECT count(*) FROM store.journal"), rows.last.number),
    ] where count != wanted {
      problems.append("there are \(count) \(what), of which steps have \(wanted)")
    }
    guard deriver.entry == mark else {
      problems.append("the tables for finding things reach up to j\(mark), where no step ends")
      return
    }
    try compareMarks()
    try compareTables()
    try checkCores(meta, catalogue, rows)
  }

  /// How far tables reached must be said rightly wherever it is said.
  private mutating func compareMarks() throws {
    let wrong = try Statement(
      """
      SELECT count(*) FROM store.mark m LEFT JOIN store.journal j ON j.entry = m.entry \
      WHERE j.hash IS NULL OR j.events <> m.events OR j.kept <> m.kept OR m.version <> ?1
      """, database)
    defer { wrong.finish() }
    wrong.bind(1, DerivedTables.version)
    guard try wrong.next(), wrong.int(0) == 0 else {
      problems.append("the table mark is not what the steps make of it")
      return
    }
  }

  private mutating func compareTables() throws {
    for table in DerivedTables.all where table != DerivedTables.mark {
      let (made, stored) = ("main.\(table.name)", "store.\(table.name)")
      let difference = try Statement(
        """
        SELECT (SELECT count(*) FROM (SELECT * FROM \(made) EXCEPT SELECT * FROM \(stored))) + \
        (SELECT count(*) FROM (SELECT * FROM \(stored) EXCEPT SELECT * FROM \(made)))
        """, database)
      defer { difference.finish() }
      guard try difference.next(), difference.int(0) == 0 else {
        problems.append("the table \(table.name) is not what the steps make of it")
        continue
      }
    }
  }

  private mutating func checkCores(
    _ meta: StoreMeta, _ catalogue: Catalogue, _ rows: StepRows
  ) throws {
    let cores = try database.statement("SELECT entry, body, hash FROM store.core ORDER BY entry")
    defer { cores.reset() }
    while try cores.next() {
      let body = cores.bytes(1) ?? []
      guard cores.int(2) == SQLiteJournal.hash(meta.store, cores.int(0), body),
        cores.int(0) <= rows.last.number, (try? catalogue.pieces.core(body)) != nil
      else {
        problems.append("the core after j\(cores.int(0)) is changed")
        continue
      }
    }
  }
}
