import EventicleCore
import EventicleCrypto
import TestSupport

/// Keys, events and random data shared by the tests of encryption.
enum Crypto {
  static let fields: ProtectedFields = [
    "user.created": ["email", "address.street", "a", "lines[1]"]
  ]

  static func event(
    _ data: String, type: EventType = "user.created", id: EventID = "e1",
    about domainID: DomainID? = "alice"
  ) throws -> Event {
    Event(
      id: id, type: type, source: "test", stream: "users", domainID: domainID,
      createdAt: .standardStart, data: try JSONBytes(checking: Array(data.utf8)))
  }

  /// The value at a path, read as a protection mark.
  static func mark(_ event: Event, _ path: JSONPath) -> ProtectionMark? {
    event.data.value.value(at: path).flatMap { ProtectionMark($0) }
  }

  static func box(_ event: Event, _ path: JSONPath) -> String? {
    guard case .sealed(_, _, let box) = mark(event, path) else { return nil }
    return box
  }

  /// JSON text that programs often mishandle: odd spacing, numbers of any spelling, escapes, marks.
  static func text(depth: Int) -> Gen<String> {
    let plain = Gen.element(of: [
      "null", "true", "false", "0", "-0", "1.0", "1.50", "1e5", "1E+05", "123456789012345678901234",
      "-0.000", "\"\"", "\"a\"", "\"\\u0041\\n\"", "\"\\ud83d\"", "\"漢👍é\"", "[]", "{}", "[ ]",
      "{\"$sealed\":\"v1\"}", "{\"$shredded\":\"v1\",\"subject\":\"x\"}",
      "{\"$sealed\":\"v1\",\"subject\":\"s\",\"key\":\"k\",\"box\":\"AAAA\"}",
    ])
    if depth == 0 { return plain }
    let space = Gen.element(of: ["", "", " ", "\n  "])
    let name = Gen.element(of: [
      "email", "a", "b", "address", "street", "lines", "\\u0061", "\\u0065mail", "", "$sealed",
    ])
    let member = Gen<String> { random in
      let value = text(depth: depth - 1).next(&random)
      return space.next(&random) + "\"\(name.next(&random))\"" + space.next(&random) + ":" + value
    }
    let element = Gen<String> { space.next(&$0) + text(depth: depth - 1).next(&$0) }
    return .one(of: [
      plain, member.array(in: 0...5).map { "{" + $0.joined(separator: ",") + "}" },
      element.array(in: 0...4).map { "[" + $0.joined(separator: ",") + " ]" },
    ])
  }

  /// Random event data, mostly objects.
  static func data(seed: UInt64) -> String {
    var random = SeededRandom(seed: seed)
    var text = "null"
    while !text.hasPrefix("{") && !text.hasPrefix("[") {
      text = self.text(depth: 4).next(&random)
    }
    return text
  }
}
