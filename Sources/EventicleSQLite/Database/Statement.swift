internal import CSQLite
internal import EventicleCore

/// A prepared statement: values go in by index from 1, and rows come out by column from 0.
// Used by one thread at a time, under the lock of the journal that owns its database.
final class Statement {
  private var handle: OpaquePointer?
  private unowned let database: Database
  /// The first binding that failed since the last reset.
  private var refusal: Int32 = SQLITE_OK

  init(_ sql: String, _ database: Database) throws(SQLiteError) {
    self.database = database
    handle = try database.prepare(sql)
  }

  /// Ends the statement; it can do nothing after that.
  func finish() {
    sqlite3_finalize(handle)
    handle = nil
  }

  // MARK: - Binding

  private func note(_ code: Int32) { if refusal == SQLITE_OK { refusal = code } }

  func bind(_ index: Int32, _ value: Int?) {
    note(
      value.map { sqlite3_bind_int64(handle, index, Int64($0)) }
        ?? sqlite3_bind_null(handle, index))
  }

  func bind(_ index: Int32, _ value: String?) {
    guard var value else { return note(sqlite3_bind_null(handle, index)) }
    value.withUTF8 { bind(index, text: $0) }
  }

  /// Binds JSON as a text.
  func bind(_ index: Int32, _ value: JSONBytes?) {
    guard let value else { return note(sqlite3_bind_null(handle, index)) }
    if value.utf8.withContiguousStorageIfAvailable({ bind(index, text: $0) }) == nil {
      Array(value.utf8).withUnsafeBufferPointer { bind(index, text: $0) }
    }
  }

  func bind(_ index: Int32, _ value: [UInt8]?) {
    guard let value else { return note(sqlite3_bind_null(handle, index)) }
    value.withUnsafeBytes { bytes in
      // An empty array may have no address, which would mean NULL.
      if let base = bytes.baseAddress {
        note(cs_bind_blob(handle, index, base, Int64(bytes.count)))
      } else {
        note(sqlite3_bind_zeroblob(handle, index, 0))
      }
    }
  }

  private func bind(_ index: Int32, text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress else { return note(cs_bind_text(handle, index, "", 0)) }
    let count = text.count
    base.withMemoryRebound(to: CChar.self, capacity: max(1, count)) {
      note(cs_bind_text(handle, index, $0, Int64(count)))
    }
  }

  // MARK: - Running

  /// Goes to the next row; whether there is one.
  func next() throws(SQLiteError) -> Bool {
    guard refusal == SQLITE_OK else {
      let code = refusal
      reset()
      throw database.error(code)
    }
    switch sqlite3_step(handle) {
    case SQLITE_ROW:
      database.rowsRead &+= 1
      return true
    case SQLITE_DONE: return false
    case let code:
      // The message is of the last call, so it is read before anything else is called.
      let error = database.error(code)
      reset()
      throw error
    }
  }

  /// Runs a statement that returns no rows, and makes it ready for other values.
  func run() throws(SQLiteError) {
    _ = try next()
    reset()
  }

  /// Makes the statement ready for other values.
  func reset() {
    sqlite3_reset(handle)
    refusal = SQLITE_OK
  }

  // MARK: - Reading

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  func isBlob(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_BLOB }

  func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

  func optionalInt(_ column: Int32) -> Int? { isNull(column) ? nil : int(column) }

  /// The bytes of a text or blob; `nil` for NULL.
  func bytes(_ column: Int32) -> [UInt8]? {
    guard !isNull(column) else { return nil }
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    let count = Int(sqlite3_column_bytes(handle, column))
    return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }

  /// A text; `nil` for NULL.
  ///
  /// What is no UTF-8 comes out changed, so that the chain fails.
  func text(_ column: Int32) -> String? {
    bytes(column).map { String(decoding: $0, as: UTF8.self) }
  }
}
