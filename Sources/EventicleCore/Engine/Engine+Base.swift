extension Engine {
  /// Lets go of what a store has taken over: the world rests on the store from now on.
  ///
  /// - Parameter base: A store as of this moment, with all of the world.
  package mutating func rebase(to base: WorldBase) { world.rebase(to: base) }

  /// Lets go of all events, which a store has taken over with the step that appended each.
  ///
  /// - Complexity: O(events that were resident).
  mutating func releaseLog(to store: any JournalStore) {
    world.rebaseLog(on: store, upTo: world.bound)
  }

  /// Whether the store under the world has failed, so that a handler may have decided on an empty
  /// answer.
  @inline(__always)
  func isBlind(_ transaction: Transaction) -> Bool {
    transaction.world.base != nil && transaction.world.base?.pages.fault != nil
  }

  /// Undoes a step with the nested steps that it kept apart, as if it had never begun.
  mutating func takeBack(_ transaction: Transaction) -> [JournalEntry] {
    let fault = transaction.world.base?.pages.fault
    transaction.rollBack(to: &world)
    for step in transaction.independentSteps.reversed() { world.revert(step.changes) }
    for observer in observers { observer.onRollback(fault?.description ?? "") }
    return []
  }
}
