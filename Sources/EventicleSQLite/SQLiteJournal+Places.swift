package import EventicleCore

/// What stands at which place in streams, in histories and among the aggregates of a type.
///
/// Lists are read a block at a time and held, because a screen asks for their items one by one.
extension SQLiteJournal {
  // MARK: - Streams

  package func count(of stream: StreamName, upTo last: Int) -> Int {
    lock {
      if let held = heldCount(of: stream, upTo: last) { return held }
      return attempt {
        try derive(upTo: LogBound(events: min(last, rows.events), kept: 0))
        guard let number = rows.catalogue.number(of: stream) else { return 0 }
        let all = try count(of: stream, number)
        let near = places.streams[number]?.near ?? 0
        let count = try Self.greatest(upTo: all, near: near) { place in
          try position(ofStream: number, at: place).map { $0 <= last } ?? false
        }
        places.streams[number, default: PlaceList()].near = count
        return count
      } ?? 0
    }
  }

  private func heldCount(of stream: StreamName, upTo last: Int) -> Int? {
    guard problem == nil, last <= deriver.events, let number = rows.catalogue.number(of: stream),
      let list = places.streams[number], list.known?.entry == rows.last.number
    else { return nil }
    return list.near { $0 <= last }
  }

  private func count(of stream: StreamName, _ number: Int) throws -> Int {
    if let known = places.streams[number]?.known, known.entry == rows.last.number {
      return known.count
    }
    let found = try count(of: stream, rows.catalogue)
    places.streams[number, default: PlaceList()].note(count: found, at: rows.last.number)
    return found
  }

  package func positions(of stream: StreamName, at places: Range<Int>) -> [Int32] {
    lock {
      if problem == nil, places.count == 1, let number = rows.catalogue.number(of: stream),
        let held = self.places.streams[number]?.item(places.lowerBound - 1),
        let position = Int32(exactly: held)
      {
        return [position]
      }
      return attempt {
        guard let number = rows.catalogue.number(of: stream) else { return [] }
        func found() throws -> [Int] {
          var positions: [Int] = []
          for place in places {
            guard let position = try position(ofStream: number, at: place) else { break }
            positions.append(position)
          }
          return positions
        }
        let known = try found()
        let table = DerivedTables.streamEvent
        guard known.count < places.count, !tail.steps.isEmpty else {
          return try Self.expect(known, in: possiblePositions, of: table)
        }
        try derive()
        return try Self.expect(found(), in: possiblePositions, of: table)
      } ?? []
    }
  }

  /// The position of an event of a stream by its place from 1; `nil` where the tables have none.
  private func position(ofStream number: Int, at place: Int) throws -> Int? {
    guard place >= 1 else { return nil }
    if let held = places.streams[number]?.item(place - 1) { return held }
    let block = (place - 1) / HeldPlaces.block
    let first = block * HeldPlaces.block + 1
    let rows = try database.statement(
      """
      SELECT place, position FROM stream_event WHERE stream = ?1 AND place >= ?2 AND place < ?3 \
      ORDER BY place
      """)
    defer { rows.reset() }
    rows.bind(1, number)
    rows.bind(2, first)
    rows.bind(3, first + HeldPlaces.block)
    var found: [Int] = []
    while try rows.next(), rows.int(0) == first + found.count { found.append(rows.int(1)) }
    places.streams[number, default: PlaceList()].hold(found, block: block)
    return places.streams[number]?.item(place - 1)
  }

  // MARK: - Histories

  package func history(of key: AggregateKey, upTo bound: LogBound) -> StoredHistory? {
    lock {
      let bound = reachable(bound)
      if problem == nil, let held = answers.history(of: key, upTo: bound) { return held }
      return attempt {
        try derive(upTo: bound)
        let found = try history(of: key, within: bound)
        answers.hold(found, of: key, upTo: bound)
        return found
      } ?? nil
    }
  }

  private func history(of key: AggregateKey, within bound: LogBound) throws -> StoredHistory? {
    let number = try places.number(of: key) { [database] in
      try DerivedTables.number(of: key, database)
    }
    guard let number else { return nil }
    let count: Int
    if let events = try whole(history: number, within: bound) {
      count = events.partitioningIndex { !bound.holds($0) }
    } else {
      let all = try Self.expect(
        DerivedTables.count(ofHistory: number, database), in: possibleCounts,
        of: DerivedTables.history)
      count = try Self.greatest(upTo: all) { version in
        try database.row(
          "SELECT event FROM history WHERE aggregate = ?1 AND version = ?2", number, version
        ) { bound.holds($0.int(0)) } ?? false
      }
    }
    return count > 0 ? StoredHistory(number: number, count: count) : nil
  }

  /// The events of an aggregate, at least those within a bound; `nil` when there are many.
  private func whole(history number: Int, within bound: LogBound) throws -> [Int]? {
    if let held = places.history(number) {
      let isPast = held.events.last.map { !bound.holds($0) } ?? false
      if isPast || held.entry == deriver.entry { return held.events }
    }
    let events = try database.numbers(
      "SELECT event FROM history WHERE aggregate = ?1 ORDER BY version LIMIT ?2", number,
      HeldPlaces.longest + 1)
    guard events.count <= HeldPlaces.longest else { return nil }
    places.hold(HeldPlaces.History(events: events, entry: deriver.entry), number)
    return events
  }

