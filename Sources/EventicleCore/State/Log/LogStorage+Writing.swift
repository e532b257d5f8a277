/// Changes the storage of a log in place; only for storage that one log alone holds.
extension UnsafeMutablePointer<LogStorage> {
  func append(_ event: Event) {
    let position = pointee.rows.count + 1
    let kind = pointee.kinds.number(of: event.type, event.stream, event.source, at: position)
    let stream = Int(pointee.kinds[kind].pointee.streamNumber)
    if stream == pointee.places.count { pointee.places.append(PersistentArray()) }
    let cause = event.causedByID.flatMap { causePosition(of: $0, besides: event.stream) } ?? 0
    var row = EventRow(
      idHigh: 0, idLow: 0, createdAt: event.createdAt.milliseconds, block: 0, offset: 0,
      domainLength: 0, dataLength: 0, cause: cause, kind: kind,
      place: Int32(pointee.places[stream].count + 1), traits: [])
    let causeType = cause > 0 ? UnsafePointer(self).type(at: Int(cause)) : nil
    PayloadWriter(event, &row, causeType: causeType).write(event, to: &pointee.payload, &row)
    finish(row, in: stream, at: position)
  }

  /// Appends a new event that names no cause, under an id that is a UUID.
  func append(
    new event: UnsafePointer<NewEvent>, _ high: UInt64, _ low: UInt64, to name: StreamName,
    from source: String, at instant: Instant
  ) {
    let position = pointee.rows.count + 1
    let kind = pointee.kinds.number(of: event.pointee.type, name, source, at: position)
    let stream = Int(pointee.kinds[kind].pointee.streamNumber)
    if stream == pointee.places.count { pointee.places.append(PersistentArray()) }
    var row = EventRow(
      idHigh: high, idLow: low, createdAt: instant.milliseconds, block: 0, offset: 0,
      domainLength: 0, dataLength: 0, cause: 0, kind: kind,
      place: Int32(pointee.places[stream].count + 1), traits: [])
    fill(&row, with: event)
    finish(row, in: stream, at: position)
  }

  /// Writes the bytes that the payload has of a new event, and records their place in the row.
  @inline(__always)
  private func fill(_ row: inout EventRow, with event: UnsafePointer<NewEvent>) {
    func copy(_ bytes: UnsafeBufferPointer<UInt8>, to place: UnsafeMutableRawPointer) {
      if let base = bytes.baseAddress { place.copyMemory(from: base, byteCount: bytes.count) }
    }
    event.pointee.data.withBytes { data in
      guard let domain = event.pointee.domainID?.text else {
        let (block, offset, start) = pointee.payload.claim(data.count)
        (row.block, row.offset, row.dataLength) = (block, offset, UInt32(data.count))
        copy(data, to: start)
        return
      }
      withTextBytes(domain) { bytes in
        let (block, offset, start) = pointee.payload.claim(bytes.count + data.count)
        (row.block, row.offset) = (block, offset)
        (row.domainLength, row.dataLength) = (UInt32(bytes.count), UInt32(data.count))
        row.traits = .domain
        copy(bytes, to: start)
        copy(data, to: start + bytes.count)
      }
    }
  }

  @inline(__always)
  private func finish(_ row: EventRow, in stream: Int, at position: Int) {
    pointee.places[stream].append(Int32(position))
    pointee.rows.append(row)
    if pointee.isIndexed, pointee.rows.count - pointee.indexed >= LogStorage.batch { index() }
  }

  /// Brings the index up to the last event.
  ///
  /// In batches, so that the waits for memory overlap.
  @inline(never)
  private func index() {
    for position in pointee.indexed..<pointee.rows.count {
      pointee.ids.prepare(for: pointee.rows[position].idHash)
    }
    for position in pointee.indexed..<pointee.rows.count {
      pointee.ids.insert(Int32(position + 1), under: pointee.rows[position].idHash)
    }
    pointee.indexed = pointee.rows.count
  }

  /// The position of the event that another one names as its cause, if it is in the log.
  @inline(__always)
  private func causePosition(of id: EventID, besides stream: StreamName) -> Int32? {
    if pointee.lastCausePosition > 0, pointee.lastCause == id,
      pointee.lastEffect.isBeside(stream)
    {
      return pointee.lastCausePosition
    }
    guard
      let position = UnsafePointer(self).position(
        of: id, upTo: pointee.rows.count, besides: stream)
    else { return nil }
    (pointee.lastCause, pointee.lastCausePosition) = (id, Int32(position))
    pointee.lastEffect = stream
    return Int32(position)
  }

  /// Keeps the first `count` events.
  func truncate(to count: Int) {
    guard count < pointee.rows.count else { return }
    let next = pointee.rows[count]
    let isRebuilt = pointee.indexed - count > count
    if isRebuilt { (pointee.ids, pointee.indexed) = (HashIndex(), 0) }
    for position in stride(from: pointee.rows.count, to: count, by: -1) {
      let row = pointee.rows[position - 1]
      if position <= pointee.indexed { pointee.ids.remove(Int32(position), under: row.idHash) }
      let stream = Int(pointee.kinds[row.kind].pointee.streamNumber)
      pointee.places[stream].truncate(to: Int(row.place) - 1)
    }
    pointee.rows.truncate(to: count)
    pointee.indexed = Swift.min(pointee.indexed, count)
    if isRebuilt, pointee.isIndexed { index() }
    pointee.kinds.truncate(to: count)
    pointee.places.truncate(to: pointee.kinds.streams.count)
    pointee.payload.truncate(toBlock: next.block, offset: next.offset)
    if Int(pointee.lastCausePosition) > count {
      (pointee.lastCause, pointee.lastCausePosition) = (nil, 0)
    }
  }
}
