internal import EventicleCore

/// Compares all that a store has with what its steps say.
struct StoreCheck {
  private let database: Database
  private let progress: Store.Progress?
  private(set) var findings = Store.Findings()

  /// Checks the store in a file, which is only read.
  ///
  /// - Parameter damage: What is wrong with how the derived tables are declared, if anything is.
  /// - Complexity: O(all that is in it).
  init(_ opening: SQLiteJournal.Opening, _ damage: String?) throws {
    progress = opening.progress
    // The tables that are made from steps are made again in memory, where they hide the stored ones.
    database = try Database(":memory:", .write)
    // A table whose declaration cannot be parsed is as good as missing.
    try database.run("PRAGMA writable_schema=ON; \(Schema.settings)")
    try database.attach(opening.path, as: "store")
    defer { database.close() }
    for table in DerivedTables.all { for text in table.texts { try database.run(text) } }
    try database.run("BEGIN")
    if let damage { findings.tables.append("of the tables in which things are found, \(damage)") }
    do { try checkPages(opening) } catch {
      findings.history.append("SQLite finds that \(error.message)")
    }
    do { try checkSteps() } catch let damage as StepRowReader.Damage {
      findings.history.append(damage.what)
    } catch let error as SQLiteError {
      findings.history.append("SQLite finds that \(error.message)")
    } catch let error as StepCodecError {
      findings.history.append(error.clause)
    } catch {
      findings.history.append("\(error)")
    }
  }

  /// Looks at the pages of all tables; those of the history are looked at alone when some are wrong.
  ///
  /// On a connection of its own, because one that has met a damaged page fails in other things too.
  private mutating func checkPages(
    _ opening: SQLiteJournal.Opening
  ) throws(SQLiteError) {
    let all = try StoreCheck.pageProblems(opening, "integrity_check(10)")
    guard !all.isEmpty else { return }
    var own: [String] = []
    for (name, _) in Schema.truth where name != "core" {
      own += try StoreCheck.pageProblems(opening, "integrity_check(\(name))")
    }
    if own.isEmpty { findings.tables += all } else { findings.history += own }
  }

  private static func pageProblems(
    _ opening: SQLiteJournal.Opening, _ pragma: String
  ) throws(SQLiteError) -> [String] {
    let file = try Database.reading(opening.path, vfs: opening.vfs)
    defer { file.close() }
    try file.run("PRAGMA writable_schema=ON; \(Schema.settings)")
    do throws(SQLiteError) {
      let found = try Statement("PRAGMA \(pragma)", file)
      defer { found.finish() }
      var problems: [String] = []
      while try found.next() {
        // A row may have several lines, of which the first may name the database.
        for line in (found.text(0) ?? "").split(separator: "\n") where line != "ok" {
          if !line.hasPrefix("***") { problems.append("SQLite finds that \(line)") }
        }
      }
      return problems
    } catch { return ["SQLite finds that \(error.message)"] }
  }

  private mutating func checkSteps() throws {
    let meta = try StoreMeta(database)
    let catalogue = try Catalogue.load(of: meta.store, database)
    let (lines, tape) = try StoreTape.load(after: meta.store, database)
    let openings = try StoreOpenings.load(of: meta.store, database)
    if let start = meta.start { _ = try CoreCodec.decodeAlone(start) }
    // What cannot be read of it is told with the tables.
    let mark = (try? database.number("SELECT max(entry) FROM store.mark")) ?? 0
    let total = try database.number("SELECT max(entry) FROM store.journal")
    let deriver = try Deriver(database, .file)
    var reader = try StepRowReader(after: 0, of: meta.store, database, catalogue)
    var told = 0
    while let step = try reader.step() {
      if reader.next - 1 <= mark { try deriver.add(step) { catalogue.stream(ofKind: $0) } }
      if reader.next - told > 4_096 {
        told = reader.next
        progress?(told - 1, total)
      }
    }
    let rows = reader.rows
    for (what, count, wanted) in [
      ("events", try database.number("SELECT count(*) FROM store.event"), rows.events),
      ("kept events", try database.number("SELECT count(*) FROM store.kept_event"), rows.kept),
      ("entries", try database.number("SELECT count(*) FROM store.journal"), rows.last.number),
    ] where count != wanted {
      findings.history.append("there are \(count) \(what), of which steps have \(wanted)")
    }
    let extent = StoreExtent(rows, lines: lines.count, tape: tape, openings)
    if let missing = extent.difference(from: try StoreExtent.Noted(database), of: meta.store) {
      findings.history.append(missing)
    }
    if deriver.entry == mark {
      compareTables()
    } else {
      findings.tables.append(
        "the tables for finding things reach up to j\(mark), where no step ends")
    }
    compareMarks()
    try checkCores(meta, catalogue, rows)
  }

  /// How far tables reached must be said rightly wherever it is said.
  private mutating func compareMarks() {
    do {
      let wrong = try Statement(
        """
        SELECT count(*) FROM store.mark m LEFT JOIN store.journal j ON j.entry = m.entry \
        WHERE j.hash IS NULL OR j.events <> m.events OR j.kept <> m.kept OR m.version <> ?1
        """, database)
      defer { wrong.finish() }
      wrong.bind(1, DerivedTables.version)
      if try wrong.next(), wrong.int(0) == 0 { return }
      findings.tables.append("the table mark is not what the steps make of it")
    } catch {
      findings.tables.append("the table mark cannot be read: \(error.message)")
    }
  }

  private mutating func compareTables() {
    for table in DerivedTables.all where table != DerivedTables.mark {
      let (made, stored) = ("main.\(table.name)", "store.\(table.name)")
      do {
        let difference = try Statement(
          """
          SELECT (SELECT count(*) FROM (SELECT * FROM \(made) EXCEPT SELECT * FROM \(stored))) + \
          (SELECT count(*) FROM (SELECT * FROM \(stored) EXCEPT SELECT * FROM \(made)))
          """, database)
        defer { difference.finish() }
        if try difference.next(), difference.int(0) == 0 { continue }
        findings.tables.append("the table \(table.name) is not what the steps make of it")
      } catch {
        // After a damaged page the connection fails in other things too.
        findings.tables.append("the table \(table.name) cannot be read: \(error.message)")
        return
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
        findings.tables.append("the core after j\(cores.int(0)) is changed")
        continue
      }
    }
  }
}
