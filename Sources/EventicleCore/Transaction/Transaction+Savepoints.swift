extension Transaction {
  /// Drops the recorded changes so far; for a world whose past is never revisited.
  func forgetChanges() {
    changes.removeAll(keepingCapacity: true)
    notes.removeAll(keepingCapacity: true)
    staged = []
    writes.takeBack(after: 0)
  }

  /// Marks the current state of this transaction for a later rollback.
  ///
  /// - Parameter onlyPersists: Whether nothing is emitted until the savepoint is used or dropped;
  ///   what was persisted before need not be copied then.
  func savepoint(onlyPersists: Bool = false) -> Savepoint {
    Savepoint(
      changes: changes.count, notes: notes.count, ids: world.ids,
      independentSteps: independentSteps.count,
      staged: onlyPersists ? nil : staged, stagedCount: staged.count, writes: writes.count,
      deferred: deferred?.count ?? 0, published: published.count, appends: appends)
  }

  /// Makes the inputs that handlers defer part of this step.
  package func take(_ deferred: any DeferredInputQueue) {
    self.deferred = deferred
    deferredBefore = deferred.count
  }

  func rollBack(to savepoint: Savepoint) {
    while changes.count > savepoint.changes, let change = changes.popLast() {
      world.revert(change)
    }
    notes.removeSubrange(savepoint.notes...)
    writes.takeBack(after: savepoint.writes)
    published.removeSubrange(savepoint.published...)
    deferred?.drop(after: savepoint.deferred)
    // Ids that an independent step has used stay used, even if this transaction is rolled back.
    world.ids = savepoint.independentSteps < independentSteps.count ? idsBefore : savepoint.ids
    restage(savepoint)
  }

  private func restage(_ savepoint: Savepoint) {
    appends = savepoint.appends
    if let before = savepoint.staged {
      staged = before
    } else {
      staged.removeSubrange(savepoint.stagedCount...)
    }
  }

  /// Runs a body whose writes are rolled back if it throws.
  package func attempt<Result>(_ body: () throws -> Result) throws -> Result {
    let before = savepoint()
    let recallStep = stepMemory?()
    let (note, depth, event, place) = (currentNote, dispatchDepth, handled, workspace)
    do {
      let result = try body()
      try checkReading()
      return result
    } catch {
      readingError = nil
      rollBack(to: before)
      recallStep?()
      (currentNote, dispatchDepth, handled, workspace) = (note, depth, event, place)
      throw error
    }
  }

  /// Runs a body as a part of this transaction that can fail alone: if it throws, its writes are
  /// rolled back, and the rest of the transaction stays when the error is caught.
  ///
  /// Its events belong to the outermost transaction and are delivered after it.
  @discardableResult
  public func nested<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
    try checkOpen()
    return try attempt { try body(self) }
  }
}
