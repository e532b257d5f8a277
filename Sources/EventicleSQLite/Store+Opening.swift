internal import CSQLite
public import EventicleCore
internal import Glibc

extension Store {
  /// What somebody wants to do with a store.
  public enum Access: Sendable, Hashable {
    /// Writing, alone; the file is made when there is none.
    case write
    /// Reading what is there, whoever writes.
    case read
  }

  /// Opens the store in a file, and makes the file when there is none.
  ///
  ///     let store = try Store.open("shop.eventicle")
  ///
  /// One process at a time writes to it. What is acknowledged survives the end of the process and
  /// of the machine.
  ///
  /// - Throws: ``StoreError`` when the file is no store, is damaged, is of a newer program, or is
  ///   open for writing elsewhere; its sentence says what to do.
  /// - Complexity: O(command lines), and after an end without ``Store/close()`` also O(entries since
  ///   the tables for finding things were last brought up).
  public static func open(_ path: String, _ access: Access = .write) throws(StoreError) -> Store {
    try open(SQLiteJournal.Opening(path: path, now: Int(time(nil))), access)
  }

  static func open(
    _ opening: SQLiteJournal.Opening, _ access: Access
  ) throws(StoreError) -> Store {
    do { return Store(try SQLiteJournal.open(opening, access)) } catch let error as StoreError {
      throw error
    } catch let fault as StoreFault {
      throw StoreError(fault)
    } catch let error as SQLiteError {
      throw StoreError("\(opening.path) cannot be opened: \(error.message).")
    } catch {
      throw StoreError("\(opening.path) cannot be opened: \(error).")
    }
  }
}

extension SQLiteJournal {
  static func open(_ opening: Opening, _ access: Store.Access) throws -> SQLiteJournal {
    guard Database.versionNumber >= Schema.oldestLibrary else {
      throw StoreError(
        "The SQLite library here is \(Database.version); stores need 3.37 or newer.")
    }
    var opening = opening
    opening.path = StoreFile.realPath(of: opening.path)
    var found = try StoreFile.look(at: opening.path)
    guard access == .write else {
      guard found == .file else {
        throw StoreError("\(opening.path) has no store to read; open it for writing to make one.")
      }
      try identify(opening)
      return try SQLiteJournal(opening, StoreFile(opening.path), nil)
    }
    // Before the lock, so that no lock file is left beside somebody else's file.
    let isUnfinished = found == .file && StoreFile.isUnfinished(opening.path)
    if found == .file, !isUnfinished { try identify(opening) }
    if found == .nothing { try StoreFile.create(opening.path) }
    let writer = try WriterLock(opening.path, start: opening.now)
    if isUnfinished {
      try takeBack(opening)
      found = try StoreFile.look(at: opening.path)
      if found == .file { try identify(opening) }
    }
    if found != .file { try make(opening) }
    return try SQLiteJournal(opening, StoreFile(opening.path), writer)
  }

  /// Makes sure that a file is a store, without changing it.
  static func identify(_ opening: Opening) throws {
    do {
      // First without locks, so that nothing is made beside somebody else's file.
      let alone = try Database(opening.path, .readUnlocked, vfs: opening.vfs)
      defer { alone.close() }
      try expectStore(alone)
    } catch let error as SQLiteError {
      switch error.code & 0xFF {
      case SQLITE_NOTADB:
        throw StoreError("\(opening.path) is no store of Eventicle; name another file.")
      // Pages that a checkpoint was still to write are in the log, which was not looked at.
      case SQLITE_CORRUPT: break
      default: throw error
      }
    }
    let access = try Database.reading(opening.path, vfs: opening.vfs)
    let database = try Database(opening.path, access, vfs: opening.vfs)
    defer { database.close() }
    try expectStore(database)
    try compareSchema(database)
  }

  private static func expectStore(_ database: Database) throws {
    guard try database.number("PRAGMA application_id") == Schema.applicationID else {
      throw StoreError(
        "\(database.path) is an SQLite file, but no store of Eventicle; name another file.")
    }
    let format = try database.number("PRAGMA user_version")
    guard format <= Schema.format else {
      throw StoreFault.newer(format: format, readable: Schema.format)
    }
  }

  /// Makes sure that the tables are the ones that this program makes.
  private static func compareSchema(_ database: Database) throws {
    let rows = try database.statement(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
    defer { rows.reset() }
    var found: [String] = []
    while try rows.next() { found.append(rows.text(0) ?? "") }
    // A copy may have them in another order.
    guard found.sorted() == Schema.all.sorted() else {
      throw StoreFault.damaged(JournalIndex(0), "its tables are not the ones that were made")
    }
  }

  /// Makes a file empty again whose making was cut off; nothing was ever kept in it.
  private static func takeBack(_ opening: Opening) throws {
    let database = try Database(opening.path, .write, vfs: opening.vfs)
    defer { database.close() }
    // The first look undoes what SQLite's journal beside the file says.
    _ = try database.number("PRAGMA schema_version")
  }

  /// Makes a store of an empty file: only when all of it is on the disk is it one.
  private static func make(_ opening: Opening) throws {
    let database = try Database(opening.path, .write, vfs: opening.vfs)
    defer { database.close() }
    try database.run("PRAGMA page_size=4096; PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;")
    try database.run("BEGIN IMMEDIATE")
    for text in Schema.all { try database.run(text) }
    try StoreMeta.begin(Int.random(in: 1...Int.max), database)
    try database.run(
      "PRAGMA application_id=\(Schema.applicationID); PRAGMA user_version=\(Schema.format);")
    try database.run("COMMIT")
    try database.run("PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE);")
    database.close()
    try StoreFile.sync(opening.path)
  }
}
