internal import CSQLite
internal import EventicleCore

/// A connection to a database file.
// Used by one thread at a time, under the lock of the journal that owns it.
final class Database {
  /// How a file is opened.
  enum Access {
    case write
    case read
    /// Reading what is in the file itself, without locks and without its log.
    case readUnlocked
  }

  private var handle: OpaquePointer?
  private var prepared: [StaticText: Statement] = [:]
  /// How many statements were asked for: what reading costs, for tests.
  private(set) var uses = 0
  /// How many rows were read, for tests.
  var rowsRead = 0
  let path: String
  /// How it was opened.
  let access: Access

  /// A statement's text by its place in the program, which never changes.
  private struct StaticText: Hashable {
    let address: UnsafeRawPointer

    init(_ text: StaticString) { address = UnsafeRawPointer(text.utf8Start) }
  }

  /// Opens a file.
  ///
  /// - Parameter vfs: The name of SQLite's access to files; `nil` for that of the system.
  init(_ path: String, _ access: Access, vfs: String? = nil) throws(SQLiteError) {
    (self.path, self.access) = (path, access)
    var flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    flags |= access == .write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
    let address = path == ":memory:" ? path : Database.address(path, access)
    let code = sqlite3_open_v2(address, &handle, flags, vfs)
    guard code == SQLITE_OK else {
      let error = SQLiteError(code, handle)
      sqlite3_close_v2(handle)
      handle = nil
      throw error
    }
    sqlite3_busy_timeout(handle, 2_000)
  }

  deinit { close() }

  /// Closes the connection; statements end with it.
  func close() {
    for statement in prepared.values { statement.finish() }
    prepared = [:]
    sqlite3_close_v2(handle)
    handle = nil
  }

  /// Leaves everything on disk as it is when the connection is closed.
  func keepLogOnClose() { _ = cs_keep_log_on_close(handle) }

  /// Makes what was committed without being synced survive a power cut.
  func syncLog() throws(SQLiteError) {
    let code = cs_sync_log(handle)
    guard code == SQLITE_OK else { throw SQLiteError(failing: code, handle) }
  }

  /// The version of the library, such as `3.40.1`.
  static var version: String { String(cString: sqlite3_libversion()) }

  /// The same as a number, such as 3040001.
  static var versionNumber: Int32 { sqlite3_libversion_number() }

  /// Opens a file for reading: where nothing can be made beside it, for want of a right, only without
  /// locks; that is safe while it has no log.
  static func reading(_ path: String, vfs: String? = nil) throws(SQLiteError) -> Database {
    let database = try Database(path, .read, vfs: vfs)
    do {
      _ = try database.number("PRAGMA schema_version")
      return database
    } catch {
      database.close()
      let code = error.code & 0xFF
      let isLocked = code == SQLITE_CANTOPEN || code == SQLITE_READONLY
      let isAlone = isLocked && !StoreFile.hasLog(path)
      return try Database(path, isAlone ? .readUnlocked : .read, vfs: vfs)
    }
  }

  /// A file's address, in which no byte of the path means something else.
  private static func address(_ path: String, _ access: Access) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes = Array("file:".utf8)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"):
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    switch access {
    case .write: break
    case .read: bytes += Array("?mode=ro".utf8)
    case .readUnlocked: bytes += Array("?immutable=1".utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: - Statements

  /// The statement of a text, prepared when it is first used.
  func statement(_ sql: StaticString) throws(SQLiteError) -> Statement {
    uses += 1
    if let known = prepared[StaticText(sql)] { return known }
    let statement = try Statement(sql.description, self)
    prepared[StaticText(sql)] = statement
    return statement
  }

  /// Lets statements read another file, which is not changed, under a name.
  func attach(_ path: String, as name: String) throws(SQLiteError) {
    let attach = try Statement("ATTACH ?1 AS \(name)", self)
    defer { attach.finish() }
    let other = try Database.reading(path)
    other.close()
    attach.bind(1, Database.address(path, other.access))
    try attach.run()
  }

  /// Runs statements that return nothing.
  func run(_ sql: String) throws(SQLiteError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code) }
  }

  /// Looks up one row by up to three numbers.
  ///
  /// - Returns: What the body makes of the row; `nil` when there is none.
  func row<Result>(
    _ sql: StaticString, _ first: Int, _ second: Int? = nil, _ third: Int? = nil,
    _ body: (Statement) throws -> Result
  ) throws -> Result? {
    let statement = try statement(sql)
    defer { statement.reset() }
    statement.bind(1, first)
    if let second { statement.bind(2, second) }
    if let third { statement.bind(3, third) }
    return try statement.next() ? try body(statement) : nil
  }

  /// The first numbers of all rows found by up to three numbers.
  func numbers(
    _ sql: StaticString, _ first: Int, _ second: Int? = nil, _ third: Int? = nil
  ) throws(SQLiteError) -> [Int] {
    let statement = try statement(sql)
    defer { statement.reset() }
    statement.bind(1, first)
    if let second { statement.bind(2, second) }
    if let third { statement.bind(3, third) }
    var found: [Int] = []
    while try statement.next() { found.append(statement.int(0)) }
    return found
  }

  /// The first number of the first row; 0 when there is none.
  func number(_ sql: StaticString) throws(SQLiteError) -> Int {
    let statement = try statement(sql)
    defer { statement.reset() }
    return try statement.next() ? statement.int(0) : 0
  }

  /// Whether a transaction is open.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  func prepare(_ sql: String) throws(SQLiteError) -> OpaquePointer {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement else { throw error(code) }
    return statement
  }

  func error(_ code: Int32) -> SQLiteError { SQLiteError(code, handle) }
}

/// What SQLite says when it cannot do something.
struct SQLiteError: Error, CustomStringConvertible {
  /// The extended result code.
  let code: Int32
  /// SQLite's own sentence.
  let message: String
  /// The system's error number of the last failed call on the file.
  let system: Int32

  init(_ code: Int32, _ handle: OpaquePointer?) {
    self.code = code
    message = handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? "no memory"
    system = handle.map { sqlite3_system_errno($0) } ?? 0
  }

  /// What a call on a file returned; the connection knows nothing of it.
  init(failing code: Int32, _ handle: OpaquePointer?) {
    self.code = code
    message = sqlite3_errstr(code).map { String(cString: $0) } ?? "a file failed"
    system = handle.map { sqlite3_system_errno($0) } ?? 0
  }

  /// SQLite's sentence, with the system's words where it has some, as it follows a colon.
  var description: String {
    system == 0 ? message : "\(message) (\(StoreFile.reason(system)))"
  }
}
