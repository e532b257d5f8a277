internal import EventicleCore

/// Writes one message as JSON, in which the data of events are the bytes in which they rest.
struct MessageWriter {
  private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]

  /// A message that begins with a member.
  init(_ name: StaticString, _ value: JSON) { member(name, value) }

  /// Adds a member with a value.
  mutating func member(_ name: StaticString, _ value: JSON) {
    key(name)
    bytes += JSONBytes(value).utf8
  }

  /// Adds a member whose value is JSON text.
  mutating func member(_ name: StaticString, raw: some Sequence<UInt8>) {
    key(name)
    bytes += raw
  }

  /// Adds a member that is an event.
  mutating func member(_ name: StaticString, _ event: Event) { member(name, raw: event.json) }

  /// Adds a member that is a list of events.
  mutating func member(_ name: StaticString, _ events: [Event]) {
    member(name, raw: MessageWriter.list(events))
  }

  /// The whole message.
  var whole: [UInt8] { bytes + [UInt8(ascii: "}")] }

  private mutating func key(_ name: StaticString) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    bytes += UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    bytes += [UInt8(ascii: "\""), UInt8(ascii: ":")]
  }

  /// Events as a JSON array.
  static func list(_ events: [Event]) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    for (index, event) in events.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += event.json
    }
    bytes.append(UInt8(ascii: "]"))
    return bytes
  }
}

/// What a call of the child is answered: JSON as a value or as text.
enum NodeAnswer: Sendable {
  case value(JSON)
  case raw([UInt8])

  static let none = NodeAnswer.value(.null)

  static func events(_ events: [Event]) -> NodeAnswer { .raw(MessageWriter.list(events)) }
}
