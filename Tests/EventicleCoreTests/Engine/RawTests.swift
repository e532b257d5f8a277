import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct RawTests {
  let book = HandlerLog()

  @Test func `a raw subscription receives encoded events, live and from history`() throws {
    let app = try Eventicle(source: "test")
    var seen: [EncodedEvent] = []
    try app.eventClient.hotRawStream("s", group: "r") { seen.append($0) }
    try app.eventClient.emit([new("raw.event", "q1", of: "d-1", ["n": 1])], to: "s")
    try app.eventClient.coldHotRawStream("s", group: "later") { seen.append($0) }
    #expect(seen.count == 2)
    #expect(seen[0] == seen[1])
    #expect(seen[0].key == "d-1")
    #expect(seen[0].timestamp == .standardStart)
    #expect(seen[0][header: "type"] == "raw.event")
    #expect(try JSONEventCodec().decode(seen[0]).id == "q1")
    #expect(try JSONEventCodec().decode(seen[0]) == app.world.log.event(at: Position(1)))
  }

  @Test func `views and adapters can be raw, and their failures are parked like any other`()
    throws
  {
    let book = book
    let app = try Eventicle(
      Domain(
        "test",
        views: [
          EventView(
            "V", streams: ["s"],
            onRaw: { encoded, tx in
              try tx.put("V", encoded.key, ["bytes": .int(encoded.buffer.count)])
            })
        ],
        adapters: [
          EventAdapter(
            "A", streams: ["s"],
            onRaw: { encoded, _ in
              if book.isFailing { throw Rejection("no bytes today") }
              book.note(encoded[header: "id"])
            },
            onError: { failure, _ in book.note("failed \(failure.event.id)") })
        ]))
    #expect(app.engine.domain.views[0].isRaw)
    book.isFailing = true
    try app.eventClient.emit([new("T", "x", of: "k")], to: "s")
    book.isFailing = false
    try app.eventClient.redrive(1)
    #expect(book.lines == ["failed x", "x"])
    let size = app.world.log.event(at: Position(1))?.json.count
    #expect(app.world.record(RecordKey("V", "k"))?.content["bytes"].integer == size)
    #expect(try app.rebuild("V").isEqual)
  }

  @Test func `a failed event is not marked as handled, and is handled when offered again`() throws {
    let app = try Eventicle(source: "test")
    let options = ConsumerOptions(isIdempotent: true)
    try app.eventClient.coldHotStream("is", group: "ig", options: options) { [book] in
      try book.handle($0)
    }
    try app.eventClient.emit([new("T", "1")], to: "is")
    try app.eventClient.emit([new("T", "1")], to: "is")
    #expect(book.lines == ["1"])
    book.isFailing = true
    try app.eventClient.emit([new("T", "9")], to: "is")
    book.isFailing = false
    try app.eventClient.emit([new("T", "9")], to: "is")
    #expect(book.lines == ["1", "9", "9"])
    #expect(app.eventClient.parked.isEmpty)
    try app.eventClient.replay("ig", from: .beginning)
    #expect(book.lines == ["1", "9", "9"])
    #expect(app.metrics.consumers.first?.counters.duplicates == 2)
  }

  @Test func `retrying a parked delivery with a fixed handler empties the list`() throws {
    let app = try Eventicle(source: "test")
    try app.eventClient.hotStream("s9", group: "g9") { [book] event in
      try book.handle(event, failingOn: book.lines.count == 0 ? "b1" : nil)
    }
    book.isFailing = true
    try app.eventClient.emit([new("T", "b1")], to: "s9")
    book.isFailing = false
    try app.eventClient.emit([new("T", "b2")], to: "s9")
    let parked = try #require(app.eventClient.parked.first)
    #expect(parked.reason == "cannot handle b1")
    try app.eventClient.redrive(parked.number)
    #expect(book.lines == ["b1", "b2", "b1"])
    #expect(app.eventClient.parked.isEmpty)
    #expect(throws: OperationError.self) { try app.eventClient.redrive(parked.number) }
  }
}
