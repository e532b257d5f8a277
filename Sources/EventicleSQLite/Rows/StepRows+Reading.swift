internal import EventicleCore

/// Reads steps from their rows, one after the other, and goes on with the hash over them.
struct StepRowReader {
  private let catalogue: Catalogue
  private var ahead: StepRowsAhead
  private var steps: Int
  private var events: Int
  private var kept: Int
  private var hash: StepHash
  /// Whether what rows say is read, and not only compared with their hash.
  private var reads = true
  /// The next entry to read.
  private(set) var next: Int

  /// Why rows are not what was written.
  struct Damage: Error {
    let what: String
  }

  /// Begins after an entry that ends a step.
  ///
  /// - Parameters:
  ///   - end: The last entry that is wanted, as far as that is known; rows are read ahead up to it.
  ///   - start: The store's own number, from which the hashes begin.
  /// - Throws: ``Damage`` when no step ends there.
  init(
    after entry: Int, upTo end: Int = .max, of start: Int, _ database: Database,
    _ catalogue: Catalogue
  ) throws {
    self.catalogue = catalogue
    ahead = StepRowsAhead(upTo: end, database, catalogue)
    // What a damaged table says may be any number; no step ends there then.
    next = entry &+ 1
    guard entry > 0 else {
      (steps, events, kept, hash) = (0, 0, 0, StepHash(after: start))
      return
    }
    let row = try database.statement(
      """
      SELECT events, kept, hash, (SELECT step FROM journal WHERE entry <= ?1 AND step IS NOT NULL \
      ORDER BY entry DESC LIMIT 1) FROM journal WHERE entry = ?1
      """)
    defer { row.reset() }
    row.bind(1, entry)
    guard try row.next(), let chain = row.optionalInt(2) else {
      throw Damage(what: "no step ends with j\(entry)")
    }
    (events, kept, hash) = (row.int(0), row.int(1), StepHash(after: chain))
    steps = row.int(3)
  }

  /// What the rows so far come to.
  var rows: StepRows {
    var rows = StepRows(of: hash.stored, catalogue)
    rows.last = JournalIndex(next - 1)
    (rows.steps, rows.events, rows.kept) = (steps, events, kept)
    return rows
  }

  /// The next step; `nil` when there is none.
  ///
  /// - Throws: ``Damage`` when its rows are not the ones that were written.
  mutating func step() throws -> StoredStep? {
    let first = next
    do {
      var parts: [StoredStep.Part] = []
      guard let input = try whole(&parts) else { return nil }
      return StoredStep(try catalogue.pieces.input(input, of: parts), parts: parts)
    } catch let error as StepCodecError {
      throw Damage(what: "the step from j\(first) on cannot be read: \(error.clause)")
    } catch let error as JSONError {
      throw Damage(what: "the step from j\(first) on has data that is no JSON: \(error)")
    }
  }

  /// Compares the next step with its hash, without reading what it says; whether there is one.
  ///
  /// - Throws: ``Damage`` when its rows are not the ones that were written.
  mutating func pass() throws -> Bool {
    reads = false
    defer { reads = true }
    var parts: [StoredStep.Part] = []
    return try whole(&parts) != nil
  }

  /// Reads the parts of the next step, and returns its input; `nil` when there is none.
  private mutating func whole(_ parts: inout [StoredStep.Part]) throws -> [UInt8]? {
    var input: [UInt8]?
    while true {
      guard let (rows, chain) = try part(isFirst: input == nil, &input) else {
        guard input == nil else { throw Damage(what: "the step from j\(next) on has no end") }
        return nil
      }
      if let rows { parts.append(rows) }
      guard let chain else { continue }
      guard chain == hash.stored else {
        throw Damage(what: "the step that ends with j\(next - 1) is not the one that was written")
      }
      return input
    }
  }

