package import EventicleCore

/// Reading while somebody else writes.
///
/// Each question is a read of its own, so that nothing keeps the writer from bringing its log of
/// writes into the file. Rows are only ever added, and every question says up to where, so that it
/// does no harm when the file has more than was taken.
extension SQLiteJournal {
  /// Answers a question from one state of the file.
  func reading<Result>(_ question: () throws -> Result) throws -> Result {
    try inOneRead {
      try lookAtTables()
      return try question()
    }
  }

  /// Reads one state of the file.
  func inOneRead<Result>(_ body: () throws -> Result) throws -> Result {
    guard writer == nil, !database.isInTransaction else { return try body() }
    try database.run("BEGIN")
    // What was made for finding things stays, unless it came to no end.
    do {
      let result = try body()
      do { try database.run("COMMIT") } catch {
        // A connection that has met a damaged page cannot end well what was only reading.
        guard broken != nil else { throw error }
        try? database.run("ROLLBACK")
      }
      return result
    } catch {
      try? database.run("ROLLBACK")
      (seenByTables, fileMark) = (-1, -1)
      throw error
    }
  }

  /// Lets go of what was made for finding things when the writer has made it as well.
  private func lookAtTables() throws {
    guard writer == nil, !opening.ignoresDerived else { return }
    let version = try database.number("PRAGMA data_version")
    guard version != seenByTables else { return }
    seenByTables = version
    guard try database.number("SELECT max(entry) FROM main.mark") != fileMark else { return }
    try rest(onTablesOf: database)
    try reloadTail()
  }

  package var isFollower: Bool { lock { hasNews } }

  package var holder: StoreHolder? { lock { writing } }

  package func takeNews(_ limit: Int, _ body: (StoredStep) -> Void) -> Bool {
    lock {
      guard hasNews, problem == nil else { return false }
      guard file.isThere else {
        lose()
        return false
      }
      writing = WriterLock.look(at: opening.path, now: opening.now).holder
      return attempt { try readNews(limit, body) } ?? false
    }
  }

  private func readNews(_ limit: Int, _ body: (StoredStep) -> Void) throws -> Bool {
    let version = try database.number("PRAGMA data_version")
    guard version != seenByNews else { return false }
    if try !rows.catalogue.isUpToDate(database) {
      rows.catalogue = try Catalogue.load(of: meta.store, database)
    }
    var reader = try StepRowReader(
      after: rows.last.number, of: meta.store, database, rows.catalogue)
    guard reader.rows.chain == rows.chain else {
      throw StepRowReader.Damage(what: "the steps up to there are not the ones that were read")
    }
    let end = rows.last.number + max(1, limit)
    while rows.last.number < end {
      guard let step = try reader.step() else {
        try StoreTape.read(&tape, &tapeHash, database)
        seenByNews = version
        return false
      }
      try take(step, after: rows.events)
      rows = reader.rows
      body(step)
    }
    return true
  }
}
