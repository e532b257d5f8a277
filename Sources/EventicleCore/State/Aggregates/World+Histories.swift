extension World {
  /// Looks up which aggregates are in the store that the world rests on, each once.
  mutating func settle() { histories.settle() }

  /// Visits the events of an aggregate between two versions, oldest first, without building a list.
  ///
  /// - Parameter start: The version to start after.
  public func forEachEvent(
    of key: AggregateKey, after start: Version = Version(0), upTo version: Version? = nil,
    _ body: (Event, Position?) -> Void
  ) {
    let entries = histories.entries(of: key)
    // One event after another in the same storage, unless the visitor keeps it.
    var event: Event?
    log.read { storage in
      entries.forEach(
        from: start.number, upTo: Swift.min(entries.count, version?.number ?? entries.count)
      ) { entry in
        if entry > 0 {
          guard Int(entry) <= log.count else { return }
          if storage.read(at: Int(entry), into: &event, about: key.id), let event {
            body(event, Position(Int(entry)))
          }
        } else if let event = histories.keptEvent(Int(-entry)) {
          body(event, nil)
        }
      }
    }
  }

  /// The event that produced a version of an aggregate, and its position when it was published;
  /// O(1).
  public func event(of key: AggregateKey, at version: Version) -> (event: Event, Position?)? {
    let entries = histories.entries(of: key)
    guard version.number >= 1, version.number <= entries.count else { return nil }
    let entry = Int(entries[version.number - 1])
    if entry < 0 { return histories.keptEvent(-entry).map { ($0, nil) } }
    return log.event(at: Position(entry)).map { ($0, Position(entry)) }
  }

  /// The version of an aggregate as of a position in the log; O(log n).
  public func version(of key: AggregateKey, at position: Position) -> Version {
    let entries = histories.entries(of: key)
    return Version(
      entries.partitionPoint { entry in
        if entry > 0 { return Int(entry) > position.number }
        // An unpublished event belongs to the time before the next event of the log.
        return (histories.logCount(ofKept: Int(-entry)) ?? 0) > position.number
      })
  }

  // MARK: - Folded states

  /// The newest state of an aggregate that a declaration has folded and that is still cached; O(1).
  package func foldedState(
    of key: AggregateKey, by root: FoldIdentity
  ) -> (state: JSON, version: Version)? {
    folds.state(of: key, by: root)
  }

  /// Caches a folded state, so that the next fold starts from it.
  ///
  /// Nothing else changes.
  package mutating func keepFolded(
    _ state: JSON, _ version: Version, of key: AggregateKey, by root: FoldIdentity
  ) {
    folds.keep(
      state, version, of: key, by: root, logCount: log.count, keptCount: histories.keptCount)
  }
}
