public import EventicleCore

extension Store {
  /// What is wrong with a store, a sentence each without its full stop.
  public struct Findings: Sendable, Hashable {
    /// What is wrong with the history: a store of what is whole of it can be made by
    /// ``repair(_:into:)``.
    public internal(set) var history: [String] = []
    /// What is wrong with the tables in which things are found, which can be made again from a whole
    /// history by ``openRemakingTables(_:progress:)``.
    public internal(set) var tables: [String] = []

    /// Everything; empty when all is well.
    public var all: [String] { history + tables }
  }

  /// Checks the store in a file: its pages, every step, and that what is made from steps is right.
  ///
  /// - Returns: What is wrong, a sentence each without its full stop; empty when all is well.
  /// - Throws: ``StoreError`` when the file is no store or cannot be opened.
  /// - Complexity: O(all that is in it).
  public static func verify(_ path: String) throws(StoreError) -> [String] {
    try findings(in: path).all
  }

  /// Checks the store in a file: its pages, every step, and that what is made from steps is right.
  ///
  /// - Throws: ``StoreError`` when the file is no store or cannot be opened.
  /// - Complexity: O(all that is in it).
  public static func findings(
    in path: String, progress: Progress? = nil
  ) throws(StoreError) -> Findings {
    try StoreFile.expect(at: path)
    defer { StoreFile.tidy(path) }
    var opening = SQLiteJournal.Opening(path: path)
    opening.progress = progress
    let damage: String?
    do { damage = try SQLiteJournal.identify(opening, .read).derivedDamage } catch let error
      as StoreError
    {
      throw error
    } catch StoreFault.damaged(let what) {
      return Findings(history: [what])
    } catch let fault as StoreFault {
      throw StoreError(fault)
    } catch {
      return Findings(history: ["\(error)"])
    }
    do throws(StoreFault) {
      return try SQLiteJournal.faulting {
        try StoreCheck(opening, damage).findings
      }
    } catch {
      if case .damaged(let what) = error { return Findings(history: [what]) }
      throw StoreError(error)
    }
  }

  /// Copies the store to a new file, while it is open and whoever writes to it.
  ///
  /// What is committed when this begins is in the copy, which is a store of its own.
  ///
  /// - Throws: ``StoreError`` when there is a file already, or the copy cannot be written.
  public func backup(to path: String) throws(StoreError) {
    guard let journal = file as? SQLiteJournal else {
      throw StoreError("A store that is in no file cannot be copied to one.")
    }
    guard try StoreFile.look(at: path) == .nothing else {
      throw StoreError("\(path) is there already; name another file for the copy.")
    }
    try StoreFile.expectNothing(beside: path)
    try StoreFile.create(path)
    do { try journal.copy(to: path) } catch {
      StoreFile.remove(path)
      throw StoreError("\(path) cannot be written: \(error).")
    }
    try StoreFile.sync(path)
  }
}

extension SQLiteJournal {
  /// Writes a copy of what is committed.
  fileprivate func copy(to path: String) throws {
    try lock {
      let reader = try Database(opening.path, .read, vfs: opening.vfs)
      defer { reader.close() }
      try reader.copy(to: path)
    }
  }
}

extension Database {
  /// Writes what is committed to an empty file, with the kind of log that stores have.
  func copy(to path: String) throws {
    let copy = try Statement("VACUUM INTO ?1", self)
    defer { copy.finish() }
    copy.bind(1, path)
    try copy.run()
    // A copy that SQLite makes has the other kind.
    let made = try Database(path, .write)
    defer { made.close() }
    try made.run("PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE)")
  }
}

extension Store {
  /// Removes a store that was made in vain: nothing is lost with it but what its maker knows of.
  ///
  /// - Parameter path: The path at which this program has made it; it is closed.
  public static func discard(_ path: String) {
    let path = StoreFile.realPath(of: path)
    // While somebody else has it open, it is not this program's alone any more.
    guard let writer = try? WriterLock(path, start: 0) else { return }
    withExtendedLifetime(writer) { StoreFile.remove(path) }
  }
}
