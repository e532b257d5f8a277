/// Reads the storage of a log in place: access through a pointer copies nothing.
extension UnsafePointer<LogStorage> {
  /// The position of the latest event with an id among the first so many.
  ///
  /// - Parameter isMeant: Whether an event of a stream is; asked when the id is found.
  @inline(__always)
  func position(
    of id: EventID, upTo count: Int, in isMeant: (StreamName) -> Bool = { _ in true }
  ) -> Int? {
    guard pointee.isIndexed else { return nil }
    let hash = UInt32(truncatingIfNeeded: id.quickHash >> 32)
    if pointee.unindexedIDs & LogStorage.bit(of: hash) != 0 {
      var position = count
      while position > pointee.indexed {
        if isID(id, at: position), let stream = stream(at: position), isMeant(stream) {
          return position
        }
        position -= 1
      }
    }
    let found = pointee.ids.last(under: hash) {
      Int($0) <= count && isID(id, at: Int($0)) && (stream(at: Int($0)).map(isMeant) ?? false)
    }
    if let found { return Int(found) }
    return pointee.offset == 0 ? nil : pagedPosition(of: id, upTo: count, in: isMeant)
  }

  /// The position of the latest event with an id in the workspace of a stream, else in any.
  @inline(__always)
  func position(of id: EventID, upTo count: Int, besides stream: StreamName) -> Int? {
    guard let found = position(of: id, upTo: count) else { return nil }
    if self.stream(at: found)?.isBeside(stream) ?? true { return found }
    return position(of: id, upTo: count) { $0.isBeside(stream) } ?? found
  }

  /// A field of the event at a position of the log; `nil` when it cannot be had.
  @inline(__always)
  func field<Value>(at position: Int, _ take: (EventRow) -> Value) -> Value? {
    let index = position - 1 - pointee.offset
    return index >= 0 ? take(pointee.rows[index]) : pagedField(position, take)
  }

  @inline(__always)
  func stream(at position: Int) -> StreamName? {
    field(at: position) { pointee.kinds[$0.kind].pointee.stream }
  }

  /// Whether a resident event has an id.
  @inline(__always)
  private func isID(_ id: EventID, at position: Int) -> Bool {
    let row = pointee.rows[position - 1 - pointee.offset]
    switch id.form {
    case .words(let high, let low):
      return row.idHigh == high && row.idLow == low && !row.traits.contains(.textID)
    case .text: return row.traits.contains(.textID) && self.id(of: row) == id
    }
  }

  @inline(__always)
  func id(of row: EventRow) -> EventID {
    row.traits.contains(.textID)
      ? extras(of: row).id : EventID(uuidHigh: row.idHigh, low: row.idLow)
  }

  @inline(__always)
  func id(of row: EventRow, in block: ByteBlock) -> EventID {
    row.traits.contains(.textID)
      ? PayloadExtras(row, block).id : EventID(uuidHigh: row.idHigh, low: row.idLow)
  }

  @inline(__always)
  func type(at position: Int) -> EventType? {
    field(at: position) { pointee.kinds[$0.kind].pointee.type }
  }

  /// The id of an event that another one names as its cause.
  @inline(__always)
  func idOfCause(_ position: Int) -> EventID? {
    let index = position - 1 - pointee.offset
    return index >= 0 ? id(of: pointee.rows[index]) : earlierCause(position)?.id
  }

  /// The type of an event that another one names as its cause.
  @inline(__always)
  func typeOfCause(_ position: Int) -> EventType? {
    let index = position - 1 - pointee.offset
    let kind = index >= 0 ? pointee.rows[index].kind : earlierCause(position)?.kind
    return kind.map { pointee.kinds[$0].pointee.type }
  }

  @inline(__always)
  func domainID(of row: EventRow) -> DomainID? {
    guard row.traits.contains(.domain), let block = pointee.payload[row.block] else { return nil }
    return domainID(of: row, in: block)
  }

  @inline(__always)
  func domainID(of row: EventRow, in block: ByteBlock) -> DomainID {
    withExtendedLifetime(block) {
      DomainID(
        String(
          decoding: UnsafeBufferPointer(
            start: block.start + Int(row.offset), count: Int(row.domainLength)), as: UTF8.self))
    }
  }

  @inline(__always)
  func data(of row: EventRow, in block: ByteBlock) -> JSONBytes {
    JSONBytes(
      trusted: block, from: Int(row.offset) + Int(row.domainLength), count: Int(row.dataLength))
  }

  func data(of row: EventRow) -> JSONBytes {
    pointee.payload[row.block].map { data(of: row, in: $0) } ?? .emptyObject
  }

