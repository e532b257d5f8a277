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
    /// Reading; and of a damaged store what is whole, see ``/EventicleCore/Store/damage``.
    case readWhole
  }

  /// When a commit survives a power cut.
  public enum Sync: String, Sendable, Hashable, CaseIterable {
    /// Before it is acknowledged.
    case full
    /// At most 50 ms after it is acknowledged; the end of the process alone loses nothing.
    case batch
  }

  /// Opens the store in a file, and makes the file when there is none.
  ///
  ///     let store = try Store.open("shop.eventicle")
  ///
  /// One process at a time writes to it. What is acknowledged survives the end of the process and
  /// of the machine.
  ///
  /// - Parameter progress: Hears how far it is when the tables in which things are found are made
  ///   again, because another program made them its own way.
  /// - Throws: ``StoreError`` when the file is no store, is damaged, is of a newer program, or is
  ///   open for writing elsewhere; its sentence says what to do.
  /// - Complexity: O(command lines), and after an end without ``Store/close()`` also O(entries since
  ///   the tables for finding things were last brought up).
  public static func open(
    _ path: String, _ access: Access = .write, sync: Sync = .full, progress: Progress? = nil
  ) throws(StoreError) -> Store {
    var opening = SQLiteJournal.Opening(path: path, now: Int(time(nil)), sync: sync)
    opening.progress = progress
    return try open(opening, access)
  }

  /// Opens the store in a file for writing, and makes the tables in which things are found again
  /// from its history, whatever is in them.
  ///
  /// - Throws: ``StoreError`` as ``open(_:_:)`` does, and when the history itself is damaged, which
  ///   ``repair(_:into:)`` is for.
  /// - Complexity: O(all that is in it).
  public static func openRemakingTables(
    _ path: String, sync: Sync = .full, progress: Progress? = nil
  ) throws(StoreError) -> Store {
    var opening = SQLiteJournal.Opening(path: path, now: Int(time(nil)), sync: sync)
    (opening.remakesDerived, opening.progress) = (true, progress)
    return try open(opening, .write)
  }

  /// The name of the domain whose history a file has; `nil` when nothing is in it yet.
  ///
  /// - Throws: ``StoreError`` as ``open(_:_:sync:progress:)`` does for reading what is whole.
  /// - Complexity: O(1) for a store that can be opened.
  public static func domain(in path: String) throws(StoreError) -> String? {
    if let found = try? domainAlone(in: path) { return found }
    // What is wrong is said in the words of opening it.
    let store = try open(path, .readWhole)
    defer { store.close() }
    return store.domain
  }

  private static func domainAlone(in path: String) throws -> String? {
    guard try StoreFile.look(at: path) == .file else { return nil }
    let (_, database) = try SQLiteJournal.identified(SQLiteJournal.Opening(path: path), .read)
    defer {
      database.close()
      StoreFile.tidy(path)
    }
    return try StoreMeta(database).domain
  }

  /// What is to be known of a store before it is opened.
  public struct Outline: Sendable {
    /// The name of the domain whose history it has; `nil` when nothing is in it yet.
    public let domain: String?
    /// What ``tableDamage(in:)`` says.
    public let tableDamage: String?
  }

  /// What is to be known of the store in a file before it is opened; `nil` when there is none that
  /// can be read, and opening it says why.
  ///
  /// - Complexity: O(1).
  public static func outline(of path: String) -> Outline? { try? readOutline(of: path) }

  private static func readOutline(of path: String) throws -> Outline? {
    guard try StoreFile.look(at: path) == .file else { return nil }
    let found = try SQLiteJournal.identified(SQLiteJournal.Opening(path: path), .read)
    defer {
      found.1.close()
      StoreFile.tidy(path)
    }
    let domain = try StoreMeta(found.1).domain
    let damage = try damage(of: found.0, found.1)
    return Outline(domain: domain, tableDamage: damage?.description)
  }

  /// What is wrong with the tables in which things are found, unless another program made them.
  private static func damage(
    of identity: StoreIdentity, _ database: Database
  ) throws -> StoreFault? {
    if let damage = identity.derivedDamage {
      return identity.isDerivedStale ? nil : .derivedDamaged(damage)
    }
    do { _ = try SQLiteJournal.deriver(database, .memory) } catch {
      guard case .derivedDamaged = error else { throw error }
      return error
    }
    return nil
  }

  /// Hears how far long work on a store is: how many entries of how many are done.
  public typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// What is wrong with the tables in which things are found, as a sentence; `nil` when they can be
  /// used, or when the store cannot be opened for another reason.
  ///
  /// - Complexity: O(1); ``findings(in:)`` looks at every row.
  public static func tableDamage(in path: String) -> String? {
    (try? readTableDamage(in: path))?.description
  }

  private static func readTableDamage(in path: String) throws -> StoreFault? {
    guard try StoreFile.look(at: path) == .file else { return nil }
    let found = try SQLiteJournal.identified(SQLiteJournal.Opening(path: path), .read)
    defer {
      found.1.close()
      StoreFile.tidy(path)
    }
    return try damage(of: found.0, found.1)
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
    opening.givenPath = opening.path
    opening.path = StoreFile.realPath(of: opening.path)
    opening.isTolerant = access == .readWhole
    var found = try StoreFile.look(at: opening.path)
    guard access == .write else {
      guard found == .file else {
        throw StoreError("There is no store at \(opening.path); is the name right?")
      }
      opening.ignoresDerived = try identify(opening, .read).derivedDamage != nil
      do { return try SQLiteJournal(opening, StoreFile(opening.path), nil) } catch StoreFault
        .derivedDamaged where !opening.ignoresDerived
      {
        opening.ignoresDerived = true
        return try SQLiteJournal(opening, StoreFile(opening.path), nil)
      }
    }
    // Before the lock, so that no lock file is left beside somebody else's file.
    let isUnfinished = found == .file && StoreFile.isUnfinished(opening.path)
    var identity = found == .file && !isUnfinished ? try identify(opening, .write) : nil
    if found != .file { try StoreFile.expectNothing(beside: opening.path) }
    if found == .nothing { try StoreFile.create(opening.path) }
    let writer = try WriterLock(opening.path, start: opening.now)
    if isUnfinished {
      try takeBack(opening)
      found = try StoreFile.look(at: opening.path)
      if found == .file { identity = try identify(opening, .write) }
    }
    if let identity {
      let damage = identity.derivedDamage
      if let damage, !identity.isDerivedStale, !opening.remakesDerived {
        throw StoreFault.derivedDamaged(damage)
      }
      if damage != nil || opening.remakesDerived {
        try DerivedTables.remake(opening, areDamaged: !identity.isDerivedStale)
      }
    } else {
      try make(opening)
    }
    return try SQLiteJournal(opening, StoreFile(opening.path), writer)
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
