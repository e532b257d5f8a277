internal import EventicleCore

/// The command lines of a store, in the table `tape`.
enum StoreTape {
  /// Writes the next line.
  ///
  /// - Parameter hash: The hash over the lines before.
  /// - Returns: The hash over all of them.
  static func append(
    _ line: String, _ number: Int, _ entry: JournalIndex, after hash: Int, _ database: Database
  ) throws(SQLiteError) -> Int {
    let hash = next(line, number, entry.number, after: hash)
    let insert = try database.statement("INSERT INTO tape VALUES(?1, ?2, ?3, ?4)")
    insert.bind(1, number)
    insert.bind(2, entry.number)
    insert.bind(3, line)
    insert.bind(4, hash)
    try insert.run()
    return hash
  }

  /// Lines as they are read.
  typealias Lines = [(after: JournalIndex, line: String)]

  /// Reads all lines, and the hash over them.
  ///
  /// - Throws: ``StepCodecError`` when they are not the ones that were written.
  static func load(after store: Int, _ database: Database) throws -> (Lines, hash: Int) {
    var (lines, hash): (Lines, Int) = ([], store)
    try read(&lines, &hash, database)
    return (lines, hash)
  }

  /// Reads the lines up to the first that is not the one that was written, and what is wrong there.
  static func readable(
    after store: Int, _ database: Database
  ) throws -> (Lines, hash: Int, damage: String?) {
    var (lines, hash): (Lines, Int) = ([], store)
    do { try read(&lines, &hash, database) } catch let error as StepCodecError {
      return (lines, hash, "\(error)")
    }
    return (lines, hash, nil)
  }

  /// Reads the lines after some that are known, up to the first damage.
  ///
  /// - Parameter hash: The hash over the lines.
  /// - Throws: ``StepCodecError`` for a line that is not the one that was written; those before it
  ///   are read then.
  static func read(_ lines: inout Lines, _ hash: inout Int, _ database: Database) throws {
    let rows = try database.statement(
      "SELECT number, entry, line, hash FROM tape WHERE number >= ?1 ORDER BY number")
    defer { rows.reset() }
    rows.bind(1, lines.count)
    while try rows.next() {
      let line = rows.text(2) ?? ""
      let chain = next(line, lines.count, rows.int(1), after: hash)
      guard rows.int(0) == lines.count, rows.int(3) == chain else {
        throw StepCodecError("command line \(lines.count + 1) is missing or changed")
      }
      hash = chain
      lines.append((JournalIndex(rows.int(1)), line))
    }
  }

  private static func next(_ line: String, _ number: Int, _ entry: Int, after hash: Int) -> Int {
    var next = StepHash(after: hash)
    next.add(number)
    next.add(entry)
    next.add(line)
    return next.stored
  }
}