  func causeID(of row: EventRow) -> EventID? {
    if row.cause > 0 { return idOfCause(Int(row.cause)) }
    return row.traits.contains(.causeID) ? extras(of: row).causeID : nil
  }

  /// The event at a position of the log; `nil` when it cannot be had.
  @inline(__always)
  func event(at position: Int) -> Event? {
    let index = position - 1 - pointee.offset
    return index >= 0 ? event(pointee.rows[index]) : pagedEvent(position)
  }

  /// Reads the event at a position of the log, as ``read(_:in:into:about:)`` does.
  ///
  /// - Returns: Whether it can be had.
  @inline(__always)
  func read(at position: Int, into event: inout Event?, about subject: DomainID) -> Bool {
    let index = position - 1 - pointee.offset
    guard index >= 0 else {
      event = pagedEvent(position)
      return event != nil
    }
    let row = pointee.rows[index]
    guard let block = pointee.payload[row.block] else {
      preconditionFailure("block \(row.block) of an event is missing")
    }
    read(row, in: block, into: &event, about: subject)
    return true
  }

  @inline(__always)
  func event(_ row: EventRow) -> Event {
    guard let block = pointee.payload[row.block] else {
      preconditionFailure("block \(row.block) of an event is missing")
    }
    return event(row, in: block)
  }

  @inline(__always)
  func event(_ row: EventRow, in block: ByteBlock) -> Event {
    var event: Event?
    read(row, in: block, into: &event)
    return event.unsafelyUnwrapped
  }

  /// Reads a resident event into the storage of the one read before, unless somebody holds that.
  ///
  /// - Parameter subject: What the event is likely to be about, whose text is then shared.
  @inline(__always)
  func read(
    _ row: EventRow, in block: ByteBlock, into event: inout Event?, about subject: DomainID? = nil
  ) {
    let kind = pointee.kinds[row.kind].pointee
    if !row.traits.isDisjoint(with: .extras) {
      event = self.event(row, kind, block, PayloadExtras(row, block))
      return
    }
    var cause: EventID?
    var causeType: EventType?
    if row.cause > 0 {
      cause = idOfCause(Int(row.cause))
      if row.traits.contains(.typeOfCause) { causeType = typeOfCause(Int(row.cause)) }
    }
    var domain: DomainID?
    if row.traits.contains(.domain) {
      if let subject, isText(subject.text, ofDomain: row, in: block) {
        domain = subject
      } else {
        domain = domainID(of: row, in: block)
      }
    }
    let id = EventID(uuidHigh: row.idHigh, low: row.idLow)
    let (instant, data) = (Instant(milliseconds: row.createdAt), data(of: row, in: block))
    guard event != nil else {
      event = Event(
        id: id, type: kind.type, source: kind.source, causedByID: cause, causedByType: causeType,
        stream: kind.stream, domainID: domain, createdAt: instant, data: data)
      return
    }
    event?.become(
      id: id, type: kind.type, source: kind.source, causedByID: cause, causedByType: causeType,
      stream: kind.stream, domainID: domain, createdAt: instant, data: data, apmTrace: nil)
  }

  @inline(__always)
  private func isText(_ text: String, ofDomain row: EventRow, in block: ByteBlock) -> Bool {
    withTextBytes(text) { bytes in
      bytes.count == Int(row.domainLength)
        && bytes.elementsEqual(
          UnsafeBufferPointer(start: block.start + Int(row.offset), count: bytes.count))
    }
  }

  /// An event with parts that its row cannot hold.
  @inline(never)
  private func event(
    _ row: EventRow, _ kind: EventKinds.Kind, _ block: ByteBlock, _ extras: PayloadExtras
  ) -> Event {
    let hasCause = row.cause > 0
    let typeOfCause = row.traits.contains(.typeOfCause) ? typeOfCause(Int(row.cause)) : nil
    var event = Event(
      id: row.traits.contains(.textID)
        ? extras.id : EventID(uuidHigh: row.idHigh, low: row.idLow),
      type: kind.type, source: kind.source,
      causedByID: hasCause ? idOfCause(Int(row.cause)) : extras.causeID,
      causedByType: typeOfCause ?? extras.causeType, stream: kind.stream,
      domainID: row.traits.contains(.domain) ? domainID(of: row, in: block) : nil,
      createdAt: Instant(milliseconds: row.createdAt), data: data(of: row, in: block),
      apmTrace: extras.trace)
    if let additional = extras.additional { event.additionalMembers = additional }
    return event
  }

  @inline(never)
  private func extras(of row: EventRow) -> PayloadExtras {
    pointee.payload[row.block].map { PayloadExtras(row, $0) } ?? PayloadExtras()
  }
}
