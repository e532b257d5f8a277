import CBareSQLite

/// Events in a plain table of SQLite: what a program without an engine would write.
///
/// A row has the columns of an event as text, a unique position and one index by subject. Each
/// transaction is synced, as a store's is.
final class BareStore {
  private var database: OpaquePointer?
  private var insert: OpaquePointer?
  private var count: Int64 = 0

  init(_ path: String) throws {
    try check(sqlite3_open(path, &database))
    try run(
      """
      PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;
      CREATE TABLE event(position INTEGER PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL,
        stream TEXT NOT NULL, subject TEXT, created_at TEXT NOT NULL, data TEXT NOT NULL);
      CREATE INDEX event_subject ON event(subject, position);
      """)
    try check(
      sqlite3_prepare_v2(
        database, "INSERT INTO event VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", -1, &insert, nil))
  }

  deinit {
    sqlite3_finalize(insert)
    sqlite3_close(database)
  }

  /// Writes rows in one transaction.
  func append(_ rows: ArraySlice<Row>) throws {
    try run("BEGIN IMMEDIATE")
    for row in rows {
      count += 1
      sqlite3_bind_int64(insert, 1, count)
      try row.withTexts { texts in
        for (index, text) in texts.enumerated() {
          bare_bind_text(insert, Int32(index + 2), text.baseAddress, Int64(text.count))
        }
        guard sqlite3_step(insert) == SQLITE_DONE else { throw failure }
        sqlite3_reset(insert)
      }
    }
    try run("COMMIT")
  }

  /// How many rows there are.
  func rowCount() throws -> Int {
    var statement: OpaquePointer?
    try check(sqlite3_prepare_v2(database, "SELECT count(*) FROM event", -1, &statement, nil))
    defer { sqlite3_finalize(statement) }
    guard sqlite3_step(statement) == SQLITE_ROW else { throw failure }
    return Int(sqlite3_column_int64(statement, 0))
  }

  private func run(_ text: String) throws {
    try check(sqlite3_exec(database, text, nil, nil, nil))
  }

  private func check(_ code: Int32) throws { if code != SQLITE_OK { throw failure } }

  private var failure: WrongContent {
    WrongContent(description: "SQLite: \(String(cString: sqlite3_errmsg(database)))")
  }

  /// The texts of one event.
  struct Row {
    let texts: [[CChar]]

    init(_ id: String, _ type: String, _ stream: String, _ subject: String, _ data: String) {
      texts = [id, type, stream, subject, "2026-01-01T09:00:00.000Z", data].map {
        Array($0.utf8.map { CChar(bitPattern: $0) }) + [0]
      }
    }

    /// Lends the texts without the zeros at their ends.
    func withTexts<Result>(
      _ body: ([UnsafeBufferPointer<CChar>]) throws -> Result
    ) rethrows -> Result {
      try lend(texts[...], [], body)
    }

    private func lend<Result>(
      _ rest: ArraySlice<[CChar]>, _ lent: [UnsafeBufferPointer<CChar>],
      _ body: ([UnsafeBufferPointer<CChar>]) throws -> Result
    ) rethrows -> Result {
      guard let first = rest.first else { return try body(lent) }
      return try first.withUnsafeBufferPointer { text in
        let bytes = UnsafeBufferPointer(rebasing: text.dropLast())
        return try lend(rest.dropFirst(), lent + [bytes], body)
      }
    }
  }
}
