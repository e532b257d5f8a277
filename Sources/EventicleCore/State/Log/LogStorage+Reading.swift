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
    var position = count
    while position > pointee.indexed {
      if isID(id, at: position), isMeant(stream(at: position)) { return position }
      position -= 1
    }
    let hash = UInt32(truncatingIfNeeded: id.quickHash >> 32)
    let found = pointee.ids.last(under: hash) {
      Int($0) <= count && isID(id, at: Int($0)) && isMeant(stream(at: Int($0)))
    }
    return found.map { Int($0) }
  }

  /// The position of the latest event with an id in the workspace of a stream, else in any.
  @inline(__always)
  func position(of id: EventID, upTo count: Int, besides stream: StreamName) -> Int? {
    guard let found = position(of: id, upTo: count) else { return nil }
    if self.stream(at: found).isBeside(stream) { return found }
    return position(of: id, upTo: count) { $0.isBeside(stream) } ?? found
  }

  @inline(__always)
  private func stream(at position: Int) -> StreamName {
    pointee.kinds[pointee.rows[position - 1].kind].pointee.stream
  }

  @inline(__always)
  func isID(_ id: EventID, at position: Int) -> Bool {
    let row = pointee.rows[position - 1]
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
  func type(at position: Int) -> EventType {
    pointee.kinds[pointee.rows[position - 1].kind].pointee.type
  }

  @inline(__always)
  func domainID(of row: EventRow) -> DomainID? {
    guard row.traits.contains(.domain), let block = pointee.payload[row.block] else { return nil }
    return domainID(of: row, in: block)
  }

  @inline(__always)
  private func domainID(of row: EventRow, in block: ByteBlock) -> DomainID {
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
    if row.cause > 0 { return id(of: pointee.rows[Int(row.cause) - 1]) }
    return row.traits.contains(.causeID) ? extras(of: row).causeID : nil
  }

  @inline(__always)
  func event(_ row: EventRow) -> Event {
    let kind = pointee.kinds[row.kind].pointee
    guard let block = pointee.payload[row.block] else {
      preconditionFailure("block \(row.block) of an event is missing")
    }
    if !row.traits.isDisjoint(with: .extras) { return event(row, kind, block, extras(of: row)) }
    var cause: EventID?
    var causeType: EventType?
    if row.cause > 0 {
      let causeRow = pointee.rows[Int(row.cause) - 1]
      cause = id(of: causeRow)
      if row.traits.contains(.typeOfCause) { causeType = pointee.kinds[causeRow.kind].pointee.type }
    }
    return Event(
      id: EventID(uuidHigh: row.idHigh, low: row.idLow), type: kind.type, source: kind.source,
      causedByID: cause, causedByType: causeType, stream: kind.stream,
      domainID: row.traits.contains(.domain) ? domainID(of: row, in: block) : nil,
      createdAt: Instant(milliseconds: row.createdAt), data: data(of: row, in: block))
  }

  /// An event with parts that its row cannot hold.
  @inline(never)
  private func event(
    _ row: EventRow, _ kind: EventKinds.Kind, _ block: ByteBlock, _ extras: PayloadExtras
  ) -> Event {
    let hasCause = row.cause > 0
    let typeOfCause = row.traits.contains(.typeOfCause) ? type(at: Int(row.cause)) : nil
    var event = Event(
      id: row.traits.contains(.textID)
        ? extras.id : EventID(uuidHigh: row.idHigh, low: row.idLow),
      type: kind.type, source: kind.source,
      causedByID: hasCause ? id(of: pointee.rows[Int(row.cause) - 1]) : extras.causeID,
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
