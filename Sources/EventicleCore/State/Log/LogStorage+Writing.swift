internal import HashTreeCollections

/// Changes the storage of a log in place; only for storage that one log alone holds.
extension UnsafeMutablePointer<LogStorage> {
  func append(_ event: Event) {
    let position = pointee.count + 1
    let kind = pointee.kinds.number(of: event.type, event.stream, event.source, at: position)
    let stream = Int(pointee.kinds[kind].pointee.streamNumber)
    if stream == pointee.places.count { pointee.places.append(LogStorage.Places()) }
    var cause = event.causedByID.flatMap { causePosition(of: $0, besides: event.stream) } ?? 0
    if cause > 0, Int(cause) <= pointee.offset { noteEarlier(&cause) }
    var row = EventRow(
      idHigh: 0, idLow: 0, createdAt: event.createdAt.milliseconds, block: 0, offset: 0,
      domainLength: 0, dataLength: 0, cause: cause, kind: kind,
      place: Int32(pointee.places[stream].count + 1), traits: [])
    let causeType = cause > 0 ? UnsafePointer(self).typeOfCause(Int(cause)) : nil
    PayloadWriter(event, &row, causeType: causeType).write(event, to: &pointee.payload, &row)
    finish(row, in: stream, at: position)
  }

  /// Appends a new event that names no cause, under an id that is a UUID.
  func append(
    new event: UnsafePointer<NewEvent>, _ high: UInt64, _ low: UInt64, to name: StreamName,
    from source: String, at instant: Instant
  ) {
    let position = pointee.count + 1
    let kind = pointee.kinds.number(of: event.pointee.type, name, source, at: position)
    let stream = Int(pointee.kinds[kind].pointee.streamNumber)
    if stream == pointee.places.count { pointee.places.append(LogStorage.Places()) }
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
    pointee.places[stream].positions.append(Int32(position))
    pointee.rows.append(row)
    guard pointee.isIndexed else { return }
    pointee.unindexedIDs |= LogStorage.bit(of: row.idHash)
    if pointee.count - pointee.indexed >= LogStorage.batch { index() }
  }

  /// Brings the index up to the last event.
  ///
  /// In batches, so that the waits for memory overlap.
  @inline(never)
  private func index() {
    let offset = pointee.offset
    let first = pointee.indexed - offset
    for index in first..<pointee.rows.count {
      pointee.ids.prepare(for: pointee.rows[index].idHash)
    }
    for index in first..<pointee.rows.count {
      pointee.ids.insert(Int32(offset + index + 1), under: pointee.rows[index].idHash)
    }
    pointee.indexed = pointee.count
    pointee.unindexedIDs = 0
  }

  /// Remembers what events say of a cause that is not resident; sets it to 0 when it cannot be had.
  @inline(never)
  private func noteEarlier(_ cause: inout Int32) {
    guard let known = UnsafePointer(self).earlierCause(Int(cause)) else {
      cause = 0
      return
    }
    pointee.earlierCauses[cause] = known
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
        of: id, upTo: pointee.count, besides: stream)
    else { return nil }
    (pointee.lastCause, pointee.lastCausePosition) = (id, Int32(position))
    pointee.lastEffect = stream
    return Int32(position)
  }

  /// Keeps the first `count` events.
  func truncate(to count: Int) {
    guard count < pointee.count else { return }
    guard count >= pointee.offset else { return truncatePages(to: count) }
    let offset = pointee.offset
    let next = pointee.rows[count - offset]
    let isRebuilt = pointee.indexed - count > count - offset
    if isRebuilt { (pointee.ids, pointee.indexed) = (HashIndex(), offset) }
    for position in stride(from: pointee.count, to: count, by: -1) {
      let row = pointee.rows[position - 1 - offset]
      if position <= pointee.indexed { pointee.ids.remove(Int32(position), under: row.idHash) }
      let stream = Int(pointee.kinds[row.kind].pointee.streamNumber)
      pointee.places[stream].positions.truncate(
        to: Int(row.place) - 1 - Int(pointee.places[stream].before))
    }
    pointee.rows.truncate(to: count - offset)
    pointee.indexed = Swift.min(pointee.indexed, count)
    if isRebuilt, pointee.isIndexed { index() }
    pointee.kinds.truncate(to: count)
    pointee.places.truncate(to: pointee.kinds.streams.count)
    pointee.payload.truncate(toBlock: next.block, offset: next.offset)
    forgetCause(after: count)
  }

  private func forgetCause(after count: Int) {
    if Int(pointee.lastCausePosition) > count {
      (pointee.lastCause, pointee.lastCausePosition) = (nil, 0)
    }
  }

  /// Keeps the first `count` events, none of which is resident; the pages stay as they are.
  private func truncatePages(to count: Int) {
    var places = PersistentArray<LogStorage.Places>()
    var kinds = pointee.kinds
    kinds.truncate(to: count)
    for number in 0..<kinds.streams.count {
      let before = UnsafePointer(self).count(ofStream: number, upTo: count)
      places.append(LogStorage.Places(before: Int32(before)))
    }
    (pointee.kinds, pointee.places) = (kinds, places)
    (pointee.rows, pointee.payload, pointee.ids) = (PersistentArray(), PayloadBlocks(), HashIndex())
    (pointee.offset, pointee.indexed) = (count, count)
    pointee.earlierCauses = [:]
    forgetCause(after: count)
  }
}
