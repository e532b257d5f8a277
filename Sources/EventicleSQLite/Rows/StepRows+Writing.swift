internal import EventicleCore

/// The rows of steps in a file: how many there are, and the hash over them.
struct StepRows {
  /// The last entry.
  var last = JournalIndex(0)
  /// The number of steps.
  var steps = 0
  /// The number of published events.
  var events = 0
  /// The number of events that were persisted without being published.
  var kept = 0
  /// The hash after the last step.
  var chain: Int
  var catalogue: Catalogue

  /// The rows of a store without steps.
  ///
  /// - Parameter store: The store's own number, from which the hashes begin.
  init(of store: Int, _ catalogue: Catalogue) {
    chain = store
    self.catalogue = catalogue
  }
}

/// What a store knows of an event besides the event when it writes it.
struct EventPlace {
  /// Its place in its stream, from 1.
  let place: Int
  /// The event in the log that it names as its cause, if it is there.
  let cause: (position: Int, type: EventType)?
}

extension StepRows {
  /// Writes the rows of a step, which follows the last one.
  ///
  /// - Parameter place: What is known of the event at a position.
  mutating func write(
    _ step: StoredStep, _ database: Database,
    place: (Event, _ position: Int, Catalogue) throws -> EventPlace
  ) throws {
    var hash = StepHash(after: chain)
    steps += 1
    let input = catalogue.pieces.bytes(of: step)
    for (number, part) in step.parts.enumerated() {
      let start = last.number + 1
      for event in part.events {
        try write(event, from: start, database, &hash, place)
      }
      let changes = catalogue.pieces.bytes(of: part.changes)
      for (place, entry) in part.entries.enumerated() {
        var row = EntryRow(
          start + place, entry, catalogue.pieces.columns(of: entry.kind), &catalogue)
        if place == 0 {
          row.length = part.entries.count
          row.changes = changes
          if number == 0 { (row.step, row.input) = (steps, input) }
        }
        let isLast = place + 1 == part.entries.count
        if isLast { (row.events, row.kept) = (events, kept) }
        let insert = try database.statement(EntryRow.insertion)
        row.bind(insert)
        row.add(to: &hash)
        if isLast, number + 1 == step.parts.count {
          chain = hash.stored
          insert.bind(21, chain)
        } else {
          insert.bind(21, Int?.none)
        }
        try insert.run()
      }
      last = JournalIndex(start + part.entries.count - 1)
    }
    try catalogue.save(database)
  }

  private mutating func write(
    _ event: StoredEvent, from start: Int, _ database: Database, _ hash: inout StepHash,
    _ place: (Event, _ position: Int, Catalogue) throws -> EventPlace
  ) throws {
    switch event {
    case .logged(let event, let key, by: let entry):
      events += 1
      let place = try place(event, events, catalogue)
      let columns = self.columns(
        of: event, key, by: entry.number, isPublished: true, place.cause)
      let insert = try database.statement(
        "INSERT INTO event VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
      insert.bind(1, events)
      insert.bind(2, place.place)
      hash.add(events)
      hash.add(place.place)
      columns.bind(insert, from: 3)
      columns.add(to: &hash)
      try insert.run()
    case .kept(let event, let key):
      kept += 1
      let columns = self.columns(of: event, key, by: start, isPublished: false, nil)
      let insert = try database.statement(
        "INSERT INTO kept_event VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
      insert.bind(1, kept)
      insert.bind(2, events)
      hash.add(kept)
      hash.add(events)
      columns.bind(insert, from: 3)
      columns.add(to: &hash)
      try insert.run()
    }
  }

  private mutating func columns(
    of event: Event, _ key: AggregateKey?, by entry: Int, isPublished: Bool,
    _ cause: (position: Int, type: EventType)?
  ) -> EventColumns {
    var extra = EventExtra()
    if cause == nil { extra.causedByID = event.causedByID }
    if event.causedByType != cause?.type { extra.causedByType = .some(event.causedByType) }
    extra.trace = event.apmTrace
    var aggregate: EventType?
    if let key, let id = event.domainID, key.id == id, key.workspace == event.stream.owner {
      aggregate = EventType(key.type)
    } else {
      extra.aggregate = key
    }
    let kind = Catalogue.Kind(
      type: event.type, stream: event.stream, source: EventType(event.source),
      aggregate: aggregate, isPublished: isPublished)
    return EventColumns(
      kind: catalogue.number(of: kind, at: isPublished ? events : 0), entry: entry,
      createdAt: Int(event.createdAt.milliseconds), cause: cause?.position, id: event.id,
      subject: event.domainID?.text, data: event.data, extra: extra.json,
      members: event.additionalMembers)
  }
}

extension StreamName {
  /// The workspace of the stream's aggregates, as a key of one has it.
  var owner: Workspace { AggregateKey("", DomainID(""), in: workspace).workspace }
}
