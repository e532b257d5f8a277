extension World {
  /// How many events the world sees.
  package var bound: LogBound { LogBound(events: log.count, kept: histories.keptCount) }

  /// Lets go of the events up to a bound: from now on they are asked for.
  ///
  /// The world stays the same for everyone who reads it, and so do all earlier copies.
  ///
  /// - Parameter pages: Has all events up to the bound, for as long as the world is read.
  /// - Complexity: O(what was resident).
  package mutating func rebaseLog(on pages: any LogPages, upTo bound: LogBound) {
    let events = min(bound.events, log.count)
    origins.truncate(to: log.count)
    origins = origins.rebased(on: pages, upTo: events)
    histories = histories.rebased(
      on: pages, upTo: LogBound(events: events, kept: min(bound.kept, histories.keptCount)))
    log = log.rebased(on: pages, upTo: events)
  }
}
