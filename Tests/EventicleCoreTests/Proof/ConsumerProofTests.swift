import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct ConsumerProofTests {
  let book = HandlerLog()

  private func domain(
    view: Bool = false, _ options: ConsumerOptions = .standard,
    _ handle: @escaping EventHandler, onError: EventAdapter.ErrorStep? = nil
  ) -> Domain {
    view
      ? Domain("test", views: [EventView("v", streams: ["s"], options: options, onAny: handle)])
      : Domain(
        "test",
        adapters: [
          EventAdapter("ad", streams: ["s"], options: options, onAny: handle, onError: onError)
        ])
  }

  @Test func `the next event waits until the error handler is done`() throws {
    let handle: EventHandler = { [book] event, _ in
      book.note("try \(event.id)")
      if event.id == "1" { throw Rejection("adfail") }
    }
    let domain = domain(.standard, handle) { [book] failure, transaction in
      book.note("begin \(failure.consumer) \(failure.event.id) \(failure.reason)")
      try transaction.emit("Failed", to: "errors")
      book.note("end")
    }
    let app = try Eventicle(domain)
    try app.eventClient.emit([new("T", "1"), new("T", "2")], to: "s")
    #expect(book.lines == ["try 1", "begin ad 1 adfail", "end", "try 2"])
    #expect(app.world.log.count(of: "errors") == 1)
  }

  @Test(arguments: [1, 2, 4])
  func `an adapter reports how many keys it has at work`(parallel: Int) throws {
    let options = ConsumerOptions(parallel: parallel)
    let domain = domain(
      options,
      { [book] event, transaction in
        book.note("\(event.id)@\((transaction.now - .standardStart).milliseconds)")
        transaction.spend(.milliseconds(20))
      })
    let app = try Eventicle(domain)
    let events = (1...4).map { new("T", EventID("\($0)"), of: DomainID("k\($0 % 4)")) }
    try app.eventClient.emit(events, to: "s")
    try app.advance(by: .seconds(1))
    let times = (0..<4).map { 20 * ($0 / parallel) }
    #expect(book.lines == zip(1..., times).map { "\($0)@\($1)" })
  }

  @Test(arguments: [true, false])
  func `views and adapters are paused, resumed and reported alike`(isView: Bool) throws {
    let domain = domain(view: isView, .standard, { [book] event, _ in book.note(event) })
    let group: GroupName = isView ? "view-v" : "adapter-ad"
    let app = try Eventicle(domain)
    #expect(app.eventClient.groups.map(\.group) == [group])
    try app.eventClient.pause(group)
    try app.eventClient.emit([new("T", "1")], to: "s")
    #expect(book.lines == [])
    #expect(app.eventClient.groups.map(\.lag) == [1])
    try app.eventClient.resume(group)
    #expect(book.lines == ["1"])
    try app.shutdown()
    #expect(throws: OperationError.self) { try app.eventClient.emit([new("T", "2")], to: "s") }
    #expect(book.lines == ["1"])
  }

  @Test func `an unhandled event is passed, and its group goes on`() throws {
    let view = EventView(
      "v", streams: ["s"], on: ["Known": { [book] event, _ in book.note(event) }])
    let app = try Eventicle(Domain("test", views: [view]))
    try app.eventClient.emit([new("Unknown", "1"), new("Known", "2")], to: "s")
    try app.eventClient.emit([new("Unknown", "3")], to: "s")
    #expect(book.lines == ["2"])
    #expect(app.eventClient.groups.map(\.lag) == [0])
    #expect(app.world.parkedCount == 0)
  }

  @Test func `positions are numbers, and trimmed events stay away`() throws {
    let app = try Eventicle(source: "test")
    try app.eventClient.coldHotStream("s", group: "g") { [book] in book.note($0) }
    try app.eventClient.emit((1...20).map { new("T", EventID("\($0)")) }, to: "s")
    // Positions are numbers: 10 lies behind 9.
    try app.eventClient.replay("g", from: .after(Position(9)))
    #expect(book.lines.suffix(11) == (10...20).map { "\($0)" }[...])
    try app.eventClient.retain("s", newest: 5)
    try app.eventClient.replay("g", from: .beginning)
    #expect(book.lines.suffix(5) == (16...20).map { "\($0)" }[...])
    #expect(book.lines.count == 20 + 11 + 5)
  }
}
