/// The members of an event's JSON object, read as JavaScript reads them: of members that are there
/// twice the last one counts, and nothing is required.
struct WireFields: Sendable {
  /// A member that an event has of its own and that is a text.
  enum Member: Int, CaseIterable {
    case id, type, source, causedByID, causedByType, stream, domainID, trace, workspace

    var name: StaticString {
      switch self {
      case .id: "id"
      case .type: "type"
      case .source: "source"
      case .causedByID: "causedById"
      case .causedByType: "causedByType"
      case .stream: "stream"
      case .domainID: "domainId"
      case .trace: "apmTrace"
      case .workspace: "workspace"
      }
    }
  }

  private var texts: [String?] = Array(repeating: nil, count: Member.allCases.count)
  private var seen = 0
  private(set) var moment: EventMoment?
  private(set) var data: JSONBytes?
  /// The members that are no event's own, as one object; `nil` when there are none.
  private(set) var additional: JSONBytes?
  private(set) var quirks = Quirks()

  /// No members.
  init() {}

  /// Reads an object.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    scanner.skipSpace()
    try scanner.expect(0x7B, "an event as a JSON object")
    var others: [UInt8] = []
    scanner.skipSpace()
    if scanner.current == 0x7D {
      scanner.advance()
    } else {
      try readMembers(&scanner, bytes, &others)
    }
    scanner.skipSpace()
    guard scanner.isAtEnd else { throw scanner.failure("expected nothing after the event") }
    if !others.isEmpty { additional = JSONBytes(trusted: others + [0x7D]) }
  }

  /// The text of a member; `nil` when it is empty or not there.
  func text(_ member: Member) -> String? {
    texts[member.rawValue].flatMap { $0.isEmpty ? nil : $0 }
  }

  private mutating func readMembers(
    _ scanner: inout JSONScanner, _ bytes: UnsafeBufferPointer<UInt8>, _ others: inout [UInt8]
  ) throws(JSONError) {
    while true {
      scanner.skipSpace()
      guard scanner.current == 0x22 else {
        throw scanner.failure("expected a member name in double quotes")
      }
      let (name, _) = try scanner.skipString()
      let key = JSONParser.unescape(bytes, name)
      scanner.skipSpace()
      try scanner.expect(0x3A, "':' after the member name")
      scanner.skipSpace()
      let start = scanner.offset
      let value = try scanner.skipValue(depth: 1)
      take(key, name, value.lowerBound < start ? start..<value.upperBound : value, bytes, &others)
      scanner.skipSpace()
      if scanner.current == 0x2C {
        scanner.advance()
        continue
      }
      return try scanner.expect(0x7D, "',' or '}'")
    }
  }

  private mutating func take(
    _ key: String, _ name: Range<Int>, _ value: Range<Int>,
    _ bytes: UnsafeBufferPointer<UInt8>, _ others: inout [UInt8]
  ) {
    let slice = UnsafeBufferPointer(rebasing: bytes[value])
    switch key {
    case "data":
      note(30)
      data = JSONBytes(trusted: slice)
    case "createdAt":
      note(31)
      moment = EventMoment.read(slice)
    default:
      guard let member = Member.allCases.first(where: { key == $0.name.description }) else {
        others.append(others.isEmpty ? 0x7B : 0x2C)
        others += bytes[name.lowerBound - 1..<name.upperBound + 1]
        others.append(0x3A)
        others += slice
        return
      }
      note(member.rawValue)
      texts[member.rawValue] = text(slice)
    }
  }

  /// Notes that a member is there, by its bit.
  private mutating func note(_ bit: Int) {
    if seen & 1 << bit != 0 { quirks.insert(.repeated) }
    seen |= 1 << bit
  }

  private mutating func text(_ value: UnsafeBufferPointer<UInt8>) -> String? {
    guard value.first == 0x22 else {
      // A number is as good as its digits; null is nothing.
      if value.elementsEqual("null".utf8) { return nil }
      quirks.insert(.passedOver)
      let isNumber = value.first.map { $0 == 0x2D || (0x30...0x39).contains($0) } ?? false
      return isNumber ? String(decoding: value, as: UTF8.self) : nil
    }
    let content = 1..<value.count - 1
    if JSONParser.hasLoneSurrogate(value, content) { quirks.insert(.replaced) }
    return JSONParser.unescape(value, content)
  }
}
