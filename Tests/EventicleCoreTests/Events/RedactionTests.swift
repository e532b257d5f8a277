import TestSupport
import Testing

@testable import EventicleCore

@Suite struct RedactionTests {
  static func event(_ type: EventType, _ data: String) -> Event {
    Event(
      id: "e1", type: type, source: "shop", stream: "orders", createdAt: .standardStart,
      data: JSONBytes(trusted: Array(data.utf8)))
  }

  static func hidden(_ data: String, _ paths: JSONPath...) -> String {
    Redaction(["T": paths]).redact(event("T", data)).data.description
  }

  @Test(arguments: [
    (#"{"a":1,"b":2}"#, "a", #"{"a":"[redacted]","b":2}"#),
    (#"{"a":{"b":{"c":1,"d":2}}}"#, "a.b.c", #"{"a":{"b":{"c":"[redacted]","d":2}}}"#),
    (#"{"a":{"b":1},"n":1.50}"#, "a", #"{"a":"[redacted]","n":1.50}"#),
    (#"{"a":[{"b":1},{"b":2},3]}"#, "a[*].b", #"{"a":[{"b":"[redacted]"},{"b":"[redacted]"},3]}"#),
    (#"{"a":[1,2]}"#, "a[1]", #"{"a":[1,"[redacted]"]}"#),
    (#"{"a":{"x":1,"y":{"z":2}}}"#, "a.*", #"{"a":{"x":"[redacted]","y":"[redacted]"}}"#),
    (#"{"a":null}"#, "a", #"{"a":"[redacted]"}"#),
    (#"{"a":1,"b":2,"a":3}"#, "a", #"{"a":"[redacted]","b":2,"a":"[redacted]"}"#),
    (#"{"a":{"s":1},"a":{"s":2}}"#, "a.s", #"{"a":{"s":"[redacted]"},"a":{"s":"[redacted]"}}"#),
  ])
  func `only the value at a path is hidden`(
    data: String, path: String, expected: String
  ) throws {
    #expect(Self.hidden(data, try #require(JSONPath(parsing: path))) == expected)
  }

  @Test(arguments: [
    (#"{ "a" : 1.0 }"#, "b"), (#"{ "a" : 1.0 }"#, "a.b"), (#"{ "a": [] }"#, "a[0]"),
    (#"{ "a": {} }"#, "a[*].b"), ("[ 1 ]", "a"), ("no JSON", "a"), (#"{ "é": 1 }"#, "e\u{301}"),
  ])
  func `an event without matching data keeps its bytes`(data: String, path: String) throws {
    #expect(Self.hidden(data, try #require(JSONPath(parsing: path))) == data)
  }

  @Test func `rules apply to their event type, and those for * to every type`() {
    let redaction = Redaction(["A": ["name"], "*": ["email"]])
    let data = #"{"name":"n","email":"e"}"#
    #expect(
      redaction.redact(Self.event("A", data)).data.description
        == #"{"name":"[redacted]","email":"[redacted]"}"#)
    #expect(
      redaction.redact(Self.event("B", data)).data.description
        == #"{"name":"n","email":"[redacted]"}"#)
    let one = Redaction(["A": ["name"]])
    #expect(one.concerns("A") && !one.concerns("B") && redaction.concerns("B"))
    let other = Self.event("B", data)
    #expect(one.redact(other) == other)
  }

  @Test func `hiding an object hides its members`() {
    #expect(Self.hidden(#"{"a":{"b":1}}"#, "a.b", "a") == #"{"a":"[redacted]"}"#)
    #expect(Self.hidden(#"{"a":{"b":1}}"#, "a", "a.b") == #"{"a":"[redacted]"}"#)
  }

  @Test(arguments: seeds(100))
  func `hiding twice equals hiding once, and the rest stays`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let secret = JSONTests.value(depth: 2).next(&random)
    let open = JSONTests.value(depth: 2).next(&random)
    let event = Self.event(
      "T", JSON.object(JSONObject([("open", open), ("secret", secret)])).description)
    let redaction = Redaction(["T": ["secret"]])
    let redacted = redaction.redact(event)
    #expect(redacted.data.value == ["open": open, "secret": Redaction.marker])
    #expect(redaction.redact(redacted) == redacted)
  }

  @Test func `rules are read from text, and invalid ones are refused`() throws {
    let redaction = try Redaction(parsing: [
      ("A", "name"), ("*", "customer.email"), ("A", "lines[*].name"),
    ])
    #expect(redaction == Redaction(["A": ["name", "lines[*].name"], "*": ["customer.email"]]))
    for (type, path) in [("", "a"), ("A", ""), ("A", "a..b"), ("A", "a[")] {
      let error = #expect(throws: RedactionError.self) {
        try Redaction(parsing: [(type, path)])
      }
      #expect(
        error?.description == "Personal data is named by a type of event, or *, and a path such "
          + "as customer.email or lines[*].name, but this is \"\(type)\" and \"\(path)\".")
    }
  }
}
