package import EventicleCore

/// A journal in a file of SQLite.
///
/// Steps are rows that a person can read; a commit is acknowledged when it survives a power cut.
// Safe to share: everything is done under its lock, one thread at a time.
package final class SQLiteJournal: JournalFile, @unchecked Sendable {
  /// How a store is opened.
  struct Opening {
    var path: String
    /// The name of SQLite's access to files; `nil` for that of the system.
    var vfs: String?
    /// The present moment, in seconds since 1970.
    var now = 0
    /// How many entries gather before the derived tables are brought up to them.
    var deriveInterval = 16_384
    /// How many pages of events are held.
    var pages = 512
    /// How many changes of parts of steps are held.
    var changes = 4_096
  }

  let lock = StoreLock()
  let opening: Opening
  let file: StoreFile
  /// The right to write; `nil` for reading only.
  private(set) var writer: WriterLock?
  private(set) var database: Database
  var meta: StoreMeta
  var rows: StepRows
  /// The world before the first step.
  var begun = World(startingAt: .standardStart, seed: 1)
  /// Makes the tables in which things are found.
  var deriver: Deriver
  /// What those tables do not have yet.
  var tail = Tail()
  var pages: Recent<LogPage>
  /// The changes of parts of steps, by first entry.
  var changes: Recent<[Change]>
  var tape: [(after: JournalIndex, line: String)] = []
  var tapeHash: Int
  /// Whether this run is in the list of those that wrote.
  var isNoted = false
  private(set) var problem: StoreFault?
  private(set) var reason: StoreFault?

  /// Opens a file that is a store.
  ///
  /// - Parameter writer: The right to write; `nil` for reading only.
  /// - Throws: ``StoreFault`` when it cannot be read.
  init(_ opening: Opening, _ file: StoreFile, _ writer: WriterLock?) throws {
    self.opening = opening
    self.file = file
    self.writer = writer
    let none = JournalIndex(0)
    pages = Recent(most: opening.pages)
    changes = Recent(most: opening.changes)
    let access = writer == nil ? try Database.reading(opening.path, vfs: opening.vfs) : .write
    database = try Database(opening.path, access, vfs: opening.vfs)
    do {
      try SQLiteJournal.prepare(database, isWriting: writer != nil)
      meta = try SQLiteJournal.faulting(after: none) { [database] in try StoreMeta(database) }
      rows = StepRows(of: meta.store, Catalogue(of: meta.store))
      tapeHash = meta.store
      deriver = try SQLiteJournal.faulting(after: none) { [database] in
        try Deriver(database, writer == nil ? .memory : .file)
      }
      if writer == nil { reason = .unreadable("writing, because it is open for reading only") }
      try load()
      try checkNote()
    } catch {
      database.close()
      throw error
    }
  }

  private static func prepare(_ database: Database, isWriting: Bool) throws {
    try database.run(Schema.settings)
    let format = try database.number("PRAGMA user_version")
    guard format <= Schema.format else {
      throw StoreFault.newer(format: format, readable: Schema.format)
    }
    guard isWriting else {
      // What is read stays as it is until it is read again, whatever somebody writes meanwhile.
      for table in DerivedTables.all { for text in table.temporaryTexts { try database.run(text) } }
      return
    }
    // A copy may lack the log of writes, without which a commit could be undone by a power cut.
    try database.run(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4096;")
  }

  /// What somebody notes after each commit cannot be missing now.
  private func checkNote() throws {
    guard let note = writer?.before, note.store == meta.store, note.entry > last.number else {
      writer?.note(last, of: meta.store)
      return
    }
    throw StoreFault.damaged(
      last,
      "entries up to j\(note.entry) are missing, which were there once; was the file beside "
        + "it whose name ends in -wal removed?")
  }

  // MARK: - Faults

  /// Turns what can go wrong into faults.
  static func faulting<Result>(
    after entry: JournalIndex, _ body: () throws -> Result
  ) throws(StoreFault) -> Result {
    do { return try body() } catch let fault as StoreFault {
      throw fault
    } catch let error as SQLiteError {
      throw error.fault(after: entry)
    } catch let damage as StepRowReader.Damage {
      throw .damaged(entry, damage.what)
    } catch {
      throw .damaged(entry, "\(error)")
    }
  }

  /// Does what can go wrong; a fault stays.
  @discardableResult
  func attempt<Result>(_ body: () throws -> Result) -> Result? {
    guard problem == nil else { return nil }
    do throws(StoreFault) { return try SQLiteJournal.faulting(after: last, body) } catch {
      set(error)
      return nil
    }
  }

  func set(_ fault: StoreFault) {
    guard problem == nil else { return }
    problem = fault
    switch fault {
    case .unsure, .gone, .damaged, .newer: reason = reason ?? fault
    case .full, .heldBy, .notAtHead, .unreadable: break
    }
  }

  package var fault: StoreFault? { lock { problem } }

  package var refusal: StoreFault? { lock { reason } }

  // MARK: - What it is

  package var capabilities: Capabilities { Capabilities(Set(Capability.allCases)) }

  package var domain: String? { lock { meta.domain } }

  package var start: World { lock { begun } }

  package var last: JournalIndex { lock { rows.last } }

  package var lines: [(after: JournalIndex, line: String)] {
    lock { problem == nil ? tape : [] }
  }

  // MARK: - Reading the file

  package func reload() -> StoreFault? {
    lock {
      do throws(StoreFault) {
        try SQLiteJournal.faulting(after: JournalIndex(0)) {
          if case .unsure = reason { try reopen() }
          if database.isInTransaction { try database.run("ROLLBACK") }
          try load()
        }
        problem = nil
        return nil
      } catch {
        problem = error
        return error
      }
    }
  }

  /// After a write whose outcome is not known, nothing is written any more; what is there is read.
  private func reopen() throws {
    database.keepLogOnClose()
    database.close()
    database = try Database(opening.path, .read, vfs: opening.vfs)
    writer = nil
    try SQLiteJournal.prepare(database, isWriting: false)
  }

  /// Reads what is needed to go on: small tables, and the steps that the derived ones lack.
  private func load() throws(StoreFault) {
    var reader = try SQLiteJournal.faulting(after: JournalIndex(0)) {
      if writer == nil { try beginReading() }
      meta = try StoreMeta(database)
      rows = StepRows(of: meta.store, try Catalogue.load(of: meta.store, database))
      (tape, tapeHash) = try StoreTape.load(
        after: meta.store, atLeast: meta.lines, database)
      if let start = meta.start { begun = World(beginningAs: try CoreCodec.decodeAlone(start)) }
      (isNoted, tail) = (false, Tail())
      (pages, changes) = (Recent(most: opening.pages), Recent(most: opening.changes))
      deriver = try Deriver(database, writer == nil ? .memory : .file)
      let reader = try StepRowReader(
        after: deriver.entry, of: meta.store, database, rows.catalogue)
      guard reader.rows.events == deriver.events, reader.rows.kept == deriver.kept else {
        throw StoreFault.damaged(
          JournalIndex(deriver.entry), "how far the tables for finding things reach is changed")
      }
      return reader
    }
    rows = reader.rows
    while true {
      let reached = JournalIndex(reader.next - 1)
      let step = try SQLiteJournal.faulting(after: reached) { try reader.step() }
      guard let step else { break }
      try SQLiteJournal.faulting(after: reached) { try take(step, after: rows.events) }
      rows = reader.rows
    }
  }

  /// Adds a step to those that the derived tables lack.
  private func take(_ step: StoredStep, after events: Int) throws {
    tail.append(step)
    var position = events
    for case .logged(let event, _, by: _) in step.parts.flatMap(\.events) {
      position += 1
      tail.note(event, at: position, place: try count(of: event.stream, rows.catalogue) + 1)
    }
  }

  private func beginReading() throws {
    if database.isInTransaction { try database.run("ROLLBACK") }
    for table in DerivedTables.all { try database.run("DELETE FROM temp.new_\(table.name)") }
    try database.run("BEGIN")
  }

  static func hash(_ store: Int, _ entry: Int, _ core: [UInt8]) -> Int {
    var hash = StepHash(after: store)
    hash.add(entry)
    hash.add(core)
    return hash.stored
  }

  package func close() {
    lock {
      if problem == nil, reason == nil {
        if database.isInTransaction {
          // The steps that nobody was told of are still among those that the tables lack.
          try? database.run("ROLLBACK")
        } else {
          attempt { try derive() }
        }
        try? database.run("PRAGMA wal_checkpoint(TRUNCATE)")
      }
      problem = problem ?? .unreadable("anything, because it is closed")
      reason = reason ?? problem
      database.close()
      writer = nil
    }
  }
}
