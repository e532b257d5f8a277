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

extension World {
  /// Creates a world that has the events of a store up to a bound, and nothing else.
  ///
  /// - Complexity: O(streams).
  package init(eventsOf pages: any LogPages, upTo bound: LogBound) {
    self.init(startingAt: Instant(milliseconds: 0), seed: 0)
    log = EventLog(LogStorage(over: pages, upTo: bound.events), count: bound.events)
    histories = histories.rebased(on: pages, upTo: bound)
    origins = EventOrigins(over: pages, upTo: bound.events)
  }
}

extension LogStorage {
  /// Creates a log of which pages have the first so many events, and which has no others.
  fileprivate init(over pages: any LogPages, upTo base: Int) {
    self.init(isIndexed: true)
    (offset, indexed, self.pages) = (base, base, pages)
    for kind in pages.kinds where kind.first <= base {
      _ = kinds.number(of: kind.type, kind.stream, kind.source, at: kind.first)
    }
    for number in 0..<kinds.streams.count {
      places.append(
        Places(before: Int32(pages.count(of: kinds.streams[number], upTo: base))))
    }
  }
}
