extension Transaction {
  /// Whether a transaction takes work.
  enum Standing {
    case open
    /// A step of its own is at work inside.
    case waiting
    case over
  }

  /// - Throws: ``TransactionError/transactionOver``, ``TransactionError/transactionWaits``.
  func checkOpen() throws {
    switch standing {
    case .open: return
    case .waiting: throw TransactionError.transactionWaits
    case .over: throw TransactionError.transactionOver
    }
  }

  /// Lets the work at hand fail when it is done, if this transaction waits for one inside: what
  /// cannot throw would read nothing and write nowhere.
  @inline(__always)
  func expectOpen() {
    if standing == .waiting, readingError == nil {
      readingError = TransactionError.transactionWaits
    }
  }
}
