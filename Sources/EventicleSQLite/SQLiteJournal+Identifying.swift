internal import CSQLite
internal import EventicleCore

/// What is known of a store's file before it is opened.
struct StoreIdentity {
  /// What is wrong with the declarations of the tables that are made from steps; `nil` when they
  /// are the ones that this program makes.
  var derivedDamage: String?
  /// Whether another program made those tables its own way.
  var isDerivedStale = false
}

extension SQLiteJournal {
  /// Makes sure that a file is a store that can be used for something, without changing it.
  @discardableResult
  static func identify(_ opening: Opening, _ access: Store.Access) throws -> StoreIdentity {
    let (identity, database) = try identified(opening, access)
    database.close()
    return identity
  }

  /// The same, with the connection that has found it so.
  static func identified(
    _ opening: Opening, _ access: Store.Access
  ) throws -> (StoreIdentity, Database) {
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
    let database = try Database.reading(opening.path, vfs: opening.vfs)
    do {
      try expectStore(database)
      // Declarations that cannot be parsed are read as texts.
      try database.run("PRAGMA writable_schema=ON")
      let format = try database.number("PRAGMA user_version")
      guard format == Schema.format else {
        try expectUsable(format, opening, access, database)
        return (StoreIdentity(), database)
      }
      return (try compareSchema(database), database)
    } catch {
      database.close()
      throw error
    }
  }

  static func expectStore(_ database: Database) throws {
    guard try database.number("PRAGMA application_id") == Schema.applicationID else {
      throw StoreError(
        "\(database.path) is an SQLite file, but no store of Eventicle; name another file.")
    }
  }

  /// Makes sure that a file of another format can be used: one of a newer program says which older
  /// formats may read it.
  private static func expectUsable(
    _ format: Int, _ opening: Opening, _ access: Store.Access, _ database: Database
  ) throws {
    try expectKnown(format, opening)
    guard format > Schema.format else {
      throw StoreError(
        "\(opening.path) has format \(format), and this program writes format \(Schema.format); "
          + "eventicle upgrade \(opening.path) makes it one, and keeps the old one.")
    }
    let readers = try? database.number("SELECT value FROM meta WHERE name = 'readable_by'")
    let isReadable = readers.map { $0 > 0 && $0 <= Schema.format } ?? false
    guard isReadable else {
      throw StoreFault.newer(format: format, readable: Schema.format)
    }
    guard access == .read else {
      throw StoreError(
        "\(opening.path) has format \(format), and this program writes format \(Schema.format); it "
          + "can only be read here, and a newer program writes to it.")
    }
  }

  /// Makes sure that some program has written a format.
  ///
  /// - Throws: ``StoreFault/damaged(_:)`` for a number below those of all formats.
  static func expectKnown(_ format: Int, _ opening: Opening) throws {
    let oldest = opening.migrations.map(\.format).min() ?? Schema.format
    guard format < oldest else { return }
    throw StoreFault.damaged(
      "the number of its format is \(format), which no program has written")
  }

  /// Compares the tables with the ones that this program makes.
  ///
  /// - Throws: ``StoreFault/damaged(_:_:)`` when one is another that could not be made again.
  private static func compareSchema(_ database: Database) throws -> StoreIdentity {
    let rows = try database.statement(
      "SELECT sql, lower(type) || ' ' || name FROM sqlite_schema WHERE sql IS NOT NULL")
    defer { rows.reset() }
    // A copy may have them in another order.
    var found: [String: Int] = [:]
    while try rows.next() {
      let (text, title) = (rows.text(0) ?? "", rows.text(1) ?? "")
      found[title == SQLiteJournal.title(of: text) ? text : "\(title): \(text)", default: 0] += 1
    }
    for (name, text) in Schema.truth {
      guard found[text] == 1 else {
        throw StoreFault.damaged("the table \(name) is not declared as it was when it was made")
      }
      found[text] = nil
    }
    for text in Schema.derived {
      guard found[text] == 1 else { return derivedDamage(text, database) }
      found[text] = nil
    }
    return found.keys.first.map { derivedDamage($0, database) } ?? StoreIdentity()
  }

  private static func derivedDamage(_ text: String, _ database: Database) -> StoreIdentity {
    let made = (try? StoreMeta(database))?.derived ?? DerivedTables.version
    return StoreIdentity(
      derivedDamage: "the declaration of one of them is missing or changed",
      isDerivedStale: made != DerivedTables.version)
  }

  /// What a declaration makes, by its second and third word: `table event`.
  static func title(of declaration: String) -> String {
    let words = declaration.split(separator: " ", maxSplits: 3)
    return words.count > 2 ? "\(words[1].lowercased()) \(words[2].prefix { $0 != "(" })" : ""
  }
}
