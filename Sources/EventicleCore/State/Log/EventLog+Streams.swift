extension EventLog {
  /// The streams in the order of their first event, those of each workspace apart.
  public var streamNames: [StreamName] {
    read { storage in
      let streams = storage.pointee.kinds.streams
      return (0..<streams.count(upTo: count)).map { streams[$0] }
    }
  }

  /// How many events a stream has, those that retention no longer hands out included.
  public func count(of stream: StreamName) -> Int {
    read { storage in
      storage.pointee.kinds.streams.number(of: stream).map {
        storage.count(ofStream: Int($0), upTo: count)
      } ?? 0
    }
  }

  /// The position in the whole log of an event in a stream; O(1).
  public func position(of stream: StreamName, at place: StreamPosition) -> Position? {
    read { storage in
      guard let number = storage.pointee.kinds.streams.number(of: stream),
        let position = storage.position(ofStream: Int(number), at: place.number)
      else { return nil }
      return position <= count ? Position(position) : nil
    }
  }

  /// The position of an event in its own stream; O(1).
  public func streamPosition(of position: Position) -> StreamPosition {
    guard position.number >= 1, position.number <= count else { return StreamPosition(0) }
    return read { StreamPosition($0.field(at: position.number) { Int($0.place) } ?? 0) }
  }

  /// The first place in a stream after a position in the whole log; O(log n).
  package func place(in stream: StreamName, after position: Position) -> StreamPosition {
    read { storage in
      guard let number = storage.pointee.kinds.streams.number(of: stream) else {
        return StreamPosition(1)
      }
      let bound = Swift.min(position.number, count)
      return StreamPosition(storage.count(ofStream: Int(number), upTo: bound) + 1)
    }
  }

  /// Visits the events of a stream from a place on.
  @inline(__always)
  package func forEach(
    in stream: StreamName, from place: StreamPosition = StreamPosition(1),
    _ body: (Event, Position) throws -> Void
  ) rethrows {
    try read { storage in
      guard let number = storage.pointee.kinds.streams.number(of: stream) else { return }
      let (start, end) = (
        Swift.max(place.number, 1), storage.count(ofStream: Int(number), upTo: count)
      )
      guard start <= end else { return }
      let places = storage.pointee.places[Int(number)]
      let before = Int(places.before)
      if start <= before {
        try storage.forEachPagedPosition(
          ofStream: Int(number), from: start, to: Swift.min(end, before)
        ) { position in
          if let event = storage.pagedEvent(position) { try body(event, Position(position)) }
        }
      }
      guard end > before else { return }
      let offset = storage.pointee.offset
      try places.positions.forEach(
        from: Swift.max(start - 1 - before, 0), to: end - before
      ) { position in
        try body(
          storage.event(storage.pointee.rows[Int(position) - 1 - offset]), Position(Int(position)))
      }
    }
  }
}
