extension Transaction {
  /// Stages events of an aggregate until they are emitted or the step ends; stages all of them or
  /// none.
  ///
  /// - Returns: The write, which tells whether the events still stand.
  /// - Throws: The protection's error about an event that it cannot seal.
  package func stage(_ events: [Event], for key: AggregateKey) throws -> StagedWrite {
    let count = staged.count
    do {
      for event in events {
        staged.append(Staged(key: key, event: event, sealed: try services.sealed(event)))
      }
    } catch {
      staged.removeSubrange(count...)
      throw error
    }
    return writes.next()
  }

  /// The aggregates of the staged events: persisted by this step and not yet emitted.
  package var stagedKeys: [AggregateKey] { staged.map(\.key) }

  /// The staged events of an aggregate: persisted by this step and not yet emitted.
  package func stagedEvents(of key: AggregateKey) -> [Event] {
    staged.lazy.filter { $0.key == key }.map(\.event)
  }

  /// The aggregate of an event about to be appended, if this step persisted the event.
  ///
  /// Events staged earlier for the same aggregate are added to its history first, so that versions
  /// keep the order of persisting.
  ///
  /// - Throws: ``TransactionError/eventIDTaken(_:_:differing:)`` when the event differs from the
  ///   one that was persisted.
  func unstage(_ sealed: Event) throws -> AggregateKey? {
    guard
      let index = staged.firstIndex(where: {
        $0.event.id == sealed.id && $0.event.stream.isBeside(sealed.stream)
      })
    else { return nil }
    // The stream may differ: a command has a stream of its own.
    try staged[index].sealed.checkSame(as: sealed, at: nil, comparesStreams: false)
    let key = staged[index].key
    for earlier in staged[..<index] where earlier.key == key { keep(earlier.sealed, key) }
    var rest: [Staged] = []
    for (place, item) in staged.enumerated() where place > index || item.key != key {
      rest.append(item)
    }
    staged = rest
    return key
  }

  /// The stream of an event about to be appended: one persisted for an aggregate of another
  /// workspace and returned unchanged goes to that workspace's part of the stream.
  func stagedStream(of new: NewEvent, _ stream: StreamName) -> StreamName {
    guard let id = new.id else { return stream }
    let same = staged.filter { $0.event.id == id }
    guard !same.isEmpty, !same.contains(where: { $0.event.stream.isBeside(stream) }) else {
      return stream
    }
    let found = same.first {
      $0.event.type == new.type && $0.event.domainID == new.domainID && $0.event.data == new.data
    }
    return found.map { $0.key.workspace.stream(stream.logical) } ?? stream
  }

  // MARK: - Ids

  /// The next id of a counter, such as `order-1`; each workspace has its own counters.
  public func nextID(_ prefix: String) -> DomainID {
    expectOpen()
    return DomainID("\(prefix)-\(nextCount(workspace.ownName(of: prefix)))")
  }

  /// The next id of a saga instance; all workspaces share the counter.
  func nextInstanceID() -> String { "saga-\(nextCount("saga"))" }

  private func nextCount(_ counter: String) -> Int {
    let number = world.ids.counter(counter) + 1
    world.ids.setCounter(counter, to: number)
    if !touchedCounters.contains(counter) { touchedCounters.append(counter) }
    return number
  }

  /// The next number of a series of the engine.
  package func nextNumber(_ series: NumberSeries) -> Int {
    world.ids.numbers[series] += 1
    return world.ids.numbers[series]
  }

  package func raiseCounter(_ counter: String, to number: Int) {
    guard number > world.ids.counter(counter) else { return }
    world.ids.setCounter(counter, to: number)
    if !touchedCounters.contains(counter) { touchedCounters.append(counter) }
  }

  /// An id that no event in the log has.
  ///
  /// Only ids given by hand, or events imported from a world with the same seed, can repeat one;
  /// while there are none, nothing is looked up.
  func nextEventID() -> EventID {
    while true {
      let (high, low) = world.ids.nextUUIDWords(at: now)
      let id = EventID(uuidHigh: high, low: low)
      if !world.ids.mayRepeat || world.log.position(of: id) == nil { return id }
    }
  }

  /// Remembers that an event has an id which the engine might make later.
  package func takeNote(ofGiven id: EventID) {
    guard !world.ids.mayRepeat, case .words = id.form else { return }
    raiseCounter(IDSource.givenIDs, to: 1)
  }
}
