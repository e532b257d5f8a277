extension EventLog {
  /// The streams in the order of their first event, those of each workspace apart.
  public var streamNames: [StreamName] {
    read { storage in
      let streams = storage.pointee.kinds.streams
      return (0..<streams.count(upTo: count)).map { streams[$0] }
    }
  }

  /// The number of events in a stream.
  public func count(of stream: StreamName) -> Int {
    read { storage in
      storage.pointee.kinds.streams.number(of: stream).map { seen(storage, Int($0)) } ?? 0
    }
  }

  /// The number of a stream's events that this log sees.
  @inline(__always)
  private func seen(_ storage: UnsafePointer<LogStorage>, _ stream: Int) -> Int {
    let places = storage.pointee.places[stream]
    return count == storage.pointee.rows.count
      ? places.count : places.partitionPoint { Int($0) > count }
  }

  /// The position in the whole log of an event in a stream; O(1).
  public func position(of stream: StreamName, at place: StreamPosition) -> Position? {
    read { storage in
      guard let number = storage.pointee.kinds.streams.number(of: stream), place.number >= 1
      else {
        return nil
      }
      let places = storage.pointee.places[Int(number)]
      guard place.number <= places.count else { return nil }
      let position = Int(places[place.number - 1])
      return position <= count ? Position(position) : nil
    }
  }

  /// The position of an event in its own stream; O(1).
  public func streamPosition(of position: Position) -> StreamPosition {
    guard position.number >= 1, position.number <= count else { return StreamPosition(0) }
    return read { StreamPosition(Int($0.pointee.rows[position.number - 1].place)) }
  }

  /// The first place in a stream after a position in the whole log; O(log n).
  func place(in stream: StreamName, after position: Position) -> StreamPosition {
    read { storage in
      guard let number = storage.pointee.kinds.streams.number(of: stream) else {
        return StreamPosition(1)
      }
      let bound = Swift.min(position.number, count)
      return StreamPosition(
        storage.pointee.places[Int(number)].partitionPoint { Int($0) > bound } + 1)
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
      let (start, end) = (Swift.max(place.number, 1), seen(storage, Int(number)))
      guard start <= end else { return }
      try storage.pointee.places[Int(number)].forEach(from: start - 1, to: end) { position in
        try body(storage.event(storage.pointee.rows[Int(position) - 1]), Position(Int(position)))
      }
    }
  }
}
