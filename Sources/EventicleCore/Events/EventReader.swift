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
  /// Members that are not an event's are kept as its ``Event/additionalMembers``. `createdAt` may be
  /// a number of milliseconds or an ISO text; `payload` is accepted for `data`. Only the member
  /// `workspace` makes an event a tenant's: without it, a stream named like a tenant's part is the
  /// system's.
  ///
  /// What an event could not give back as it was is refused: a member of its own that is there twice,
  /// parts of a millisecond, half of a surrogate pair in a text.
  package static func read(_ bytes: [UInt8]) throws(EventFormatError) -> Event {
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result<Event, EventFormatError> { () throws(EventFormatError) in try read(buffer) }
    }
    return try result.get()
  }

  /// Reads one event from borrowed memory.
  package static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(EventFormatError) -> Event {
    try read(members: bytes, of: "an event").event(bytes)
  }

  private static func read(
    members bytes: UnsafeBufferPointer<UInt8>, of subject: StaticString, takesPayload: Bool = true
  ) throws(EventFormatError) -> Fields {
    var fields = Fields(takesPayload: takesPayload)
    do throws(JSONError) {
      var scanner = JSONScanner(bytes)
      scanner.skipSpace()
      try scanner.expect(0x7B, "\(subject) as a JSON object")
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
    return fields
  }

  /// Reads an object of members that are to stand beside an event's own, as
  /// ``Event/additionalMembers`` has them.
  ///
  /// - Returns: `nil` when the object is empty.
  /// - Throws: ``EventFormatError`` when the text is no object, or names a member of an event.
  package static func additionalMembers(
    _ text: [UInt8]
  ) throws(EventFormatError) -> JSONBytes? {
    let result = text.withUnsafeBufferPointer { bytes in
      Result<JSONBytes?, EventFormatError> { () throws(EventFormatError) in
        let fields = try read(
          members: bytes, of: "the members beside an event's own", takesPayload: false)
        guard fields.isAdditionalOnly else {
          throw EventFormatError(
            reason: "a member of the event itself stands among the additional ones", offset: 0)
        }
        return fields.additionalMembers(bytes)
      }
    }
    return try result.get()
  }

  private struct Fields {
    /// Whether a `payload` counts as the data.
    let takesPayload: Bool
    var texts: [String?] = Array(repeating: nil, count: 9)
    var createdAt: Instant?
    var data: JSONBytes?
    /// Where a `payload` stands that counts as the data, and before which additional member.
    var payload: (member: Member, place: Int)?
    var additional: [Member] = []
    var problem: EventFormatError?
    /// A bit for each of ``names`` that was there.
    private var seen = 0

    init(takesPayload: Bool) { self.takesPayload = takesPayload }

    /// The places of a member's name, in its quotes, and of its value.
    typealias Member = (name: Range<Int>, value: Range<Int>)

    /// Whether no member was an event's own.
    var isAdditionalOnly: Bool {
      texts.allSatisfy { $0 == nil } && createdAt == nil && data == nil && problem == nil
    }

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
        let (name, isPlain) = try scanner.skipString()
        scanner.skipSpace()
        try scanner.expect(0x3A, "':' after the member name")
        scanner.skipSpace()
        if isPlain {
          try readValue(UnsafeBufferPointer(rebasing: bytes[name]), name, &scanner, bytes)
        } else {
          var key = JSONParser.unescape(bytes, name)
          let result = key.withUTF8 { key in
            Result<Void, JSONError> { () throws(JSONError) in
              try readValue(key, name, &scanner, bytes)
            }
          }
          try result.get()
        }
        scanner.skipSpace()
        if scanner.current == 0x2C {
          scanner.advance()
          continue
        }
        return try scanner.expect(0x7D, "',' or '}'")
      }
    }

    private mutating func readValue(
      _ key: UnsafeBufferPointer<UInt8>, _ name: Range<Int>, _ scanner: inout JSONScanner,
      _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(JSONError) {
      let start = scanner.offset
      if matches(key, "data") {
        if data != nil, payload == nil { noteRepeated("data", start) }
        let range = try scanner.skipValue()
        data = JSONBytes(trusted: UnsafeBufferPointer(rebasing: bytes[range]))
        if let (member, place) = payload { additional.insert(member, at: place) }
        payload = nil
        return
      }
      if takesPayload, data == nil, matches(key, "payload") {
        let range = try scanner.skipValue()
        data = JSONBytes(trusted: UnsafeBufferPointer(rebasing: bytes[range]))
        payload = ((name.lowerBound - 1..<name.upperBound + 1, range), additional.count)
        return
      }
      if matches(key, "createdAt") {
        if createdAt != nil { noteRepeated("createdAt", start) }
        let range = try scanner.skipValue()
        switch EventMoment.read(UnsafeBufferPointer(rebasing: bytes[range])) {
        case .exact(let instant): createdAt = instant
        case .tooFine:
          note("createdAt has parts of a millisecond, which no moment has; round it", start)
        case .none: note("createdAt must be milliseconds since 1970 or an ISO 8601 text", start)
        }
        return
      }
      guard let index = Fields.names.firstIndex(where: { matches(key, $0) }) else {
        // One level further in, because they are kept as an object.
        let range = try scanner.skipValue(depth: 1)
        additional.append((name.lowerBound - 1..<name.upperBound + 1, range))
        return
      }
      if seen & 1 << index != 0 { noteRepeated(Fields.names[index], start) }
      seen |= 1 << index
      guard scanner.current == 0x22 else {
        if scanner.current != 0x6E { note("\(Fields.names[index]) must be a text", start) }
        _ = try scanner.skipValue()
        return
      }
      let (content, isPlain) = try scanner.skipString()
      if !isPlain, JSONParser.hasLoneSurrogate(bytes, content) {
        note(
          "\(Fields.names[index]) has half of a surrogate pair, which is no character; take it out",
          start)
      }
      texts[index] =
        isPlain
        ? String(decoding: UnsafeBufferPointer(rebasing: bytes[content]), as: UTF8.self)
        : JSONParser.unescape(bytes, content)
    }

    private mutating func note(_ reason: String, _ offset: Int) {
      if problem == nil { problem = EventFormatError(reason: reason, offset: offset) }
    }

    private mutating func noteRepeated(_ name: StaticString, _ offset: Int) {
      note("the member \(name) is there twice, and an event has it once", offset)
    }

    private func matches(_ key: UnsafeBufferPointer<UInt8>, _ name: StaticString) -> Bool {
      guard key.count == name.utf8CodeUnitCount else { return false }
      for index in key.indices where key[index] != name.utf8Start[index] { return false }
      return true
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

    /// The additional members as one object; `nil` when there are none.
    func additionalMembers(_ bytes: UnsafeBufferPointer<UInt8>) -> JSONBytes? {
      guard !additional.isEmpty else { return nil }
      var object: [UInt8] = []
      for (name, value) in additional {
        object.append(object.isEmpty ? 0x7B : 0x2C)
        object += bytes[name]
        object.append(0x3A)
        object += bytes[value]
      }
      object.append(0x7D)
      return JSONBytes(trusted: object)
    }

    func event(_ bytes: UnsafeBufferPointer<UInt8>) throws(EventFormatError) -> Event {
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
      var event = Event(
        id: EventID(try required(0)), type: EventType(try required(1)), source: texts[2] ?? "",
        causedByID: texts[3].flatMap { $0.isEmpty ? nil : EventID($0) },
        causedByType: texts[4].flatMap { $0.isEmpty ? nil : EventType($0) },
        stream: try stream(named: try required(5)), domainID: domain.map { DomainID($0) },
        createdAt: createdAt, data: data ?? .emptyObject,
        apmTrace: texts[7].flatMap { $0.isEmpty ? nil : $0 })
      if !additional.isEmpty { event.additionalMembers = additionalMembers(bytes) }
      return event
    }
  }
}
