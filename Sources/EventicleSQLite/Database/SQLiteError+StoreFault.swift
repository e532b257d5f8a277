internal import CSQLite
internal import EventicleCore

extension SQLiteError {
  /// What the error means for a store.
  var fault: StoreFault {
    // What could not be read was not in the middle of being written.
    if code & 0xFF == SQLITE_IOERR, Self.reading.contains(code >> 8) { return .unread(system) }
    return switch code & 0xFF {
    case SQLITE_FULL: .full
    case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged("SQLite finds that \(message)")
    case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN:
      // Out of room says so with an error number as well, when a file of SQLite's own grows.
      .unsure(system)
    default: .unreadable("\(message) (SQLite's error \(code))")
    }
  }

  /// What the extended codes of `SQLITE_IOERR` have for reads: a read, one that was cut short, and a
  /// file system that finds itself damaged.
  private static let reading: Set<Int32> = [1, 2, 33]
}
