import EventicleCore

/// The forms in which tools write a record in a line.
extension KafkaRecord {
  /// Reads an envelope as `kcat -J` writes it.
  ///
  /// The payload is a text, or with an `-s` of kcat JSON; headers are names and values in turn.
  init(kcat line: [UInt8]) throws(RecordError) {
    self.init()
    let envelope: JSONBytes
    do throws(JSONError) { envelope = try JSONBytes(scanning: line) } catch {
      throw RecordError(error)
    }
    guard let members = envelope.memberTexts else {
      throw RecordError("an envelope of kcat is a JSON object")
    }
    var seen: Set<String> = []
    for member in members {
      guard seen.insert(member.name).inserted else {
        throw RecordError("the member \(member.name) of the envelope is there twice")
      }
      let value = member.value
      let isNull = value.utf8.first == 0x6E
      switch member.name {
      case "topic": topic = value.exactText
      case "partition": partition = isNull ? nil : value.description
      case "offset": offset = isNull ? nil : value.description
      case "ts": time = isNull ? nil : value.description
      case "key": key = isNull ? nil : value.exactText ?? value.description
      case "headers": headers = try Self.headers(value)
      case "payload": self.value = isNull ? nil : try Self.content(value)
      default: break
      }
    }
    guard seen.contains("payload") else {
      throw RecordError(
        "the envelope has no payload; write it with kcat -J, one envelope a line")
    }
  }

  /// The value in a payload: what its text holds, else what it is.
  private static func content(_ payload: JSONBytes) throws(RecordError) -> JSONBytes {
    guard payload.utf8.first == 0x22 else { return payload }
    guard let text = payload.exactText else {
      throw RecordError("the payload has half of a surrogate pair, which is no character")
    }
    return value(Array(text.utf8)) ?? payload
  }

  /// Bytes as JSON; `nil` when they are none.
  private static func value(_ bytes: [UInt8]) -> JSONBytes? { try? JSONBytes(scanning: bytes) }

  private static func headers(
    _ value: JSONBytes
  ) throws(RecordError) -> [(name: String, value: String)] {
    guard value.utf8.first != 0x6E else { return [] }
    guard let texts = value.value.array, texts.count % 2 == 0 else {
      throw RecordError(
        "the headers of the envelope are names and values in turn, as kcat has them")
    }
    return stride(from: 0, to: texts.count, by: 2).map { place in
      (texts[place].string ?? texts[place].description, texts[place + 1].string ?? "")
    }
  }

  // MARK: - The console consumer

  /// Reads a record as `kafka-console-consumer` prints it: the value, before it whatever of the time,
  /// partition, offset, headers and key was asked for, with tabs between.
  init(console line: [UInt8]) throws(RecordError) {
    self.init()
    var content = line[...]
    if content.last == 0x0D { content = content.dropLast() }
    // Time, partition, offset, headers and key; tabs behind them are of the value.
    var parts = content.split(
      separator: Self.tab, maxSplits: 5, omittingEmptySubsequences: false)[...]
    while parts.count > 1, let first = parts.first,
      takeLabel(String(decoding: first, as: UTF8.self))
    {
      parts.removeFirst()
    }
    // The value is what is JSON to the end of the line: a key has the value behind it.
    let start = parts.indices.first { place in
      Self.value(Array(parts[place...].joined(separator: [Self.tab]))) != nil
    }
    let place = start ?? parts.endIndex - 1
    let bytes = Array(parts[place...].joined(separator: [Self.tab]))
    let before = parts[..<place].map { String(decoding: $0, as: UTF8.self) }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw RecordError("the value is neither JSON nor UTF-8 text")
    }
    if bytes.elementsEqual("null".utf8) {
      value = nil
    } else {
      value = Self.value(bytes) ?? JSONBytes(.string(String(decoding: bytes, as: UTF8.self)))
    }
    guard before.count <= 2 else {
      throw RecordError(
        "before the value stand \(before.count) parts, but at most headers and a key are expected")
    }
    if before.count == 2 || before.first.map(Self.areHeaders) == true {
      headers = before.first.map(Self.consoleHeaders) ?? []
    }
    if let last = before.last, before.count == 2 || !Self.areHeaders(last), last != "null" {
      key = last
    }
  }

  private static let tab: UInt8 = 0x09

  /// Takes a part that says itself what it is.
  private mutating func takeLabel(_ part: String) -> Bool {
    if part == "NO_TIMESTAMP" { return true }
    for label in ["CreateTime:", "LogAppendTime:"] where part.hasPrefix(label) {
      time = String(part.dropFirst(label.count))
      return true
    }
    if part.hasPrefix("Partition:") {
      partition = String(part.dropFirst(10))
      return true
    }
    if part.hasPrefix("Offset:") {
      offset = String(part.dropFirst(7))
      return true
    }
    return false
  }

  /// Whether a part is headers, which have the type or the id of the event at least.
  private static func areHeaders(_ part: String) -> Bool {
    if part == "NO_HEADERS" { return true }
    return consoleHeaders(part).contains {
      ["type", "id", "ce_type", "ce_id", "eventType"].contains($0.name)
    }
  }

  private static func consoleHeaders(_ part: String) -> [(name: String, value: String)] {
    guard part != "NO_HEADERS" else { return [] }
    var headers: [(name: String, value: String)] = []
    for piece in part.split(separator: ",", omittingEmptySubsequences: false) {
      guard let colon = piece.firstIndex(of: ":") else {
        // A comma in a value.
        if !headers.isEmpty { headers[headers.count - 1].value += ",\(piece)" }
        continue
      }
      let value = piece[piece.index(after: colon)...]
      headers.append((String(piece[..<colon]), value == "null" ? "" : String(value)))
    }
    return headers
  }
}
