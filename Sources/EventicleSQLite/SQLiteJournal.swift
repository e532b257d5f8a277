package import EventicleCore

/// A journal in a file of SQLite.
///
/// Steps are rows that a person can read; a commit is acknowledged when it survives a power cut.
// Safe to share: everything is done under its lock, one thread at a time.
package final class SQLiteJournal: JournalFile, @unchecked Sendable {
  /// How a store is opened.
  struct Opening {
    /// Where the file is, once links are followed.
    var path: String
    /// The path as it was given; `nil` when it is the same.
    var givenPath: String?
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
    /// How many entries of steps that were read are held.
    var steps = 4_096
    /// How many of the last entries are compared with their hashes at once, besides those that the
    /// derived tables lack.
    ///
    /// The others are while nobody works.
    var comparedEntries = 256
    /// Whether what is whole of a damaged file is read.
    var isTolerant = false
    /// When commits are made to survive a power cut.
    var sync = Store.Sync.full
    /// The time since some moment, in milliseconds.
    var clock: @Sendable () -> Int = { Opening.milliseconds }
    /// Whether commits are synced when their time has come, even if no other follows.
    var syncsByItself = true
    /// The program and its build, as a run that writes is noted.
    var run = StoreRun(of: ProgramFile.current.name, code: ProgramFile.current.code)
    /// Whether the derived tables are made again, whatever is in them.
    var remakesDerived = false
    /// Whether the derived tables in the file are not to be used; only for reading.
    var ignoresDerived = false
    /// How older formats become this one.
    var migrations = Migration.all
    /// Hears how many entries of how many are done in work that takes long.
    var progress: Store.Progress?
  }

  let lock = StoreLock()
  var opening: Opening
  let file: StoreFile
  /// The right to write; `nil` for reading only.
  var writer: WriterLock?
  var database: Database
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
  /// The steps that were read, by each of their entries.
  var steps: Recent<HeldStep>
  /// What was looked up in the derived tables since the last step came.
  var answers = HeldAnswers()
  /// What was looked up and stays as it is, whatever comes.
  var places = HeldPlaces()
  /// The orders of tables of records that were asked for.
  var orders = HeldOrders()
  /// Worlds of the past, for all who look at moments near them.
  var worlds = WorldWindow()
  var tape: [(after: JournalIndex, line: String)] = []
  var tapeHash: Int
  /// The runs that wrote.
  var openings: StoreOpenings
  /// Whether this run is in the list of those that wrote.
  var isNoted = false
  /// The run that wrote last before this one.
  let earlier: StoreRun?
  var current: StoreRun
  /// How far the rows reach that the last commit left, when this run wrote it.
  var committed: StoreExtent?
  /// When the first of the commits was made that may not survive a power cut.
  var unsynced: Int?
  /// The last entry that was committed, when commits are not synced at once.
  var unnoted = JournalIndex(0)
  /// Syncs them when nothing else does; `nil` when each one is synced.
  var syncTimer: SyncTimer?
  /// Whether it was opened to read what somebody else may write.
  let isReader: Bool
  /// Whether there may be news: nothing is wrong with the file, and it can be locked.
  var hasNews: Bool
  /// Who wrote when it was looked at last.
  var writing: StoreHolder?
  var broken: StoreDamage?
  /// The entries whose steps are still to be compared with their hashes; `nil` before the first look.
  var uncompared: Range<Int>?
  /// How far the tables in the file reached, and what the connection had seen, at the last looks.
  var fileMark = 0
  var seenByTables = -1
  var seenByNews = -1
  var problem: StoreFault?
  var reason: StoreFault?

  /// Opens a file that is a store.
  ///
  /// - Parameter writer: The right to write; `nil` for reading only.
  /// - Throws: ``StoreFault`` when it cannot be read.
  init(_ opening: Opening, _ file: StoreFile, _ writer: WriterLock?) throws {
    self.opening = opening
    self.file = file
    self.writer = writer
    pages = Recent(most: opening.pages)
    changes = Recent(most: opening.changes)
    steps = Recent(most: opening.steps)
    database =
      writer == nil
      ? try Database.reading(opening.path, vfs: opening.vfs)
      : try Database(opening.path, .write, vfs: opening.vfs)
    (isReader, hasNews) = (writer == nil, database.access == .read)
    // Before anything is read, so that what is noted later is not taken for missing.
    let looked = writer == nil ? WriterLock.look(at: opening.path, now: opening.now) : (nil, nil)
    writing = looked.0
    do {
      try SQLiteJournal.prepare(database, opening, isWriting: writer != nil)
      if writer != nil, opening.sync == .batch { try database.run("PRAGMA synchronous=NORMAL") }
      meta = try SQLiteJournal.faulting { [database] in try StoreMeta(database) }
      rows = StepRows(of: meta.store, Catalogue(of: meta.store))
      tapeHash = meta.store
      // What is wrong with them is found again, and told, when the rest is read.
      openings =
        (try? StoreOpenings.load(of: meta.store, database)) ?? StoreOpenings(of: meta.store)
      (earlier, current) = (openings.last, opening.run)
      deriver = try SQLiteJournal.deriver(database, writer == nil ? .memory : .file)
      if writer != nil, opening.sync == .batch, opening.syncsByItself {
        syncTimer = SyncTimer { [weak self] in self?.syncIfDue() }
      }
      try load()
      try checkNote(writing == nil ? writer?.before ?? looked.1 : nil)
    } catch {
      // What is damaged stays as it is.
      database.keepLogOnClose()
      database.close()
      throw error
    }
  }

  static func prepare(
    _ database: Database, _ opening: Opening, isWriting: Bool
  ) throws {
    // What cannot be parsed of tables that are not used does not matter; settings read all of it.
    if !isWriting, opening.ignoresDerived { try database.run("PRAGMA writable_schema=ON") }
    try database.run(Schema.settings)
    let format = try database.number("PRAGMA user_version")
    guard format == Schema.format || !isWriting else {
      throw StoreFault.newer(format: format, readable: Schema.format)
    }
    guard isWriting else {
      // What is read stays as it is until it is read again, whatever somebody writes meanwhile.
      for table in DerivedTables.all {
        for text in table.temporaryTexts(alone: opening.ignoresDerived) { try database.run(text) }
      }
      return
    }
    // A copy may lack the log of writes, without which a commit could be undone by a power cut.
    try database.run(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4096;")
  }

  // MARK: - Faults

  /// Turns what can go wrong into faults.
  static func faulting<Result>(_ body: () throws -> Result) throws(StoreFault) -> Result {
    do { return try body() } catch let fault as StoreFault {
      throw fault
    } catch let error as SQLiteError {
      throw error.fault
    } catch let damage as StepRowReader.Damage {
      throw .damaged(damage.what)
    } catch {
      throw .damaged("\(error)")
    }
  }

  /// Does what can go wrong; a fault stays.
  @discardableResult
  func attempt<Result>(_ body: () throws -> Result) -> Result? {
    guard problem == nil else { return nil }
    do throws(StoreFault) {
      return try SQLiteJournal.faulting { try reading(body) }
    } catch {
      set(SQLiteJournal.diagnosed(error, opening))
      return nil
    }
  }

  func set(_ fault: StoreFault) {
    guard problem == nil else { return }
    problem = fault
    // What is damaged stays as it is, also when the connection is closed.
    if fault.endsTrust { database.keepLogOnClose() }
    switch fault {
    case .unsure, .unread, .gone, .damaged, .broken, .derivedDamaged, .newer:
      reason = reason ?? fault
    case .full, .heldBy, .readOnly, .notAtHead, .unreadable: break
    }
  }

  /// Ends the following of a file that is not there any more; what was read of it stays.
  func lose() { (hasNews, writing, reason) = (false, nil, .gone) }

  package var fault: StoreFault? { lock { problem } }

  package var refusal: StoreFault? {
    lock { reason ?? (isReader ? .readOnly(name, writing) : nil) }
  }

  package var path: String { opening.givenPath ?? opening.path }

  package var damage: StoreDamage? { lock { broken } }

  // MARK: - What it is

  package var capabilities: Capabilities {
    let all = Set(Capability.allCases)
    return Capabilities(opening.sync == .full ? all : all.subtracting([.durableOnAcknowledge]))
  }

  package var domain: String? { lock { meta.domain } }

  package var start: World { lock { begun } }

  package var last: JournalIndex { lock { rows.last } }

  package var lines: [(after: JournalIndex, line: String)] {
    lock { problem == nil ? tape : [] }
  }

  static func hash(_ store: Int, _ entry: Int, _ core: [UInt8]) -> Int {
    var hash = StepHash(after: store)
    hash.add(entry)
    hash.add(core)
    return hash.stored
  }

  @discardableResult
  package func close() -> StoreFault? {
    lock {
      if problem == nil, refusal == nil {
        if database.isInTransaction {
          // The steps that nobody was told of are still among those that the tables lack.
          try? database.run("ROLLBACK")
        } else {
          attempt { try derive() }
        }
        synchronise()
        try? database.run("PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)")
      }
      let failure = unsynced == nil ? nil : problem ?? reason
      problem = problem ?? .unreadable("anything, because it is closed")
      reason = reason ?? problem
      hasNews = false
      database.close()
      if isReader, broken == nil { StoreFile.tidy(opening.path, vfs: opening.vfs) }
      writer = nil
      return failure
    }
  }
}
