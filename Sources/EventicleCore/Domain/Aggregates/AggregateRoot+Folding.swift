extension AggregateRoot {
  /// The state of an aggregate in a world, folded up to a version; O(events).
  ///
  /// - Parameter opening: Reads an event; `nil` leaves the event out. Tools that know the domain
  ///   pass ``Domain/upcast(_:)``.
  /// - Returns: `nil` when the aggregate has no events.
  public func state(
    of id: DomainID, in world: World, upTo version: Version? = nil,
    workspace: Workspace = .system, opening: (Event) -> Event? = { $0 }
  ) -> (state: JSON, version: Version)? {
    withoutActuallyEscaping(opening) { opening in
      fold(
        AggregateKey(type, id, in: workspace), in: world, upTo: version, usesKept: false,
        opening: opening)
    }.map { ($0.state, $0.version) }
  }

  /// The state, the number of folded events, and the error of the first reducer that failed.
  func fold(
    _ key: AggregateKey, in world: World, upTo version: Version? = nil, usesKept: Bool,
    opening: ((Event) -> Event?)?
  ) -> (state: JSON, version: Version, folded: Int, failure: (any Error)?)? {
    let known = world.histories.version(of: key)
    let last = version.map { min($0, known) } ?? known
    guard last.number > 0 else { return nil }
    if folder != nil {
      return foldInBatch(key, in: world, upTo: last, usesKept: usesKept, opening: opening)
    }
    var start = Version(0)
    var state = JSON.emptyObject
    if usesKept, snapshotEvery != nil, let kept = world.foldedState(of: key, by: identity),
      kept.version <= last
    {
      (state, start) = kept
    }
    var table = ReducerTable(self)
    world.forEachEvent(of: key, after: start, upTo: last) { event, _ in
      guard let opening else { return table.apply(event, to: &state) }
      if let event = opening(event) { table.apply(event, to: &state) }
    }
    return (state, last, last.number - start.number, table.failure)
  }

  /// Where checkpoints are kept, a record for each aggregate: what a query names to search them.
  public var checkpointRecords: String { "\(World.checkpointRecords)\(type)" }

  /// Whether aggregates can be searched by the columns of a checkpoint.
  public var hasCheckpoint: Bool { checkpoint != nil || machine != nil }
}
