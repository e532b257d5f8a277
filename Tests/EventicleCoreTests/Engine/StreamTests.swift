import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct StreamTests {
  let app: Eventicle
  let book = HandlerLog()
  var client: EventClient { app.eventClient }

  init() throws {
    app = try Eventicle(source: "test")
    book.app = app
  }

  func hot(_ streams: StreamName, group: GroupName) throws {
    try client.hotStream(streams, group: group) { [book] in try book.handle($0) }
  }

  func coldHot(_ stream: StreamName, group: GroupName) throws {
    try client.coldHotStream(stream, group: group) { [book] in try book.handle($0) }
  }

  func cold(_ stream: StreamName) throws -> [Event] {
    var events: [Event] = []
    var ends = 0
    try client.coldStream(stream, { events.append($0) }, onDone: { ends += 1 })
    #expect(ends == 1)
    return events
  }

  @Test func `emitted events are replayed in order, then the replay ends`() throws {
    try client.emit([new("T", "a1", ["n": 1])], to: "s1")
    try client.emit([new("T", "x"), new("T", "y")], to: "other")
    try client.emit([new("T", "a2", ["n": 2])], to: "s1")
    let events = try cold("s1")
    #expect(events.map(\.id) == ["a1", "a2"])
    #expect(events.allSatisfy { $0.stream == "s1" && $0.createdAt == .standardStart })
  }

  @Test func `an unknown stream ends at once`() throws {
    #expect(try cold("nope").isEmpty)
  }

  @Test func `a replay that fails does not end`() throws {
    try client.emit([new("T", "a1"), new("T", "a2")], to: "s1")
    var seen = 0
    #expect(throws: Rejection.self) {
      try client.coldStream(
        "s1",
        { _ in
          seen += 1
          throw Rejection("no")
        }, onDone: { Issue.record("done") })
    }
    #expect(seen == 1)
  }

  @Test func `hot does not replay`() throws {
    try client.emit([new("T", "a1"), new("T", "a2")], to: "s1")
    try hot("s1", group: "g1")
    #expect(book.lines == [])
    try client.emit([new("T", "a3")], to: "s1")
    #expect(book.lines == ["a3"])
  }

  @Test func `cold-hot replays, then follows`() throws {
    try client.emit([new("T", "a1"), new("T", "a2")], to: "s1")
    try coldHot("s1", group: "g2")
    #expect(book.lines == ["a1", "a2"])
    try client.emit([new("T", "a3")], to: "s1")
    #expect(book.lines == ["a1", "a2", "a3"])
  }

  @Test func `a closed group resumes where it stopped`() throws {
    try client.emit([new("T", "a1")], to: "s1")
    try coldHot("s1", group: "g2")
    try client.close("g2")
    try client.emit([new("T", "a4")], to: "s1")
    #expect(book.lines == ["a1"])
    try coldHot("s1", group: "g2")
    #expect(book.lines == ["a1", "a4"])
    try client.close("g2")
    try hot("s1", group: "g2")
    #expect(book.lines == ["a1", "a4"])
  }

  @Test func `a group has one subscription at a time`() throws {
    try hot("s1", group: "g1")
    #expect(throws: EngineError.groupTaken("g1")) { try hot("other", group: "g1") }
    #expect(throws: EngineError.groupTaken("g1")) { try coldHot("other", group: "g1") }
    try client.emit([new("T", "a1")], to: "s1")
    #expect(book.lines == ["a1"])
    try client.close("g1")
    try hot("s1", group: "g1")
    let refusal = EngineError.unknownGroup("nobody", known: ["g1"]).description
    #expect(throws: OperationError(refusal)) { try client.close("nobody") }
    #expect(throws: OperationError(refusal)) { try client.pause("nobody") }
  }

  @Test func `independent groups receive everything, each once, in order`() throws {
    let other = HandlerLog()
    try hot("s", group: "A")
    try client.hotStream("s", group: "B") { try other.handle($0) }
    let ids = (0..<10).map { "cg.\($0)" }
    try client.emit(ids.map { new("T", EventID($0)) }, to: "s")
    #expect(book.lines == ids)
    #expect(other.lines == ids)
  }

  @Test func `one group follows several streams`() throws {
    try client.hotStream("x", "y", group: "g") { [book] in book.note("\($0.id) \($0.stream)") }
    try client.emit([new("T", "m1")], to: "x")
    try client.emit([new("T", "m2")], to: "y")
    try client.emit([new("T", "m3")], to: "z")
    #expect(book.lines == ["m1 x", "m2 y"])
  }

  @Test func `an event without an id gets one, the same for every consumer`() throws {
    try hot("s", group: "g")
    try client.emit([new("T")], to: "s")
    let event = try #require(try cold("s").first)
    #expect(book.lines == [event.id.text])
    #expect(event.id.text.utf8.count == 36)
    #expect(JSONEventCodec().encode(event)[header: "id"] == event.id.text)
  }

  @Test func `a failing handler loses nothing, and the failing event is parked`() throws {
    try client.hotStream("s9", group: "g9") { [book] in try book.handle($0, failingOn: "b1") }
    try client.emit([new("T", "b1"), new("T", "b2")], to: "s9")
    try client.emit([new("T", "b3")], to: "s9")
    #expect(book.lines == ["b1", "b2", "b3"])
    let parked = try #require(app.world.parked.first)
    #expect(app.world.parkedCount == 1)
    #expect(parked.reason == "cannot handle b1")
    #expect(app.world.group("g9")?.handled == 2)
    #expect(app.world.group("g9")?.failed == 1)
    #expect(app.world.group("g9")?.position == Position(3))
  }

  @Test func `an event emitted inside a handler waits until the handler is done`() throws {
    try client.hotStream("s", group: "g") { [book] event in
      let app = try #require(book.app)
      book.note("+\(event.id)")
      if event.id == "k1" { try app.eventClient.emit([new("T", "k2"), new("T", "k3")], to: "s") }
      book.note("-\(event.id)")
    }
    try client.emit([new("T", "k1")], to: "s")
    #expect(book.lines == ["+k1", "-k1", "+k2", "-k2", "+k3", "-k3"])
    #expect(app.world.events(in: "s").map(\.id) == ["k1", "k2", "k3"])
  }

  @Test func `values that the caller gives stay, and only missing ones are filled in`() throws {
    var given = new("M", "m1", of: "d")
    given.createdAt = Instant(milliseconds: 1)
    given.source = "elsewhere"
    given.causedByID = "cause"
    given.causedByType = "Cause"
    let copy = given
    try client.emit([given], to: "sm")
    #expect(given == copy)
    let event = try #require(try cold("sm").first)
    #expect(
      event
        == Event(
          id: "m1", type: "M", source: "elsewhere", causedByID: "cause", causedByType: "Cause",
          stream: "sm", domainID: "d", createdAt: Instant(milliseconds: 1), data: .emptyObject))
    try client.emit([new("M")], to: "sm")
    #expect(try cold("sm")[1].source == "test")
  }

  @Test func `the same event emitted twice is one event, and reusing its id is an error`() throws {
    try hot("is", group: "ig")
    try client.emit([new("T", "1", ["a": 1])], to: "is")
    try client.emit([new("T", "1", ["a": 1])], to: "is")
    #expect(book.lines == ["1"])
    #expect(throws: OperationError.self) { try client.emit([new("T", "1", ["a": 2])], to: "is") }
    #expect(throws: OperationError.self) { try client.emit([new("T", "1", ["a": 1])], to: "x") }
    #expect(app.world.log.count == 1)
  }

  @Test func `a handler reads the world as it was before its delivery`() throws {
    try client.hotStream("s", group: "g") { [book] event in
      let app = try #require(book.app)
      book.note("\(app.world.log.count) \(app.world.queue.count)")
      try app.eventClient.emit([new("T")], to: "elsewhere")
      book.note("\(app.world.log.count(of: "elsewhere"))")
    }
    try client.emit([new("T"), new("T")], to: "s")
    #expect(book.lines == ["2 2", "0", "3 1", "1"])
    #expect(app.world.log.count(of: "elsewhere") == 2)
  }

  @Test func `a handler cannot subscribe, close or move the clock`() throws {
    try client.hotStream("s", group: "g") { [book] _ in
      let app = try #require(book.app)
      do { try app.eventClient.hotStream("s", group: "h") { _ in } } catch { book.note("\(error)") }
      do { try app.eventClient.close("g") } catch { book.note("\(error)") }
      do { try app.advance(by: .seconds(1)) } catch { book.note("\(error)") }
    }
    try client.emit([new("T")], to: "s")
    #expect(
      book.lines == [
        "Subscribe and close outside of handlers; one of them asked to subscribe as h.",
        "Subscribe and close outside of handlers; one of them asked to close g.",
        "Move the clock outside of handlers; one of them asked for 1s.",
      ])
    try client.emit([new("T")], to: "s")
    #expect(book.lines.count == 6)
  }

  @Test func `deliveries waiting for a closed subscription are dropped`() throws {
    try hot("s", group: "g")
    try client.close("g")
    try client.emit([new("T", "a")], to: "s")
    #expect(book.lines == [])
    #expect(app.world.queue.isEmpty)
  }

  @Test(arguments: [
    ("", "s", "An event needs a type, such as OrderCreated, but it has none."),
    ("T", "", "An event needs a stream to go to, such as orders, but it has none."),
  ])
  func `an event without type or stream is refused with its whole batch`(
    type: String, stream: String, sentence: String
  ) throws {
    #expect(throws: OperationError(sentence)) {
      try client.emit([new("Fine"), new(EventType(type))], to: StreamName(stream))
    }
    #expect(app.world.log.count == 0)
  }
}
