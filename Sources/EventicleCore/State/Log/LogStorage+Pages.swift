internal import HashTreeCollections

/// Reads the events that are not resident.
extension UnsafePointer<LogStorage> {
  /// The row of an older event; `nil` when it cannot be had.
  @inline(never)
  func paged(_ position: Int) -> LocatedRow? {
    guard position >= 1, position <= pointee.offset else { return nil }
    return pointee.pages?.page(LogPage.number(of: position))?.located(position)
  }

  /// An older event.
  @inline(never)
  func pagedEvent(_ position: Int) -> Event? {
    paged(position).map { event($0.row, in: $0.block) }
  }

  /// A field of an older event.
  @inline(never)
  func pagedField<Value>(_ position: Int, _ take: (EventRow) -> Value) -> Value? {
    paged(position).map { take($0.row) }
  }

  /// What is known of a cause that is not resident.
  @inline(never)
  func earlierCause(_ position: Int) -> LogStorage.EarlierCause? {
    if let known = pointee.earlierCauses[Int32(position)] { return known }
    return paged(position).map {
      LogStorage.EarlierCause(id: id(of: $0.row, in: $0.block), kind: $0.row.kind)
    }
  }

  /// The position of the latest older event with an id among the first so many.
  @inline(never)
  func pagedPosition(
    of id: EventID, upTo count: Int, in isMeant: (StreamName) -> Bool
  ) -> Int? {
    var last = Swift.min(count, pointee.offset)
    while last > 0, let found = pointee.pages?.position(of: id, upTo: last), found <= last {
      guard let stream = stream(at: found) else { return nil }
      if isMeant(stream) { return found }
      last = found - 1
    }
    return nil
  }

  /// Visits older events, one page after the other.
  @inline(never)
  func forEachPaged(
    from start: Int, to end: Int, _ body: (Event) throws -> Void
  ) rethrows {
    var page: LogPage?
    for position in stride(from: start, through: Swift.min(end, pointee.offset), by: 1) {
      if page == nil || (position - 1) % LogPage.size == 0 {
        page = pointee.pages?.page(LogPage.number(of: position))
      }
      guard let found = page?.located(position) else { return }
      try body(event(found.row, in: found.block))
    }
  }

  /// How many events of a stream, by its number, are among the first so many.
  @inline(__always)
  func count(ofStream number: Int, upTo count: Int) -> Int {
    // Read where they lie, because a copy retains what it has.
    let places = pointee.places.address(of: number)
    if count == pointee.count { return places.pointee.count }
    if count >= pointee.offset {
      return Int(places.pointee.before)
        + places.pointee.positions.partitionPoint { Int($0) > count }
    }
    return pagedCount(ofStream: number, upTo: count)
  }

  @inline(never)
  private func pagedCount(ofStream number: Int, upTo count: Int) -> Int {
    return pointee.pages?.count(of: pointee.kinds.streams[number], upTo: count) ?? 0
  }

  /// The position of an event of a stream, by the stream's number and the place in it from 1.
  @inline(__always)
  func position(ofStream number: Int, at place: Int) -> Int? {
    let places = pointee.places.address(of: number)
    guard place >= 1, place <= places.pointee.count else { return nil }
    let index = place - 1 - Int(places.pointee.before)
    if index >= 0 { return Int(places.pointee.positions[index]) }
    return pagedPosition(ofStream: number, at: place)
  }

  @inline(never)
  private func pagedPosition(ofStream number: Int, at place: Int) -> Int? {
    pointee.pages?.positions(
      of: pointee.kinds.streams[number], at: place..<(place + 1)
    ).first.map { Int($0) }
  }

  /// Visits the positions of a stream's older events at some places from 1.
  @inline(never)
  func forEachPagedPosition(
    ofStream number: Int, from start: Int, to end: Int, _ body: (Int) throws -> Void
  ) rethrows {
    var place = start
    while place <= end {
      let next = Swift.min(place + LogPage.size, end + 1)
      let found =
        pointee.pages?.positions(of: pointee.kinds.streams[number], at: place..<next) ?? []
      guard !found.isEmpty else { return }
      for position in found { try body(Int(position)) }
      place = next
    }
  }
}

/// Lets go of older events.
extension LogStorage {
  /// The first `count` events with those up to a base in pages.
  func rebased(on pages: any LogPages, upTo base: Int, of count: Int) -> LogStorage {
    let start = Swift.min(Swift.max(base, offset), Swift.max(count, offset))
    var other = LogStorage(isIndexed: isIndexed)
    (other.offset, other.pages, other.indexed) = (start, pages, start)
    other.kinds = kinds
    if self.count > count { other.kinds.truncate(to: count) }
    for number in 0..<other.kinds.streams.count {
      let old = places[number]
      let gone = old.positions.partitionPoint { Int($0) > start }
      let end = old.positions.partitionPoint { Int($0) > count }
      var kept = Places(before: old.before + Int32(gone))
      old.positions.forEach(from: gone, to: Swift.max(gone, end)) { kept.positions.append($0) }
      other.places.append(kept)
    }
    other.payload = payload
    if start < self.count { other.payload.drop(beforeBlock: rows[start - offset].block) }
    withUnsafePointer(to: self) { old in
      for index in (start - offset)..<Swift.max(start, count) - offset {
        let row = rows[index]
        other.rows.append(row)
        let cause = Int(row.cause)
        guard cause > 0, cause <= start, other.earlierCauses[row.cause] == nil else { continue }
        other.earlierCauses[row.cause] =
          cause > offset
          ? EarlierCause(
            id: old.id(of: rows[cause - 1 - offset]), kind: rows[cause - 1 - offset].kind)
          : old.earlierCause(cause)
      }
    }
    // None of them is indexed before the next one is appended.
    if !other.rows.isEmpty { other.unindexedIDs = .max }
    (other.lastCause, other.lastCausePosition) = (lastCause, lastCausePosition)
    other.lastEffect = lastEffect
    if Int(lastCausePosition) > count { (other.lastCause, other.lastCausePosition) = (nil, 0) }
    return other
  }
}

extension EventLog {
  /// The log with the events up to a base in pages, and only later ones resident.
  ///
  /// Earlier copies keep what they have. A base before the present one changes nothing but whom is
  /// asked.
  ///
  /// - Parameter base: A number of events, all of which the pages have.
  /// - Complexity: O(events that stay resident).
  package func rebased(on pages: any LogPages, upTo base: Int) -> EventLog {
    EventLog(read { $0.pointee.rebased(on: pages, upTo: base, of: count) }, count: count)
  }

  /// The number of older events that are not resident.
  package var pagedCount: Int { read { $0.pointee.offset } }
}
