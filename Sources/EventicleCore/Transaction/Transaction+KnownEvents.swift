extension Transaction {
  /// The event of an aggregate that has the id of one about to be persisted, if it has one.
  ///
  /// Costs O(1) for an event of the log, and else O(events of the aggregate + those persisted and
  /// not yet emitted).
  ///
  /// - Throws: ``TransactionError/eventIDTaken(_:_:differing:)`` when that says something else, or
  ///   is no event of the aggregate.
  func known(_ sealed: Event, of key: AggregateKey) throws -> Event? {
    if let position = world.log.position(of: sealed.id),
      let found = world.log.event(at: position)
    {
      try found.checkSame(as: sealed, at: position, comparesStreams: false)
      let version = world.version(of: key, at: position)
      // One that was emitted in a later step than it was persisted in has its old place there.
      guard
        world.event(of: key, at: version)?.1 == position
          || world.keptEvent(sealed.id, of: key) != nil
      else {
        throw TransactionError.eventIDTaken(
          sealed.id, position, differing: "another aggregate than \(key)")
      }
      return found
    }
    if let found = staged.first(where: { $0.event.id == sealed.id }) {
      try found.sealed.checkSame(as: sealed, at: nil, comparesStreams: false)
      guard found.key == key else {
        throw TransactionError.eventIDTaken(
          sealed.id, nil, differing: "another aggregate than \(key)")
      }
      return found.sealed
    }
    return try kept(sealed, of: key)
  }

  /// The event that an aggregate persisted in an earlier step under the id of one at hand, and
  /// that was not emitted then.
  ///
  /// - Throws: ``TransactionError/eventIDTaken(_:_:differing:)`` when that says something else.
  func kept(_ sealed: Event, of key: AggregateKey) throws -> Event? {
    guard let found = world.keptEvent(sealed.id, of: key) else { return nil }
    try found.checkSame(as: sealed, at: nil, comparesStreams: false)
    return found
  }
}

extension World {
  /// The event of an aggregate that has an id and was persisted without being emitted; O(events
  /// of the aggregate), and O(1) when there are no such events.
  func keptEvent(_ id: EventID, of key: AggregateKey) -> Event? {
    guard histories.keptCount > 0 else { return nil }
    let entries = histories.entries(of: key)
    for place in 0..<entries.count where entries[place] < 0 {
      if let event = histories.keptEvent(Int(-entries[place])), event.id == id { return event }
    }
    return nil
  }
}

extension Event {
  /// Checks that this, which is known, and another event of the same id say the same: type, domain
  /// id and data, and stream where that counts. The order of members in the data does not.
  ///
  /// Both are as they rest. What the engine fills in, such as time and cause, is not compared.
  ///
  /// - Throws: ``TransactionError/eventIDTaken(_:_:differing:)``.
  func checkSame(as other: Event, at position: Position?, comparesStreams: Bool = true) throws {
    var differing: [String] = []
    if type != other.type { differing.append("another type") }
    if comparesStreams, stream != other.stream { differing.append("another stream") }
    if domainID != other.domainID { differing.append("another domain id") }
    if data != other.data, !data.value.means(other.data.value) { differing.append("other data") }
    guard !differing.isEmpty else { return }
    throw TransactionError.eventIDTaken(
      id, position, differing: differing.joined(separator: " and "))
  }
}
