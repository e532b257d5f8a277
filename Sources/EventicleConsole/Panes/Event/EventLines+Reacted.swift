import EventicleCore

/// The last two tabs: the deliveries of an event, and its encoded bytes.
extension EventLines {
  mutating func makeDeliveries(_ entry: JournalEntry) {
    guard let position = position(of: entry) else {
      say("Only events are delivered; this row is no event.")
      return
    }
    guard let event = event(position) else { return }
    let rows = PaneText.deliveries(of: position, event, moment)
    meter.entriesRead += rows.count
    guard !rows.isEmpty else {
      say("Nobody listens to the stream of this event.")
      return
    }
    let names = rows.map { PaneText.data($0.consumer.description, limit: 60) }
    let width = min(max(8, columns / 2), names.map(\.width).max() ?? 0)
    var head = StyledLine()
    head.add("consumer", .uiMuted, columns: width)
    head.add("  outcome", .uiMuted)
    head.right = [StyledPiece("entry", .uiMuted)]
    lines.append(head)
    for (index, row) in rows.enumerated() {
      var line = StyledLine()
      line.add(names[index], row.consumer.kind.role, columns: width)
      line.add("  ")
      line.pieces.append(state(row))
      if let entry = row.entry { line.right = [StyledPiece("j\(entry.number)", .uiMuted)] }
      lines.append(line)
    }
  }

  private func position(of entry: JournalEntry) -> Position? {
    switch entry.kind {
    case .append(let position, _), .imported(let position, _), .delivery(let position, _, _, _),
      .acted(let position, _, _):
      position
    default: nil
    }
  }

  private func state(_ row: DeliveryRow) -> StyledPiece {
    switch row.state {
    case .made(.started):
      let name = row.instance.map { PaneText.data($0, limit: 40) } ?? "an instance"
      return StyledPiece("✓ started \(name)", .statusOk)
    case .made(let outcome): return Self.outcome(outcome)
    case .queued: return StyledPiece("… queued", .statusPending)
    case .dropped: return StyledPiece("* dropped by you", .statusWarn)
    case .ahead: return StyledPiece("┄ ahead", .timeFuture)
    }
  }

  // MARK: - Bytes

  mutating func makeRaw(_ entry: JournalEntry) {
    guard let position = position(of: entry), let event = event(position) else {
      say("Only events travel; this row is no event.")
      return
    }
    let encoded = JSONEventCodec().encode(event)
    lines.append(StyledLine("headers", .uiMuted))
    for header in encoded.headers {
      var line = StyledLine([StyledPiece("  ")])
      line.add(PaneText.data(header.name, limit: 14), .jsonKey, columns: 14)
      line.add(PaneText.data(header.value, limit: max(8, columns)), .jsonString)
      lines.append(line)
    }
    addBody(encoded.buffer)
    addHex(encoded.buffer)
  }

  private mutating func addBody(_ buffer: [UInt8]) {
    lines.append(StyledLine("body, \(PaneText.size(buffer.count)) of JSON", .uiMuted))
    let most = 4_096
    let shown = DisplayText(sanitisingBytes: Self.beginning(of: buffer, most))
    for text in wrapped(shown, in: columns - 2) { lines.append(StyledLine("  " + text)) }
    if buffer.count > most {
      say(" … the first \(PaneText.size(most)) of \(PaneText.size(buffer.count)); a y copies all")
    }
  }

  /// The first bytes, cut at a character boundary.
  private static func beginning(of bytes: [UInt8], _ count: Int) -> ArraySlice<UInt8> {
    guard bytes.count > count else { return bytes[...] }
    var end = count
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return bytes[..<end]
  }

  private mutating func addHex(_ buffer: [UInt8]) {
    let bytes = buffer.prefix(64)
    let width = columns >= 74 ? 16 : 8
    lines.append(StyledLine("bytes, the first \(bytes.count)", .uiMuted))
    for start in stride(from: 0, to: bytes.count, by: width) {
      let part = bytes[start..<min(start + width, bytes.count)]
      let hex = part.map { Self.hex($0, 2) }.joined(separator: " ")
      let text = String(
        decoding: part.map { (0x20..<0x7F).contains($0) ? $0 : 0x2E }, as: UTF8.self)
      var line = StyledLine([StyledPiece("  ")])
      line.add(DisplayText(sanitising: Self.hex(start, 4)) + "  ", .uiMuted)
      line.add(DisplayText(sanitising: hex), .jsonNumber, columns: width * 3 - 1)
      line.add("  " + DisplayText(sanitising: text), .jsonString)
      lines.append(line)
    }
  }

  private static func hex(_ number: some BinaryInteger, _ digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
