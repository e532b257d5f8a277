import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct FormProofTests {
  private let sample = EncodedEvent(
    buffer: [0, 1, 0xFF, 0xFE, 0x80, 0x7F], key: "domain-123",
    timestamp: Instant(milliseconds: 1_709_942_400_000),
    headers: [.init("type", "test-event"), .init("id", "evt-1")])

  @Test func `a stream entry has eight texts, and decodes to the same event`() throws {
    #expect(
      StreamEntryForm.fields(of: sample) == [
        "buf", "AAH//oB/", "key", "domain-123", "ts", "1709942400000",
        "hdrs", #"{"type":"test-event","id":"evt-1"}"#,
      ])
    #expect(try StreamEntryForm.event(of: StreamEntryForm.fields(of: sample)) == sample)
    #expect(
      try StreamEntryForm.event(of: [])
        == EncodedEvent(buffer: [], key: "", timestamp: Instant(milliseconds: 0), headers: []))
  }

  @Test(arguments: seeds(200))
  func `every event survives as a stream entry`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let text = Gen<String>.text(in: 0...12)
    let event = EncodedEvent(
      buffer: Gen<UInt8>.number(in: 0...255).array(in: 0...40).next(&random),
      key: text.next(&random),
      timestamp: Instant(milliseconds: Gen<Int64>.number(in: Int64.min...Int64.max).next(&random)),
      headers: (0..<3).map { .init("h\($0)", text.next(&random)) })
    let fields = StreamEntryForm.fields(of: event)
    #expect(fields.count == 8)
    #expect(try StreamEntryForm.event(of: fields) == event)
    // Other fields, such as a tracer adds, are left alone.
    #expect(try StreamEntryForm.event(of: ["x", "y"] + fields) == event)
  }

  @Test(arguments: [
    (["ts", "soon"], "ts must be a whole number of milliseconds, but it is \"soon\"."),
    (["ts", "1.5"], "ts must be a whole number of milliseconds, but it is \"1.5\"."),
    (["buf", "A"], "buf must be base64, but it is \"A\"."),
    (["buf", "AAH//oB/="], "buf must be base64"),
    (["buf", "AB=="], "buf must be base64"),
    (["hdrs", "[]"], "hdrs must be an object of texts, but it is an array."),
    (["hdrs", "{\"a\":1}"], "the header a must be a text, but it is a number."),
    (["hdrs", "{"], "hdrs must be JSON"),
    (["key"], "an entry is names and values in turn, but it has 1 fields."),
  ])
  func `an unreadable field is an error and not a number`(
    fields: [String], reason: String
  ) {
    let error = #expect(throws: EventCodecError.self) {
      try StreamEntryForm.event(of: fields)
    }
    #expect(error?.reason.contains(reason) ?? false, "\(error?.reason ?? "-")")
  }

  @Test func `an event with a member named key is an ordinary event`() throws {
    let app = try Eventicle(source: "test")
    let data: JSON = ["key": "k", "buffer": "b", "headers": [:], "timestamp": 1]
    try app.eventClient.emit([new("T", "1", data)], to: "s")
    let event = try #require(app.world.log.event(at: Position(1)))
    #expect(event.data.value == data)
    #expect(event.stream == "s")
    let raw = JSONEventCodec().encode(event)
    #expect(raw.key == "1")
    #expect(try JSONEventCodec().decode(raw) == event)
  }

  @Test func `the header and the body carry the same id`() throws {
    let app = try Eventicle(source: "test")
    let book = HandlerLog()
    try app.eventClient.hotRawStream("s", group: "r") { raw in
      let body = try JSON(parsing: raw.buffer)
      book.note(raw[header: "id"])
      book.note(body["id"].string ?? "")
    }
    try app.eventClient.emit([new("T")], to: "s")
    let id = try #require(app.world.log.event(at: Position(1))?.id.text)
    #expect(book.lines == [id, id])
  }

  @Test func `an undecodable event is parked with its reason, and the rest goes on`() throws {
    struct Picky: EventCodec {
      let name = "picky"
      func encode(_ event: Event) throws(EventCodecError) -> EncodedEvent {
        guard event.type == "Fine" else {
          throw EventCodecError(
            codec: name, .encoding, event: event.id.text, reason: "\(event.type) has no schema.")
        }
        return JSONEventCodec().encode(event)
      }
      func decode(_ encoded: EncodedEvent) throws(EventCodecError) -> Event {
        try JSONEventCodec().decode(encoded)
      }
    }
    let app = try Eventicle(Domain("test"), options: EngineOptions(codec: Picky()))
    let book = HandlerLog()
    try app.eventClient.hotRawStream("s", group: "r") { book.note($0[header: "id"]) }
    try app.eventClient.emit([new("Odd", "1"), new("Fine", "2")], to: "s")
    #expect(book.lines == ["2"])
    let reason = try #require(app.world.parked.first).reason
    #expect(reason.contains("Odd has no schema"))
    #expect(app.world.log.count == 2)
  }
}
