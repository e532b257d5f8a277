import CoreSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What retention takes from a stream, and what it leaves for those who have not had it.
@Suite struct RetentionTests {
  let app: Eventicle
  let book = HandlerLog()
  var client: EventClient { app.eventClient }

  init() throws {
    let book = book
    let view = EventView(
      "Rows", streams: ["s"],
      on: ["T": { event, tx in _ = try tx.put("Rows", event.id.text, [:]) }])
    app = try Eventicle(Domain("test", views: [view]))
    book.app = app
  }

  func emit(_ ids: ClosedRange<Int>, _ type: EventType = "T", to stream: StreamName = "s") throws {
    try client.emit(ids.map { new(type, EventID("\($0)")) }, to: stream)
  }

  func hot(_ group: GroupName, deletingOnClose: Bool = false) throws {
    try client.hotStream("s", group: group, deletingOnClose: deletingOnClose) { [book] in
      book.note($0)
    }
  }

  @Test(arguments: ["pause", "close"])
  func `events not yet offered to a group stay, and the group is named`(how: String) throws {
    try hot("g")
    try hot("h")
    try emit(1...2)
    if how == "pause" { try client.pause("g") } else { try client.close("g") }
    try emit(3...6)
    let kept = try client.retain("s", newest: 1)
    #expect(kept.heldBy == "g" && kept.unread == Position(3) && kept.count == 4)
    #expect(
      kept.description
        == "4 events of s are handed out; g has not been offered #3 yet, so that no more went")
    #expect(app.world.trimmed("s") == StreamPosition(2))
    let before = book.lines.count
    if how == "pause" { try client.resume("g") } else { try hot("g") }
    #expect(book.lines.dropFirst(before) == ["3", "4", "5", "6"])
    let done = try client.retain("s", newest: 1)
    #expect(done.description == "1 event of s is handed out")
  }

  @Test func `events that a group does not handle or follow are not kept for it`() throws {
    try client.pause("view-Rows")
    try emit(1...4, "Other")
    try emit(5...6)
    try emit(7...9, to: "x")
    #expect(try client.retain("s", newest: 0).through == StreamPosition(4))
    #expect(try client.retain("x", newest: 0).heldBy == nil)
  }

  @Test func `a deleted group keeps no events, and forcing removes unread ones`() throws {
    try hot("g", deletingOnClose: true)
    try client.pause("g")
    try client.pause("view-Rows")
    try emit(1...3)
    try client.close("g")
    #expect(try client.retain("s", newest: 1).heldBy == "view-Rows")
    let taken = try client.retain("s", newest: 1, evenUnread: true)
    #expect(taken.heldBy == nil && taken.count == 1)
    try client.resume("view-Rows")
    #expect(app.world.recordCount(of: "Rows") == 1)
  }

  @Test func `a tenant's part of a stream stays for consumers of the stream`() throws {
    try app.dispatch(on: "s", in: "acme") { _ in CommandResult(events: [new("T", "1")]) }
    try client.pause("view-Rows")
    try app.dispatch(on: "s", in: "acme") { _ in CommandResult(events: [new("T", "2")]) }
    let part = Workspace("acme").stream("s")
    #expect(try client.retain(part, newest: 0).heldBy == "view-Rows")
    #expect(app.world.trimmed(part) == StreamPosition(1))
  }

  @Test func `a swap never empties a view whose events were removed`() throws {
    try emit(1...3)
    try client.retain("s", newest: 1)
    let found = try app.rebuild("Rows")
    #expect(found.unseen == 2 && found.events == 1 && found.extra.count == 2)
    #expect(found.json["unseen"] == 2)
    let sentence = EngineError.viewOfTrimmed("Rows", events: 2).description
    #expect(throws: OperationError(sentence)) { try app.swap("Rows") }
    #expect(app.world.recordCount(of: "Rows") == 3)
    try app.swap("Rows", evenTrimmed: true)
    #expect(app.world.recordCount(of: "Rows") == 1)
  }

  @Test func `a view that handles no removed event is swapped normally`() throws {
    try emit(1...3, "Other")
    try emit(4...5)
    try client.retain("s", newest: 2)
    try app.swap("Rows")
    #expect(app.world.recordCount(of: "Rows") == 2)
  }

  @Test func `the session names the groups that block retention and the way to force it`() throws {
    var session = try Session(app.engine.domain)
    for line in ["group pause view-Rows", "emit s T", "emit s T"] { _ = session.run(line) }
    #expect(
      session.run("retain s 0").message
        == "2 events of s are handed out; view-Rows has not been offered #1 yet, so that no more "
        + "went; let it go on, or write retain s 0 anyway")
    #expect(session.run("retain s 0 anyway").message == "0 events of s are handed out")
  }
}
