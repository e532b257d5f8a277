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
    let (lines, hash, damage) = try readable(after: store, database)
    if let damage { throw StepCodecError(damage) }
    return (lines, hash)
  }

  /// Reads the lines up to the first that is not the one that was written, and what is wrong there.
  static func readable(
    after store: Int, _ database: Database
  ) throws(SQLiteError) -> (Lines, hash: Int, damage: String?) {
    let rows = try database.statement("SELECT number, entry, line, hash FROM tape ORDER BY number")
    defer { rows.reset() }
    var lines: Lines = []
    var hash = store
    while try rows.next() {
      let line = rows.text(2) ?? ""
      let after = next(line, lines.count, rows.int(1), after: hash)
      guard rows.int(0) == lines.count, rows.int(3) == after else {
        return (lines, hash, "command line \(lines.count + 1) is missing or changed")
      }
      hash = after
      lines.append((JournalIndex(rows.int(1)), line))
    }
    return (lines, hash, nil)
  }

  private static func next(_ line: String, _ number: Int, _ entry: Int, after hash: Int) -> Int {
    var next = StepHash(after: hash)
    next.add(number)
    next.add(entry)
    next.add(line)
    return next.stored
  }
}
