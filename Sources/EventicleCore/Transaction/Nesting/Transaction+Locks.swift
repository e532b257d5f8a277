extension Transaction {
  /// Runs a body under a lock, which is held until the whole transaction ends.
  ///
  /// Taking a lock that this transaction already holds succeeds. Since the engine does one step at
  /// a time, a lock can only be held by a lease or by a transaction around this one. A tenant's
  /// locks are separate from those of others.
  ///
  /// - Throws: ``TransactionError/lockTaken(_:holder:until:)``; whatever the body throws.
  @discardableResult
  public func withLock<Result>(_ id: String, _ body: () throws -> Result) throws -> Result {
    try lock(id)
    return try body()
  }

  /// Takes a lock until the transaction ends, and returns whether that succeeded.
  public func tryLock(_ id: String) -> Bool { (try? lock(id)) != nil }

  /// The names of the locks that this transaction holds until it ends, sorted.
  public var heldLocks: [String] {
    locks.own.map { Workspace.shown(ownName: $0) }.sorted()
  }

  /// Takes a lease, which outlives the transaction; its holder prolongs it by acquiring it again.
  ///
  /// - Parameters:
  ///   - holder: The name of the holder; the lease is released under the same name.
  ///   - interval: How long the lease lasts on the world's clock; at least 1 ms.
  /// - Throws: ``TransactionError/lockTaken(_:holder:until:)`` when another holder has it.
  @discardableResult
  public func acquire(_ id: String, holder: String, for interval: Interval) throws -> Lock {
    try checkOpen()
    if locks.isTakenAround(id) { throw TransactionError.lockTaken(id, holder: nil, until: nil) }
    if let lock = lease(id), lock.holder != holder {
      throw TransactionError.lockTaken(id, holder: lock.holder, until: lock.until)
    }
    let wait = Interval(milliseconds: max(interval.milliseconds, 1))
    let lock = Lock(id: id, holder: holder, takenAt: now, until: now + wait)
    try put(Lock.recordType, id, lock.content)
    return lock
  }

  /// Releases a lease, and returns whether the holder had it.
  @discardableResult
  public func release(_ id: String, holder: String) throws -> Bool {
    try checkOpen()
    guard lease(id)?.holder == holder else { return false }
    try wakeCommands(waitingFor: id)
    return try delete(Lock.recordType, id)
  }

  /// Ends a lease whoever holds it, and returns whether there was one.
  @discardableResult
  public func breakLock(_ id: String) throws -> Bool {
    try checkOpen()
    let held = lease(id) != nil
    try wakeCommands(waitingFor: id)
    try delete(Lock.recordType, id)
    return held
  }

  func lock(_ id: String) throws {
    try checkOpen()
    let name = workspace.ownName(of: id)
    guard !locks.own.contains(name) else { return }
    if locks.isTakenAround(name) { throw TransactionError.lockTaken(id, holder: nil, until: nil) }
    if let lock = lease(id) {
      throw TransactionError.lockTaken(id, holder: lock.holder, until: lock.until)
    }
    locks.take(name)
  }

  private func lease(_ id: String) -> Lock? {
    record(Lock.recordType, id).flatMap { Lock($0) }.flatMap { $0.until > now ? $0 : nil }
  }
}