  /// The next part, and the hash in its last row.
  private mutating func part(
    isFirst: Bool, _ input: inout [UInt8]?
  ) throws -> (StoredStep.Part?, chain: Int?)? {
    var rows: [EntryRow] = []
    var chain: Int?
    while let (row, found) = try ahead.row(from: next + rows.count) {
      guard row.entry == next + rows.count else {
        throw Damage(what: "j\(next + rows.count) is missing")
      }
      rows.append(row)
      chain = found
      if row.events != nil { break }
    }
    guard let first = rows.first, let last = rows.last else { return nil }
    guard first.length == rows.count, let changes = first.changes,
      (first.input != nil) == isFirst, first.step == (isFirst ? steps + 1 : nil),
      let eventEnd = last.events, let keptEnd = last.kept
    else { throw Damage(what: "the rows from j\(next) on are no whole part of a step") }
    if isFirst {
      input = first.input
      steps += 1
    }
    let found = try self.events(upTo: eventEnd, keptEnd)
    var heads: [StoredStep.Part.Head] = []
    for row in rows {
      row.add(to: &hash)
      guard reads else { continue }
      let origin = row.origin.flatMap { UInt8(exactly: $0) }.flatMap { InputOrigin(rawValue: $0) }
      heads.append(
        (try catalogue.pieces.kind(row.says), row.cause.map { JournalIndex($0) }, origin))
    }
    guard reads else {
      next += rows.count
      return (nil, chain)
    }
    let part = StoredStep.Part(
      from: JournalIndex(next), at: Instant(milliseconds: Int64(first.instant)), heads,
      events: found, try catalogue.pieces.changes(changes))
    next += rows.count
    return (part, chain)
  }

  // MARK: - Events

  /// The events up to counts of published and of kept ones, in the order in which they came.
  private mutating func events(upTo eventEnd: Int, _ keptEnd: Int) throws -> [StoredEvent] {
    guard eventEnd >= events, keptEnd >= kept else {
      throw Damage(what: "j\(next) has fewer events after it than before")
    }
    let keptRows = try ahead.kept(after: kept, upTo: keptEnd, isRead: reads)
    guard keptRows.count == keptEnd - kept else {
      throw Damage(what: "kept event \(kept + keptRows.count + 1) is missing")
    }
    var found: [StoredEvent] = []
    var nextKept = 0
    func takeKept(_ reader: inout StepRowReader) throws {
      while nextKept < keptRows.count, keptRows[nextKept].before <= reader.events {
        let (before, columns) = keptRows[nextKept]
        reader.kept += 1
        nextKept += 1
        reader.hash.add(reader.kept)
        reader.hash.add(before)
        columns.add(to: &reader.hash)
        if reader.reads { found.append(try reader.event(columns)) }
      }
    }
    let rows = try ahead.published(after: events, upTo: eventEnd, isRead: reads)
    guard rows.count == eventEnd - events else {
      throw Damage(what: "event #\(events + rows.count + 1) is missing")
    }
    for (place, columns) in rows {
      try takeKept(&self)
      events += 1
      hash.add(events)
      hash.add(place)
      columns.add(to: &hash)
      if reads { found.append(try event(columns)) }
    }
    try takeKept(&self)
    guard nextKept == keptRows.count else {
      throw Damage(what: "kept event \(kept + 1) is in another step")
    }
    return found
  }

  private func event(_ columns: EventColumns) throws -> StoredEvent {
    let kind = try catalogue.kind(columns.kind)
    let found = try columns.event(kind, catalogue)
    if kind.isPublished {
      return .logged(found.event, found.aggregate, by: JournalIndex(columns.entry))
    }
    guard let key = found.aggregate else {
      throw Damage(what: "a kept event belongs to no aggregate")
    }
    return .kept(found.event, key)
  }
}

extension EventColumns {
  /// The event that the columns say, its aggregate, and the type of the event at `cause`.
  ///
  /// What they say of its cause is in the row of the cause, which was read with them.
  func event(
    _ kind: Catalogue.Kind, _ catalogue: Catalogue
  ) throws -> (event: Event, aggregate: AggregateKey?, causeType: EventType?) {
    let extra = EventExtra(self.extra)
    var causedByID = extra.causedByID
    var causeType: EventType?
    if let cause {
      guard let causeRow else {
        throw StepRowReader.Damage(what: "#\(cause), the cause of another event, is missing")
      }
      causedByID = causeRow.id
      causeType = try catalogue.kind(causeRow.kind).type
    }
    let causedByType = extra.causedByType ?? causeType
    let subject = subject.map { DomainID($0) }
    var event = Event(
      id: id, type: kind.type, source: kind.source.text, causedByID: causedByID,
      causedByType: causedByType, stream: kind.stream, domainID: subject,
      createdAt: Instant(milliseconds: Int64(createdAt)), data: data, apmTrace: extra.trace)
    event.additionalMembers = members
    var key = extra.aggregate
    if let type = kind.aggregate, let subject {
      key = AggregateKey(type.text, subject, in: kind.stream.owner)
    }
    return (event, key, causeType)
  }
}

extension StepCodecError {
  /// The sentence as it follows a colon.
  var clause: String {
    let text = description.hasSuffix(".") ? description.dropLast() : description[...]
    return (text.first.map { $0.lowercased() } ?? "") + text.dropFirst()
  }
}
