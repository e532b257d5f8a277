import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct ClientProofTests {
  let book = HandlerLog()

  @Test func `events of one moment are replayed in the order of the log`() throws {
    let app = try Eventicle(source: "test")
    let ids = (0..<200).map { EventID("e\(($0 * 73) % 200)") }
    var events = ids.map { new("T", $0) }
    // Times that run backwards change nothing.
    for place in events.indices { events[place].createdAt = Instant(milliseconds: Int64(-place)) }
    try app.eventClient.emit(Array(events[..<100]), to: "s")
    try app.eventClient.emit(Array(events[100...]), to: "s")
    var found: [EventID] = []
    try app.eventClient.coldStream("s") { found.append($0.id) }
    #expect(found == ids)
  }

  @Test func `a group whose subscription was refused can be subscribed`() throws {
    let app = try Eventicle(source: "test")
    let client = app.eventClient
    try client.hotStream("s", group: "starter") { [book] _ in
      do { try client.hotStream("s", group: "g") { _ in } } catch { book.note("\(error)") }
    }
    try client.emit([new("T", "1")], to: "s")
    #expect(book.lines.count == 1)
    #expect(app.world.group("g") == nil)
    try client.hotStream("s", group: "g") { [book] in book.note($0) }
    try client.close("starter")
    try client.emit([new("T", "2")], to: "s")
    #expect(book.lines.last == "2")
  }

  @Test func `events waiting for a closed subscription are never delivered`() throws {
    let app = try Eventicle(source: "test")
    try app.eventClient.hotStream("s", group: "g") { [book] in book.note($0) }
    try app.eventClient.pause("g")
    try app.eventClient.emit([new("T", "1")], to: "s")
    try app.eventClient.close("g")
    try app.advance(by: .hours(1))
    #expect(book.lines == [])
    #expect(app.engine.hasWork == false)
    try app.eventClient.hotStream("s", group: "g") { [book] in book.note($0) }
    #expect(book.lines == ["1"])
  }

  @Test func `a step observer sees the step's changes in the world`() throws {
    let app = try Eventicle(source: "test")
    app.onStep { [book] step in
      for entry in step.entries {
        guard case .append(let position, _) = entry.kind else { continue }
        book.note("\(app.world.log.event(at: position)?.id.text ?? "missing")")
      }
    }
    try app.eventClient.emit([new("T", "1"), new("T", "2")], to: "s")
    #expect(throws: OperationError.self) {
      try app.eventClient.emit([new("T", "3"), new("")], to: "s")
    }
    #expect(book.lines == ["1", "2"])
  }

  @Test func `a finished wait is over, and a timeout is reported once`() throws {
    let root = AggregateRoot(
      "acc", stream: "accounts",
      reducers: ["Opened": { state, _ in state["open"] = true }])
    let app = try Eventicle(Domain("test", aggregates: [root]))
    func wait(_ name: String, _ id: DomainID, _ timeout: Interval) {
      app.watch(root, id, timeout: timeout, until: { $0?["open"] == true }) { [book] in
        switch $0 {
        case .success: book.note("\(name) open")
        case .failure(let error): book.note("\(name) \(error)")
        }
      }
    }
    wait("a", "A1", .seconds(10))
    wait("b", "A2", .milliseconds(50))
    try app.eventClient.emit([new("Opened", of: "A1")], to: "accounts")
    #expect(book.lines == ["a open"])
    try app.advance(by: .seconds(60))
    try app.eventClient.emit([new("Opened", of: "A2")], to: "accounts")
    #expect(
      book.lines == [
        "a open",
        "b acc/A2 was to reach a state within the timeout of 50ms, but at 2026-01-01T09:00:00.050Z "
          + "it has no events and has not; wait longer, or look for the event that is missing.",
      ])
  }
}
