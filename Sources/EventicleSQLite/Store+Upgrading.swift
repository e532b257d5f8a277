public import EventicleCore
internal import Glibc

extension Store {
  /// What an upgrade did.
  public enum Upgrade: Sendable, Hashable {
    /// Nothing: the store has this program's format already.
    case none(format: Int)
    /// The store has this program's format now, and what it was is in another file.
    case done(from: Int, to: Int, old: String)
  }

  /// Gives a store of an older program this program's format.
  ///
  /// A copy is changed and checked, and then takes the place of the store, which is kept beside it
  /// under its name with its format at the end, as `shop.eventicle.v1`. At every moment the path
  /// leads to a whole store.
  ///
  /// - Throws: ``StoreError`` when the store cannot be upgraded; it is then as it was.
  /// - Complexity: O(all that is in it).
  public static func upgrade(
    _ path: String, progress: Progress? = nil
  ) throws(StoreError) -> Upgrade {
    var opening = SQLiteJournal.Opening(path: path, now: Int(time(nil)))
    opening.progress = progress
    return try upgrade(opening)
  }

  static func upgrade(_ opening: SQLiteJournal.Opening) throws(StoreError) -> Upgrade {
    try StoreFile.expect(at: opening.path)
    var opening = opening
    opening.path = StoreFile.realPath(of: opening.path)
    do {
      return try SQLiteJournal.upgrade(opening)
    } catch let error as StoreError { throw error } catch let fault as StoreFault {
      throw StoreError(fault)
    } catch {
      throw StoreError("\(opening.path) cannot be upgraded: \(error); it is as it was.")
    }
  }
}

extension SQLiteJournal {
  fileprivate static func upgrade(_ opening: Opening) throws -> Store.Upgrade {
    let path = opening.path
    let format = try self.format(of: opening)
    guard format != Schema.format else { return .none(format: format) }
    guard format < Schema.format else {
      throw StoreFault.newer(format: format, readable: Schema.format)
    }
    let steps = opening.migrations.filter { $0.format >= format && $0.format < Schema.format }
    try expectKnown(format, opening)
    guard steps.map(\.format) == Array(format..<Schema.format) else {
      throw StoreError(
        "\(path) has format \(format), and this program knows no way from there to format "
          + "\(Schema.format); an older program opens it.")
    }
    let (new, old) = (path + ".new", path + ".v\(format)")
    for name in [new, old] {
      guard try StoreFile.look(at: name) == .nothing else {
        throw StoreError(
          "\(name) is there already, perhaps from an upgrade that was interrupted; \(path) is whole, "
            + "so remove or rename that file and do it again.")
      }
      try StoreFile.expectNothing(beside: name)
    }
    let writer = try WriterLock(path, start: opening.now)
    defer { withExtendedLifetime(writer) {} }
    do {
      try copy(path, to: new, opening.vfs)
      try migrate(new, steps, opening.vfs)
      var made = opening
      made.path = new
      try remakeIfStale(made)
      let problems = try Store.findings(in: new, progress: opening.progress).all
      guard problems.isEmpty else {
        throw StoreError(
          "\(path) cannot be upgraded, because the copy is not whole then: \(problems[0]). It is as "
            + "it was; verify it with the program that wrote it.")
      }
      try expectAlone(made)
      try StoreFile.sync(new)
      try expectAlone(opening)
      try StoreFile.replace(path, by: new, keeping: old)
    } catch {
      StoreFile.remove(new)
      throw error
    }
    return .done(from: format, to: Schema.format, old: old)
  }

  private static func format(of opening: Opening) throws -> Int {
    let database = try Database.reading(opening.path, vfs: opening.vfs)
    defer { database.close() }
    try expectStore(database)
    return try database.number("PRAGMA user_version")
  }

  private static func copy(_ path: String, to new: String, _ vfs: String?) throws {
    let reader = try Database(path, .read, vfs: vfs)
    defer { reader.close() }
    try StoreFile.create(new)
    try reader.copy(to: new)
  }

  /// Changes a copy in one transaction.
  private static func migrate(_ path: String, _ steps: [Migration], _ vfs: String?) throws {
    let database = try Database(path, .write, vfs: vfs)
    defer { database.close() }
    try database.run("\(Schema.settings) PRAGMA synchronous=FULL; BEGIN IMMEDIATE")
    for step in steps { try step.change(database) }
    try database.run("PRAGMA user_version=\(Schema.format); COMMIT")
    try database.run("PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE)")
  }

  private static func remakeIfStale(_ opening: Opening) throws {
    let identity = try identify(opening, .write)
    guard identity.derivedDamage != nil else { return }
    try DerivedTables.remake(opening, areDamaged: !identity.isDerivedStale)
  }

  /// Makes sure that nobody has a file open: the log of writes beside it goes with its last
  /// connection, and would be taken for that of another file of the same name.
  private static func expectAlone(_ opening: Opening) throws {
    let database = try Database(opening.path, .write, vfs: opening.vfs)
    try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    guard !StoreFile.isThere(opening.path + "-wal") else {
      throw StoreError(
        "\(opening.path) is open in another program, which reads it; close that and do it again.")
    }
  }
}
