/// Writes the payload of one event and records in the row what the payload has.
struct PayloadWriter {
  private var idText: String?
  private var causeText: String?
  private var causeType: String?
  private var trace: String?

  /// Determines which parts of an event do not fit into its row.
  ///
  /// - Parameter type: The type of the causing event, when that is in the log.
  @inline(__always)
  init(_ event: Event, _ row: inout EventRow, causeType type: EventType?) {
    switch event.id.form {
    case .words(let high, let low): (row.idHigh, row.idLow) = (high, low)
    case .text(let text):
      row.idHigh = QuickHash.text(text)
      row.traits.insert(.textID)
      idText = text
    }
    if row.cause == 0, let id = event.causedByID {
      row.traits.insert(.causeID)
      causeText = id.text
    }
    if let given = event.causedByType {
      if let type, isSameText(type.text, given.text) {
        row.traits.insert(.typeOfCause)
      } else {
        row.traits.insert(.causeType)
        causeType = given.text
      }
    }
    if let text = event.apmTrace {
      row.traits.insert(.trace)
      trace = text
    }
    if event.additionalMembers != nil { row.traits.insert(.additional) }
  }

  /// Writes the bytes and records their place in the row.
  @inline(__always)
  func write(_ event: Event, to payload: inout PayloadBlocks, _ row: inout EventRow) {
    let domainLength = event.domainID?.text.utf8.count ?? 0
    let dataLength = event.data.utf8.count
    var total = domainLength + dataLength
    let hasExtras = !row.traits.isDisjoint(with: .extras)
    if hasExtras {
      for text in [idText, causeText, causeType, trace] {
        total += text.map { $0.utf8.count + 4 } ?? 0
      }
      total += event.additionalMembers.map { $0.utf8.count + 4 } ?? 0
    }
    let (block, offset, start) = payload.claim(total)
    (row.block, row.offset) = (block, offset)
    (row.domainLength, row.dataLength) = (UInt32(domainLength), UInt32(dataLength))
    if let domain = event.domainID {
      row.traits.insert(.domain)
      copy(domain.text, to: start)
    }
    event.data.withBytes { bytes in
      if let base = bytes.baseAddress {
        (start + domainLength).copyMemory(from: base, byteCount: dataLength)
      }
    }
    if hasExtras { writeExtras(of: event, at: start + domainLength + dataLength) }
  }

  @inline(__always)
  private func copy(_ text: String, to start: UnsafeMutableRawPointer) {
    withTextBytes(text) { bytes in
      if let base = bytes.baseAddress { start.copyMemory(from: base, byteCount: bytes.count) }
    }
  }

  @inline(never)
  private func writeExtras(of event: Event, at start: UnsafeMutableRawPointer) {
    var place = start
    for text in [idText, causeText, causeType, trace] {
      guard let text else { continue }
      place.storeBytes(of: UInt32(text.utf8.count), as: UInt32.self)
      copy(text, to: place + 4)
      place += 4 + text.utf8.count
    }
    event.additionalMembers?.withBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      place.storeBytes(of: UInt32(bytes.count), as: UInt32.self)
      (place + 4).copyMemory(from: base, byteCount: bytes.count)
    }
  }
}

/// The parts after the data of an event that its row cannot hold.
struct PayloadExtras {
  private(set) var id = EventID("")
  private(set) var causeID: EventID?
  private(set) var causeType: EventType?
  private(set) var trace: String?
  private(set) var additional: JSONBytes?

  init() {}

  /// Reads the parts that a row declares.
  init(_ row: EventRow, _ block: ByteBlock) {
    var place = Int(row.offset) + Int(row.domainLength) + Int(row.dataLength)
    func next() -> UnsafeBufferPointer<UInt8> {
      let start = UnsafeRawPointer(block.start + place)
      let count = Int(start.loadUnaligned(as: UInt32.self))
      let text = UnsafePointer(block.start) + place + 4
      place += 4 + count
      return UnsafeBufferPointer(start: text, count: count)
    }
    withExtendedLifetime(block) {
      if row.traits.contains(.textID) { id = EventID(utf8: next()) }
      if row.traits.contains(.causeID) { causeID = EventID(utf8: next()) }
      if row.traits.contains(.causeType) {
        causeType = EventType(String(decoding: next(), as: UTF8.self))
      }
      if row.traits.contains(.trace) { trace = String(decoding: next(), as: UTF8.self) }
      if row.traits.contains(.additional) {
        let count = next().count
        additional = JSONBytes(trusted: block, from: place - count, count: count)
      }
    }
  }
}
