package import EventicleCore

/// A journal in a file of SQLite.
///
/// Steps are rows that a person can read; a commit is acknowledged when it survives a power cut.
// Safe to share: everything is done under its lock, one thread at a time.
package final class SQLiteJournal: JournalFile, @unchecked Sendable {
  /// How a store is opened.
  struct Opening {
    let path: String
    /// The name of SQLite's access to files; `nil` for that of the system.
    var vfs: String?
    /// The present moment, in seconds since 1970.
    var now = 0
  }

  let lock = StoreLock()
  let opening: Opening
  let file: StoreFile
  /// The right to write; `nil` for reading only.
  private(set) var writer: WriterLock?
  private(set) var database: Database
  var meta: StoreMeta
  var rows: StepRows
  /// What the file has, for finding it.
  var index: MemoryJournalStore
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
    let begun = JournalIndex(0)
    database = try SQLiteJournal.faulting(after: begun) {
      try Database(opening.path, writer == nil ? .read : .write, vfs: opening.vfs)
    }
    do {
      meta = try SQLiteJournal.faulting(after: begun) { [database] in
        try SQLiteJournal.prepare(database, isWriting: writer != nil)
        return try StoreMeta(database)
      }
      rows = StepRows(of: meta.store, Catalogue(of: meta.store))
      index = MemoryJournalStore(startingWith: World(startingAt: .standardStart, seed: 1))
      tapeHash = meta.store
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
    guard isWriting else { return }
    try database.run("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4096;")
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

  package var start: World { lock { index.start } }

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
    try database.run(Schema.settings)
  }

  /// Reads all that the file has.
  private func load() throws(StoreFault) {
    var reached = JournalIndex(0)
    try SQLiteJournal.faulting(after: reached) {
      meta = try StoreMeta(database)
      let catalogue = try Catalogue.load(of: meta.store, database)
      rows = StepRows(of: meta.store, catalogue)
      index = MemoryJournalStore(startingWith: try beginning())
      (tape, tapeHash) = try StoreTape.load(after: meta.store, database)
      isNoted = false
    }
    var reader = try SQLiteJournal.faulting(after: reached) {
      try StepRowReader(after: 0, of: meta.store, database, rows.catalogue)
    }
    while true {
      let step = try SQLiteJournal.faulting(after: reached) { try reader.step() }
      guard let step else { break }
      index.append(step)
      reached = index.last
    }
    _ = index.commit()
    rows = reader.rows
    try SQLiteJournal.faulting(after: reached) { try loadCores() }
  }

  func beginning() throws -> World {
    guard let start = meta.start else { return World(startingAt: .standardStart, seed: 1) }
    return World(beginningAs: try CoreCodec.decodeAlone(start))
  }

  private func loadCores() throws {
    let found = try database.statement("SELECT entry, body, hash FROM core ORDER BY entry")
    defer { found.reset() }
    while try found.next() {
      let body = found.bytes(1) ?? []
      guard found.int(2) == SQLiteJournal.hash(meta.store, found.int(0), body) else { continue }
      index.offer(try rows.catalogue.pieces.core(body))
    }
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
        if database.isInTransaction { try? database.run("ROLLBACK") }
        try? database.run("PRAGMA wal_checkpoint(TRUNCATE)")
      }
      problem = problem ?? .unreadable("anything, because it is closed")
      reason = reason ?? problem
      database.close()
      writer = nil
    }
  }
}
