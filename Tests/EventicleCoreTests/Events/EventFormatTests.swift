import TestSupport
import Testing

@testable import EventicleCore

@Suite struct EventFormatTests {
  static func read(_ text: String) throws -> Event { try EventReader.read(Array(text.utf8)) }

  @Test func `the codec writes the headers and the body of an event`() throws {
    let event = Event(
      id: "r1", type: "R", source: "", stream: "s", domainID: "d",
      createdAt: Instant(milliseconds: 5), data: JSONBytes(["x": 1]))
    let encoded = JSONEventCodec().encode(event)
    #expect(encoded.timestamp == Instant(milliseconds: 5))
    #expect(encoded.key == "d")
    #expect(
      encoded.headers == [
        .init("type", "R"), .init("domainId", "d"), .init("id", "r1"), .init("source", ""),
        .init("causedById", ""), .init("causedByType", ""), .init("createdAt", "5"),
        .init("traceparent", ""),
      ])
    #expect(
      String(decoding: encoded.buffer, as: UTF8.self) == """
        {"id":"r1","type":"R","source":"","stream":"s","domainId":"d","createdAt":5,"data":{"x":1}}
        """)
    #expect(try JSONEventCodec().decode(encoded) == event)
  }

  @Test func `an event without a domain id uses its own id as the key`() {
    let event = Event(
      id: "x", type: "t", source: "", stream: "s", createdAt: .standardStart, data: .emptyObject)
    let encoded = JSONEventCodec().encode(event)
    #expect(encoded.key == "x")
    #expect(encoded[header: "domainId"] == "")
    #expect(encoded[header: "nobody"] == "")
  }

  @Test func `a trace travels in the header and the body`() throws {
    var event = Event(
      id: "x", type: "t", source: "", stream: "s", createdAt: .standardStart, data: .emptyObject)
    var encoded = JSONEventCodec().encode(event)
    #expect(encoded[header: "traceparent"] == "")
    #expect(try JSONEventCodec().decode(encoded).apmTrace == nil)
    #expect(!String(decoding: encoded.buffer, as: UTF8.self).contains("apmTrace"))
    encoded.headers = encoded.headers.map {
      $0.name == "traceparent" ? .init("traceparent", "00-abc") : $0
    }
    #expect(try JSONEventCodec().decode(encoded).apmTrace == "00-abc")
    event.apmTrace = "tr"
    encoded = JSONEventCodec().encode(event)
    #expect(encoded[header: "traceparent"] == "tr")
    #expect(
      String(decoding: encoded.buffer, as: UTF8.self).hasSuffix(#""data":{},"apmTrace":"tr"}"#))
    #expect(try JSONEventCodec().decode(encoded) == event)
    encoded.headers = []
    #expect(try JSONEventCodec().decode(encoded).apmTrace == "tr")
  }

  @Test func `a trace stays with the event it was emitted with`() throws {
    var bench = try RecordedEngine(Domain("test"))
    var event = NewEvent("T", id: "e1")
    event.apmTrace = "00-abc"
    bench.emit(event, NewEvent("T", id: "e2"), to: "s")
    let traces = [1, 2].map { bench.world.log.event(at: Position($0))?.apmTrace }
    #expect(traces == ["00-abc", nil])
    let again = try #require(bench.world.log.event(at: Position(1)))
    #expect(NewEvent(again).apmTrace == "00-abc")
    #expect(
      try Self.read(#"{"id":"1","type":"T","stream":"s","createdAt":1,"apmTrace":""}"#)
        .apmTrace == nil)
  }

  @Test(arguments: seeds(200))
  func `any event survives encoding and decoding`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let text = Gen<String>.text(in: 1...6)
    let maybe = text.optional(nilOneIn: 3)
    let event = Event(
      id: EventID(text.next(&random)), type: EventType(text.next(&random)),
      source: text.next(&random), causedByID: maybe.next(&random).map { EventID($0) },
      causedByType: maybe.next(&random).map { EventType($0) },
      stream: StreamName(text.next(&random)), domainID: maybe.next(&random).map { DomainID($0) },
      createdAt: Instant(milliseconds: Int64.random(in: -9_999...9_999_999_999, using: &random)),
      data: JSONBytes(JSONTests.value(depth: 3).next(&random)), apmTrace: maybe.next(&random))
    let again = try JSONEventCodec().decode(JSONEventCodec().encode(event))
    #expect(again == event)
    #expect(again.json == event.json)
  }

  @Test func `unknown members are skipped, payload means data, and times may be strings`() throws {
    let event = try Self.read(
      """
      {"seq":[1,{"a":null}],"payload":{"n":1.50},"type":"T","stream":"s","id":"1","domainId":"",
      "createdAt":"2026-01-01T09:00:00Z","causedById":null}
      """)
    #expect(event.data.description == "{\"n\":1.50}")
    #expect(event.createdAt == .standardStart)
    #expect(event.domainID == nil)
    #expect(event.causedByID == nil)
    #expect(event.source == "")
    #expect(
      try Self.read(#"{"payload":1,"data":2,"id":"1","type":"T","stream":"s","createdAt":1.9e3}"#)
        .data.description == "2")
  }

  @Test(arguments: [
    ("", "expected an event as a JSON object, found the end of the text at column 1"),
    ("[1]", "expected an event as a JSON object, found '[' at column 1"),
    ("{}", "the event has no createdAt; every event needs one at column 1"),
    (#"{"createdAt":1}"#, "the event has no id; every event needs one at column 1"),
    (#"{"createdAt":1,"id":""}"#, "the event has no id; every event needs one at column 1"),
    (#"{"createdAt":1,"id":"a"}"#, "the event has no type; every event needs one at column 1"),
    (
      #"{"createdAt":1,"id":"a","type":"T"}"#,
      "the event has no stream; every event needs one at column 1"
    ),
    (#"{"id":7}"#, "id must be a text at column 7"),
    (
      #"{"createdAt":"soon"}"#,
      "createdAt must be milliseconds since 1970 or an ISO 8601 text at column 14"
    ),
    (
      #"{"createdAt":1e300}"#,
      "createdAt must be milliseconds since 1970 or an ISO 8601 text at column 14"
    ),
    (#"{"id":"a",}"#, "expected a member name in double quotes, found '}' at column 11"),
    (#"{"id":"a"} x"#, "expected nothing after the event, found 'x' at column 12"),
    (#"{"id" "a"}"#, "expected ':' after the member name, found '\"' at column 7"),
  ])
  func `invalid events are refused with the place`(text: String, sentence: String) {
    let error = #expect(throws: EventFormatError.self) { try Self.read(text) }
    #expect(error?.description == sentence)
  }

  @Test func `names are equal when their bytes are`() {
    #expect(StreamName("é") != StreamName("e\u{301}"))
    #expect(Set(["é", "e\u{301}", "é"] as [StreamName]).count == 2)
    #expect(EventID("a") < EventID("b"))
    #expect(EventID("Z") < EventID("a"))
  }
}
