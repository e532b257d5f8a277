public import EventicleCore
internal import Glibc

extension Store {
  /// Checks the store in a file: its pages, every step, and that what is made from steps is right.
  ///
  /// - Returns: What is wrong, a sentence each without its full stop; empty when all is well.
  /// - Throws: ``StoreError`` when the file is no store or cannot be opened.
  /// - Complexity: O(all that is in it).
  public static func verify(_ path: String) throws(StoreError) -> [String] {
    try StoreFile.expect(at: path)
    let opening = SQLiteJournal.Opening(path: path)
    if let damage = try damage(of: opening) { return [damage] }
    do throws(StoreFault) {
      return try SQLiteJournal.faulting(after: JournalIndex(0)) {
        try StoreCheck(opening).problems
      }
    } catch {
      if case .damaged(_, let what) = error { return [what] }
      throw StoreError(error)
    }
  }

  /// What is wrong with the frame of a store: its header, and how its tables are declared; `nil`
  /// when nothing is.
  ///
  /// - Throws: ``StoreError`` when a file is no store, or is one of a newer program.
  private static func damage(of opening: SQLiteJournal.Opening) throws(StoreError) -> String? {
    do { try SQLiteJournal.identify(opening) } catch let error as StoreError {
      throw error
    } catch StoreFault.damaged(_, let what) { return what } catch let fault as StoreFault {
      throw StoreError(fault)
    } catch {
      return "\(error)"
    }
    return nil
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
    do { try journal.copy(to: path) } catch {
      StoreFile.remove(path)
      throw StoreError("\(path) cannot be written: \(error).")
    }
    try StoreFile.sync(path)
  }

  /// What a repair found.
  public struct Repair: Sendable, Hashable {
    /// The number of journal entries in the new store.
    public let entries: Int
    /// What is wrong with what follows them in the old one; `nil` when nothing is missing.
    public let damage: String?
  }

  /// Makes a new store of the longest beginning of another one that can be trusted.
  ///
  /// The old one is only read.
  ///
  /// - Throws: ``StoreError`` when nothing of it can be read, or the new one cannot be made.
  public static func repair(
    _ path: String, into newPath: String
  ) throws(StoreError) -> Repair {
    try StoreFile.expect(at: path)
    guard try StoreFile.look(at: newPath) == .nothing else {
      throw StoreError("\(newPath) is there already; name another file for the repaired store.")
    }
    let opening = SQLiteJournal.Opening(path: path)
    // Under its own name there is never a part of what can be saved.
    let part = newPath + "-part"
    guard try StoreFile.look(at: part) == .nothing else {
      throw StoreError("\(part) is there already, where the new store would be made; remove it.")
    }
    _ = try damage(of: opening)
    defer { StoreFile.remove(part) }
    let new = try open(part)
    defer { new.close() }
    let repair: Repair
    do throws(StoreFault) {
      repair = try SQLiteJournal.faulting(after: JournalIndex(0)) {
        try SQLiteJournal.repair(opening, into: new.file)
      }
    } catch {
      switch error {
      case .damaged(_, let what), .unreadable(let what):
        throw StoreError("Nothing of \(path) can be saved: \(what).")
      default: throw StoreError(error)
      }
    }
    new.close()
    guard !StoreFile.hasLog(part) else {
      throw StoreError("\(newPath) cannot be completed; see that its disk works and has room.")
    }
    try StoreFile.name(part, as: newPath)
    return repair
  }
}

extension SQLiteJournal {
  /// Writes a copy of what is committed.
  fileprivate func copy(to path: String) throws {
    try lock {
      let reader = try Database(opening.path, .read, vfs: opening.vfs)
      defer { reader.close() }
      let copy = try Statement("VACUUM INTO ?1", reader)
      defer { copy.finish() }
      copy.bind(1, path)
      try copy.run()
    }
    guard chmod(path, 0o600) == 0 else {
      throw StoreError("its permissions cannot be set: \(StoreFile.reason(errno))")
    }
    let database = try Database(path, .write, vfs: opening.vfs)
    defer { database.close() }
    try database.run("PRAGMA journal_mode=WAL")
  }

  fileprivate static func repair(
    _ opening: Opening, into new: any JournalFile
  ) throws -> Store.Repair {
    let access = try Database.reading(opening.path, vfs: opening.vfs)
    let database = try Database(opening.path, access, vfs: opening.vfs)
    defer { database.close() }
    // Reads a file whose end is missing, as far as it goes.
    try database.run("PRAGMA writable_schema=ON")
    try database.run(Schema.settings)
    let meta = try StoreMeta(database)
    guard let domain = meta.domain, let start = meta.start else {
      throw StoreFault.unreadable("a history, because none has begun in it")
    }
    let world = World(beginningAs: try CoreCodec.decodeAlone(start))
    if let fault = new.begin(world, of: domain) { throw fault }
    var damage: String?
    var lines: ArraySlice<(after: JournalIndex, line: String)> = []
    do {
      lines = try StoreTape.load(after: meta.store, atLeast: 0, database).0[...]
      if lines.count < meta.lines { damage = "the last command lines are missing" }
    } catch { damage = "\(error)" }
    var count = 0
    do {
      var reader = try StepRowReader(
        after: 0, of: meta.store, database, Catalogue.load(of: meta.store, database))
      while let step = try reader.step() {
        while let next = lines.first, next.after < step.first {
          new.append(line: lines.removeFirst().line)
        }
        new.append(step)
        count += step.entries.count
        if count % 65_536 < step.entries.count, let fault = new.commit() { throw fault }
      }
    } catch let broken as StepRowReader.Damage {
      damage = broken.what
    } catch let error as SQLiteError {
      damage = "SQLite finds that \(error.message)"
    } catch let fault as StoreFault {
      throw fault
    } catch {
      damage = "the step from \(new.last.next) on cannot be read: \(error)"
    }
    for line in lines where line.after <= new.last { new.append(line: line.line) }
    if let fault = new.commit() { throw fault }
    return Store.Repair(entries: new.last.number, damage: damage)
  }
}