  /// As much of a bound as there is.
  private func reachable(_ bound: LogBound) -> LogBound {
    LogBound(events: min(bound.events, rows.events), kept: min(bound.kept, rows.kept))
  }

  package func entries(of history: StoredHistory, _ range: Range<Int>) -> [Int32] {
    lock {
      attempt {
        let wanted = range.clamped(to: 0..<history.count)
        let possible = -Int(Int32.max)...possiblePositions.upperBound
        if let held = places.history(history.number)?.events, held.count >= history.count {
          return try Self.expect(Array(held[wanted]), in: possible, of: DerivedTables.history)
        }
        let found = try database.numbers(
          """
          SELECT event FROM history WHERE aggregate = ?1 AND version > ?2 AND version <= ?3 \
          ORDER BY version
          """, history.number, wanted.lowerBound, wanted.upperBound)
        return try Self.expect(found, in: possible, of: DerivedTables.history)
      } ?? []
    }
  }

  // MARK: - Aggregates

  package func count(ofAggregates type: String, upTo bound: LogBound) -> Int {
    lock {
      let (key, bound) = (EventType(type), reachable(bound))
      if problem == nil, bound.events <= deriver.events, bound.kept <= deriver.kept,
        let list = places.types[key], list.known?.entry == deriver.entry,
        let held = list.near(where: { bound.holds($0.first) })
      {
        return held
      }
      return attempt {
        try derive(upTo: bound)
        let all = try count(ofAggregates: key)
        let count = try Self.greatest(upTo: all, near: places.types[key]?.near ?? 0) { number in
          try aggregate(key, number - 1).map { bound.holds($0.first) } ?? false
        }
        places.types[key, default: PlaceList()].near = count
        return count
      } ?? 0
    }
  }

  private func count(ofAggregates type: EventType) throws -> Int {
    if let known = places.types[type]?.known, known.entry == deriver.entry { return known.count }
    let newest = try database.statement(
      "SELECT place FROM aggregate WHERE type = ?1 ORDER BY place DESC LIMIT 1")
    newest.bind(1, type.text)
    let last = try newest.next() ? newest.int(0) : -1
    newest.reset()
    let all = try Self.expect(last, in: -1...Int(Int32.max) - 1, of: DerivedTables.aggregate)
    places.types[type, default: PlaceList()].note(count: all + 1, at: deriver.entry)
    return all + 1
  }

  package func aggregate(of type: String, at place: Int) -> DomainID? {
    lock {
      let key = EventType(type)
      if problem == nil, let held = places.types[key]?.item(place) { return held.id }
      return attempt {
        if let known = try aggregate(key, place) { return known.id }
        try derive()
        return try aggregate(key, place)?.id
      } ?? nil
    }
  }

  /// An aggregate of a type by its place from 0; `nil` where the tables have none.
  private func aggregate(_ type: EventType, _ place: Int) throws -> HeldPlaces.Aggregate? {
    guard place >= 0 else { return nil }
    if let held = places.types[type]?.item(place) { return held }
    let block = place / HeldPlaces.block
    let first = block * HeldPlaces.block
    let rows = try database.statement(
      """
      SELECT place, id, first FROM aggregate WHERE type = ?1 AND place >= ?2 AND place < ?3 \
      ORDER BY place
      """)
    defer { rows.reset() }
    rows.bind(1, type.text)
    rows.bind(2, first)
    rows.bind(3, first + HeldPlaces.block)
    var found: [HeldPlaces.Aggregate] = []
    while try rows.next(), rows.int(0) == first + found.count {
      found.append(HeldPlaces.Aggregate(id: DomainID(rows.text(1) ?? ""), first: rows.int(2)))
    }
    places.types[type, default: PlaceList()].hold(found, block: block)
    return places.types[type]?.item(place)
  }

  // MARK: - Bounds

  /// The positions that a table can have; one that is being written may have more than was read.
  private var possiblePositions: ClosedRange<Int> {
    1...(writer == nil ? Int(Int32.max) : max(1, rows.events))
  }

  /// How many events something can have.
  private var possibleCounts: ClosedRange<Int> { 0...Int(Int32.max) }

  /// The last number, from 1, up to one for which something that ends once holds; 0 for none.
  ///
  /// - Parameter guess: A number that is likely near it; the nearer, the fewer are asked for.
  private static func greatest(
    upTo count: Int, near guess: Int = 0, where holds: (Int) throws -> Bool
  ) rethrows -> Int {
    // Most questions are about the newest.
    if count > 0, try holds(count) { return count }
    var (low, high) = (0, max(0, count - 1))
    let guess = min(guess, high)
    var stride = 1
    if guess > 0, try holds(guess) {
      low = guess
      while low + stride <= high {
        guard try holds(low + stride) else {
          high = low + stride - 1
          break
        }
        low += stride
        stride *= 2
      }
    } else if guess > 0 {
      high = guess - 1
      while high - stride > 0 {
        if try holds(high - stride) {
          low = high - stride
          break
        }
        high -= stride + 1
        stride *= 2
      }
    }
    while low < high {
      let middle = (low + high + 1) / 2
      if try holds(middle) { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

extension LogBound {
  /// Whether an event of a history, a position or the negated number of a kept one, is before it.
  fileprivate func holds(_ event: Int) -> Bool {
    event > 0 ? event <= events : -event <= kept
  }
}
