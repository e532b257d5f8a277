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

  /// Reads all lines, and the hash over them.
  ///
  /// - Parameter least: How many there must be, at least.
  static func load(
    after store: Int, atLeast least: Int, _ database: Database
  ) throws -> ([(after: JournalIndex, line: String)], hash: Int) {
    let rows = try database.statement("SELECT number, entry, line, hash FROM tape ORDER BY number")
    defer { rows.reset() }
    var lines: [(after: JournalIndex, line: String)] = []
    var hash = store
    while try rows.next() {
      let line = rows.text(2) ?? ""
      hash = next(line, lines.count, rows.int(1), after: hash)
      guard rows.int(0) == lines.count, rows.int(3) == hash else {
        throw StepCodecError("command line \(lines.count + 1) is missing or changed")
      }
      lines.append((JournalIndex(rows.int(1)), line))
    }
    guard lines.count >= least else {
      throw StepCodecError("the command lines after the first \(lines.count) are missing")
    }
    return (lines, hash)
  }

  private static func next(_ line: String, _ number: Int, _ entry: Int, after hash: Int) -> Int {
    var next = StepHash(after: hash)
    next.add(number)
    next.add(entry)
    next.add(line)
    return next.stored
  }
}
