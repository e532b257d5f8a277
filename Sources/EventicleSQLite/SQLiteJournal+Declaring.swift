internal import EventicleCore

extension SQLiteJournal {
  /// A row of SQLite's list of tables.
  private struct Declaration {
    let row: Int
    let name: String
    let root: Int
  }

  /// Declares the tables of a store's history again in a private copy of its file, in which the list
  /// of tables is changed; their rows stay as they are.
  ///
  /// A row of the list that does not say its table any more is taken for one that is missing among
  /// the others, which are listed in the order in which they were made.
  ///
  /// - Throws: ``SQLiteError`` when the list itself cannot be read.
  static func declareAgain(_ path: String) throws {
    let database = try Database(path, .write)
    defer { database.close() }
    try database.run("PRAGMA writable_schema=ON; \(Schema.settings)")
    let found = try declarations(database)
    let order = Schema.all.map { name(in: $0) }
    var roots: [String: Int] = [:]
    for declaration in found where roots[declaration.name] == nil {
      if order.contains(declaration.name) { roots[declaration.name] = declaration.root }
    }
    // The list of those that say nothing, each with the last known one before it.
    var (last, unknown) = (-1, [(after: Int, root: Int)]())
    for declaration in found {
      if let place = order.firstIndex(of: declaration.name) {
        last = max(last, place)
      } else {
        unknown.append((last, declaration.root))
      }
    }
    for (place, name) in order.enumerated() where roots[name] == nil {
      guard let index = unknown.firstIndex(where: { $0.after < place }) else { continue }
      roots[name] = unknown.remove(at: index).root
    }
    try database.run("BEGIN IMMEDIATE; DELETE FROM sqlite_schema")
    let insert = try Statement(
      "INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql) VALUES('table', ?1, ?1, ?2, ?3)",
      database)
    defer { insert.finish() }
    for (name, text) in Schema.truth {
      guard let root = roots[name], root > 1 else { continue }
      insert.bind(1, name)
      insert.bind(2, root)
      insert.bind(3, text)
      try insert.run()
    }
    try database.run("COMMIT")
  }

  /// Does the same for a copy whose list of tables cannot be read.
  ///
  /// The list is written when a store is made, and into the same pages of each, so that those of a
  /// new one stand in for them. Whether there are a history's rows where it says is told by their
  /// hashes.
  ///
  /// - Parameter model: A new store in which nothing is yet.
  static func declareAgain(_ path: String, as model: String) throws {
    do { return try declareAgain(path) } catch let error as SQLiteError {
      guard case .damaged = error.fault else { throw error }
    }
    // What is in the log would come before what is put into the file.
    let database = try Database(path, .write)
    try? database.run("PRAGMA writable_schema=ON; PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    try StoreFile.copyPages(from: model, to: path, Self.listPages)
    do { try declareAgain(path) } catch {
      throw StoreFault.damaged(
        "the list of its tables is damaged, and without it nothing in it is found")
    }
  }

  /// The pages of the list of tables in the bytes of a file, as parts of it.
  private static func listPages(_ bytes: [UInt8]) -> [Range<Int>] {
    func number(_ place: Int, _ count: Int) -> Int {
      bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
    }
    let size = number(16, 2)
    var pages = [1]
    var next = 0
    while next < pages.count {
      let start = (pages[next] - 1) * size
      next += 1
      // The first page has the head of the file before its own.
      let head = start == 0 ? 100 : start
      guard bytes[head] == 5 else { continue }
      for cell in 0..<number(head + 3, 2) {
        pages.append(number(start + number(head + 12 + 2 * cell, 2), 4))
      }
      pages.append(number(head + 8, 4))
    }
    return pages.map { ($0 == 1 ? 100 : ($0 - 1) * size)..<$0 * size }
  }

  /// The list of tables, indexes and views, in the order in which they were made.
  private static func declarations(_ database: Database) throws -> [Declaration] {
    let rows = try database.statement(
      "SELECT rowid, name, rootpage, sql FROM sqlite_schema ORDER BY rowid")
    defer { rows.reset() }
    let texts = Dictionary(Schema.all.map { ($0, name(in: $0)) }) { first, _ in first }
    var found: [Declaration] = []
    while try rows.next() {
      // The name, or the declaration with the name in it; one of them may be changed.
      let name = texts[rows.text(3) ?? ""] ?? rows.text(1) ?? ""
      found.append(Declaration(row: rows.int(0), name: name, root: rows.int(2)))
    }
    return found
  }

  /// The name of what a declaration makes: its third word, up to a parenthesis.
  private static func name(in declaration: String) -> String {
    title(of: declaration).split(separator: " ").last.map { String($0) } ?? ""
  }
}
