extension Transaction {
  /// Whether a transaction accepts work.
  enum Standing {
    case open
    /// A step of its own is running inside.
    case waiting
    /// Only reads are allowed, because the outcome decides what is done at all.
    case reading
    case over
  }

  /// - Throws: ``TransactionError/transactionOver``, ``TransactionError/transactionWaits``,
  ///   ``TransactionError/transactionReads``.
  func checkOpen() throws {
    switch standing {
    case .open: return
    case .waiting: throw TransactionError.transactionWaits
    case .reading: throw TransactionError.transactionReads
    case .over: throw TransactionError.transactionOver
    }
  }

  /// Makes the current work fail at its end if this transaction waits for one inside: members that
  /// cannot throw would read nothing and write nowhere.
  @inline(__always)
  func expectOpen() {
    if standing == .waiting, readingError == nil {
      readingError = TransactionError.transactionWaits
    }
  }
}
