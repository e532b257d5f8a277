extension Transaction {
  /// The existing event of an aggregate with the id of one about to be persisted, if there is one.
  ///
  /// O(1) for an event of the log, else O(events of the aggregate + those persisted and not yet
  /// emitted).
  ///
  /// - Throws: ``TransactionError/eventIDTaken(_:_:differing:)`` when the existing event differs or
  ///   is not the aggregate's.
  func known(_ sealed: Event, of key: AggregateKey) throws -> Event? {
    if let position = world.log.position(of: sealed.id),
      let found = world.log.event(at: position)
    {
      try found.checkSame(as: sealed, at: position, comparesStreams: false)
      let version = world.version(of: key, at: position)
      // One emitted in a later step than it was persisted in keeps its original place there.
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

  /// The event that an aggregate persisted under the same id in an earlier step without emitting
  /// it.
  ///
  /// - Throws: ``TransactionError/eventIDTaken(_:_:differing:)`` when that event differs.
  func kept(_ sealed: Event, of key: AggregateKey) throws -> Event? {
    guard let found = world.keptEvent(sealed.id, of: key) else { return nil }
    try found.checkSame(as: sealed, at: nil, comparesStreams: false)
    return found
  }
}

extension World {
  /// The event of an aggregate with an id that was persisted without being emitted; O(events of the
  /// aggregate), or O(1) when there are no such events.
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
  /// Checks that this known event and another with the same id agree in type, domain id and data,
  /// and in the stream where that counts; the order of members in the data does not matter.
  ///
  /// Both are in their stored form. What the engine fills in, such as time and cause, is not
  /// compared.
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
