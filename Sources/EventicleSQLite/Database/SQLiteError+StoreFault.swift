internal import CSQLite
internal import EventicleCore

extension SQLiteError {
  /// What the error means for a store.
  ///
  /// - Parameter last: The last entry that can be trusted.
  func fault(after last: JournalIndex) -> StoreFault {
    switch code & 0xFF {
    case SQLITE_FULL: .full
    case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged(last, "SQLite finds that \(message)")
    case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN:
      // Out of room says so with an error number as well, when a file of SQLite's own grows.
      .unsure(system)
    default: .unreadable("\(message) (SQLite's error \(code))")
    }
  }
}
