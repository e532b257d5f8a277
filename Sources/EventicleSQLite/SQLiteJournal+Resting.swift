package import EventicleCore
internal import Glibc

/// What is put off for a short time, or until nobody works.
extension SQLiteJournal {
  /// How long a commit waits at most until it survives a power cut, in milliseconds.
  static let window = 50
  /// How long after the last commit the derived tables are brought up to it, in milliseconds.
  private static let rest = 1_000

  // MARK: - Syncing

  package var syncWindow: Interval? {
    opening.sync == .batch ? Interval(milliseconds: Int64(Self.window)) : nil
  }

  /// Notes a commit; makes the last ones survive a power cut when the first has waited long enough.
  func noteCommit() {
    guard opening.sync == .batch else {
      writer?.note(rows.last, of: meta.store)
      return
    }
    unnoted = rows.last
    guard unsynced != nil else {
      unsynced = opening.clock()
      syncTimer?.set(milliseconds: Self.window)
      return
    }
    syncIfDue()
  }

  /// Makes all commits survive a power cut when the first of them has waited long enough.
  func syncIfDue() {
    lock {
      guard let unsynced else { return }
      let rest = unsynced + Self.window - opening.clock()
      if rest <= 0 { synchronise() } else { syncTimer?.set(milliseconds: rest) }
    }
  }

  /// Makes all commits survive a power cut.
  func synchronise() {
    guard unsynced != nil else { return }
    attempt { try database.syncLog() }
    // A second try would not tell the truth about what the first one lost.
    guard problem == nil else { return }
    unsynced = nil
    writer?.note(unnoted, of: meta.store)
  }

  // MARK: - At rest

  package var upkeepDelay: Interval? {
    lock {
      let hasWork = !tail.steps.isEmpty || !(uncompared?.isEmpty ?? true)
      return isAtRest && hasWork ? Interval(milliseconds: Int64(Self.rest)) : nil
    }
  }

  package func upkeep() -> StoreFault? {
    lock {
      // Who only reads compares as well, but leaves nothing in the file.
      if problem == nil, isReader, broken == nil { attempt { try compareNextSteps() } }
      guard isAtRest else { return problem }
      attempt {
        try derive()
        try compareNextSteps()
      }
      // Nobody waits for it, and it is made again.
      if problem == .full { _ = reload() }
      return problem
    }
  }

  private var isAtRest: Bool { problem == nil && refusal == nil && !database.isInTransaction }
}

extension SQLiteJournal.Opening {
  /// The system's time since its start, in milliseconds.
  static var milliseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
  }
}
