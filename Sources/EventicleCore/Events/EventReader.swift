/// Why some JSON is no event, and where the fault is.
public struct EventFormatError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found.
  public let reason: String
  /// The place of the fault, in bytes from the start of the text.
  public let offset: Int

  /// The reason with the column, counted from 1.
  public var description: String { "\(reason) at column \(offset + 1)" }
}

/// Reads an event from its JSON object without parsing its data into a tree.
package enum EventReader {
  /// Reads one event.
  ///
  /// Members that are not an event's are skipped. `createdAt` may be a number of milliseconds or an
  /// ISO text; `payload` is accepted for `data`. Only the member `workspace` makes an event a
  /// tenant's: without it, a stream named like a tenant's part is the system's.
  package static func read(_ bytes: [UInt8]) throws(EventFormatError) -> Event {
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result<Event, EventFormatError> { () throws(EventFormatError) in try read(buffer) }
    }
    return try result.get()
  }

  /// Reads one event from borrowed memory.
  package static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(EventFormatError) -> Event {
    var fields = Fields()
    do throws(JSONError) {
      var scanner = JSONScanner(bytes)
      scanner.skipSpace()
      try scanner.expect(0x7B, "an event as a JSON object")
      scanner.skipSpace()
      if scanner.current == 0x7D {
        scanner.advance()
      } else {
        try fields.readMembers(&scanner, bytes)
      }
      scanner.skipSpace()
      guard scanner.isAtEnd else { throw scanner.failure("expected nothing after the event") }
    } catch {
      throw EventFormatError(reason: error.reason, offset: error.offset)
    }
    return try fields.event()
  }

  private struct Fields {
    var texts: [String?] = Array(repeating: nil, count: 9)
    var createdAt: Instant?
    var data: JSONBytes?
    var problem: EventFormatError?

    static let names: [StaticString] = [
      "id", "type", "source", "causedById", "causedByType", "stream", "domainId",
      "apmTrace", "workspace",
    ]

    mutating func readMembers(
      _ scanner: inout JSONScanner, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(JSONError) {
      while true {
        scanner.skipSpace()
        guard scanner.current == 0x22 else {
          throw scanner.failure("expected a member name in double quotes")
        }
        let name = try scanner.skipString().content
        scanner.skipSpace()
        try scanner.expect(0x3A, "':' after the member name")
        scanner.skipSpace()
        try readValue(name, &scanner, bytes)
        scanner.skipSpace()
        if scanner.current == 0x2C {
          scanner.advance()
          continue
        }
        return try scanner.expect(0x7D, "',' or '}'")
      }
    }

    private mutating func readValue(
      _ name: Range<Int>, _ scanner: inout JSONScanner, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(JSONError) {
      let key = UnsafeBufferPointer(rebasing: bytes[name])
      if matches(key, "data") || (matches(key, "payload") && data == nil) {
        let range = try scanner.skipValue()
        data = JSONBytes(trusted: UnsafeBufferPointer(rebasing: bytes[range]))
        return
      }
      let start = scanner.offset
      if matches(key, "createdAt") {
        let range = try scanner.skipValue()
        createdAt = EventReader.instant(UnsafeBufferPointer(rebasing: bytes[range]))
        if createdAt == nil {
          note("createdAt must be milliseconds since 1970 or an ISO 8601 text", start)
        }
        return
      }
      guard let index = Fields.names.firstIndex(where: { matches(key, $0) }) else {
        _ = try scanner.skipValue()
        return
      }
      guard scanner.current == 0x22 else {
        if scanner.current != 0x6E { note("\(Fields.names[index]) must be a text", start) }
        _ = try scanner.skipValue()
        return
      }
      let (content, isPlain) = try scanner.skipString()
      texts[index] =
        isPlain
        ? String(decoding: UnsafeBufferPointer(rebasing: bytes[content]), as: UTF8.self)
        : JSONParser.unescape(bytes, content)
    }

    private mutating func note(_ reason: String, _ offset: Int) {
      if problem == nil { problem = EventFormatError(reason: reason, offset: offset) }
    }

    private func matches(_ key: UnsafeBufferPointer<UInt8>, _ name: StaticString) -> Bool {
      key.count == name.utf8CodeUnitCount
        && key.elementsEqual(
          UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// The stream with a name, in the workspace given beside it.
    private func stream(named text: String) throws(EventFormatError) -> StreamName {
      guard let name = texts[8], Workspace(name).isTenant else { return StreamName(text) }
      guard !name.utf8.contains(0x3A) else {
        throw EventFormatError(
          reason: "the name of a workspace may have no colon, but this one is \(name)", offset: 0)
      }
      guard let stream = StreamName(shown: text, of: Workspace(name)) else {
        throw EventFormatError(
          reason: "the stream of the workspace \(name) must begin with \(name). but is \(text)",
          offset: 0)
      }
      return stream
    }

    func event() throws(EventFormatError) -> Event {
      if let problem { throw problem }
      func required(_ index: Int) throws(EventFormatError) -> String {
        guard let text = texts[index], !text.isEmpty else {
          throw EventFormatError(
            reason: "the event has no \(Fields.names[index]); every event needs one", offset: 0)
        }
        return text
      }
      guard let createdAt else {
        throw EventFormatError(
          reason: "the event has no createdAt; every event needs one", offset: 0)
      }
      let domain = texts[6].flatMap { $0.isEmpty ? nil : $0 }
      return Event(
        id: EventID(try required(0)), type: EventType(try required(1)), source: texts[2] ?? "",
        causedByID: texts[3].flatMap { $0.isEmpty ? nil : EventID($0) },
        causedByType: texts[4].flatMap { $0.isEmpty ? nil : EventType($0) },
        stream: try stream(named: try required(5)), domainID: domain.map { DomainID($0) },
        createdAt: createdAt, data: data ?? .emptyObject,
        apmTrace: texts[7].flatMap { $0.isEmpty ? nil : $0 })
    }
  }

  private static func instant(_ bytes: UnsafeBufferPointer<UInt8>) -> Instant? {
    let text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix("\"") { return Instant(parsing: text.dropFirst().dropLast()) }
    if let whole = Int64(text) { return Instant(milliseconds: whole) }
    guard let value = Double(text), abs(value) < 9e15 else { return nil }
    return Instant(milliseconds: Int64(value))
  }
}
