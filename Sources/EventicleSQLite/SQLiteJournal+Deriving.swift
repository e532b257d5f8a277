import EventicleCore

extension SQLiteJournal {
  /// Brings the derived tables up to the last step, in the open transaction or in one of its own.
  ///
  /// Nobody waits for it to be acknowledged: what is lost of it is made again.
  func derive() throws {
    guard !tail.steps.isEmpty else { return }
    let isAlone = !database.isInTransaction
    if isAlone { try database.run("BEGIN IMMEDIATE") }
    for step in tail.steps {
      try deriver.add(step) { rows.catalogue.stream(ofKind: $0) }
    }
    try deriver.finish()
    if isAlone { try database.run("COMMIT") }
    tail.clear()
  }

  /// Brings the derived tables up to an entry, if they are not there yet.
  func derive(upTo entry: JournalIndex) throws {
    if entry.number > deriver.entry { try derive() }
  }

  /// Brings the derived tables up to a number of published and of kept events.
  func derive(upTo bound: LogBound) throws {
    if bound.events > deriver.events || bound.kept > deriver.kept { try derive() }
  }

  // MARK: - What a new event needs

  /// The number of events in a stream so far.
  func count(of stream: StreamName, _ catalogue: Catalogue) throws -> Int {
    if let known = tail.count(of: stream) { return known }
    guard let number = catalogue.number(of: stream) else { return 0 }
    let last = try database.row(
      """
      SELECT s.place, e.place, e.kind FROM stream_event s LEFT JOIN event e ON e.position = s.position \
      WHERE s.stream = ?1 ORDER BY s.place DESC LIMIT 1
      """, number
    ) { (place: $0.int(0), inEvent: $0.optionalInt(1), kind: $0.int(2)) }
    guard let last else { return 0 }
    guard last.inEvent != nil else {
      throw StepRowReader.Damage(what: "the last event of the stream \(stream) is missing")
    }
    // The next event gets its place from it, for ever.
    guard last.inEvent == last.place, catalogue.stream(ofKind: last.kind) == number else {
      throw StoreFault.derivedDamaged("the table stream_event is not what the events say")
    }
    return last.place
  }

  /// The event in the log that another one names as its cause: the last one of its workspace with
  /// that id, else the last one.
  func cause(
    of event: Event, _ catalogue: Catalogue
  ) throws -> (position: Int, type: EventType)? {
    guard let id = event.causedByID else { return nil }
    var other: (position: Int, type: EventType)?
    for position in try candidates(for: id).reversed() {
      guard let kind = try kind(ofEvent: position, if: id) else { continue }
      let found = try catalogue.kind(kind)
      if found.stream.workspace == event.stream.workspace { return (position, found.type) }
      other = other ?? (position, found.type)
    }
    return other
  }

  /// The positions of events whose ids have the word of an id, in order.
  func candidates(for id: EventID) throws -> [Int] {
    try database.numbers("SELECT position FROM event_id WHERE word = ?1 ORDER BY position", id.word)
      + tail.positions(of: id.word)
  }

  /// The kind of the event at a position, if it has an id.
  func kind(ofEvent position: Int, if id: EventID) throws -> Int? {
    try database.row("SELECT id, kind FROM event WHERE position = ?1", position) { row in
      try EventColumns.id(row, 0) == id ? row.int(1) : nil
    } ?? nil
  }
}
