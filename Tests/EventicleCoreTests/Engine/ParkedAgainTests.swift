import CoreSupport
import Testing

@testable import EventicleCore

/// Work that is parked while its group is moved back and is offered the same event again.
@Suite struct ParkedAgainTests {
  let app: Eventicle
  let book = HandlerLog()
  var client: EventClient { app.eventClient }

  init() throws {
    app = try Eventicle(source: "test")
    book.app = app
  }

  func hot(_ options: ConsumerOptions = .standard) throws {
    try client.hotStream("s", group: "g", options: options) { [book] in
      try book.handle($0, failingOn: book.lines.count < 90 ? "1" : nil)
    }
  }

  /// Lets the handlers succeed from now on.
  func mend() { for _ in book.lines.count..<90 { book.note("-") } }

  @Test func `a repeated failure is parked once, with its number, data and attempts`() throws {
    try hot()
    try client.emit([new("T", "1"), new("T", "2")], to: "s")
    let first = try #require(client.parked.first)
    try app.perform(.edit(first.number, JSONBytes(["mended": true])))
    try app.advance(by: .seconds(5))
    try client.replay("g", from: .beginning)
    #expect(client.parked.count == 1)
    let again = try #require(client.parked.first)
    #expect(again.number == first.number && again.attempts == 2)
    #expect(again.parkedAt == first.parkedAt + .seconds(5) && again.entry > first.entry)
    #expect(again.editedData == JSONBytes(["mended": true]))
    mend()
    try client.redrive(first.number)
    #expect(book.lines.filter { $0 == "1" }.count == 3)
    #expect(client.parked.isEmpty)
  }

  @Test func `a parked delivery that succeeds after its group moved back is removed`() throws {
    try hot()
    try client.emit([new("T", "1")], to: "s")
    mend()
    try client.replay("g", from: .beginning)
    #expect(client.parked.isEmpty)
    #expect(throws: OperationError.self) { try client.redrive(1) }
    #expect(book.lines.filter { $0 == "1" }.count == 2)
  }

  @Test func `work behind a parked delivery continues when the delivery is handled`() throws {
    try hot(ConsumerOptions(waitsForParked: true))
    try client.emit([new("T", "1", of: "d"), new("T", "2", of: "d")], to: "s")
    #expect(book.lines == ["1"])
    mend()
    try client.replay("g", from: .beginning)
    #expect(book.lines.filter { $0 != "-" } == ["1", "1", "2"])
    #expect(app.world.group("g")?.lanes.isEmpty == true)
  }

  @Test func `a delivery that is retried by hand while its retry waits runs once`() throws {
    let policy = ErrorPolicy.retry(1, .fixed(.seconds(1)))
    try hot(ConsumerOptions(policy: policy))
    try client.emit([new("T", "1")], to: "s")
    try app.advance(by: .seconds(3))
    #expect(client.parked.map(\.attempts) == [2])
    try client.replay("g", from: .beginning)
    mend()
    try client.redrive(1)
    try app.advance(by: .seconds(3))
    #expect(book.lines.filter { $0 == "1" }.count == 4)
    #expect(client.parked.isEmpty && app.world.group("g")?.isInStep == true)
  }

  @Test func `each instance of a saga parks its own step, once`() throws {
    let book = book
    let saga = Saga("S", streams: ["s"])
      .startOn("Start") { step, event in step["key"] = event.data["key"] }
      .on("Next", matching: "key", value: { $0.data["key"] }) { step, _ in
        book.note(step.instanceID)
        if book.isFailing { throw Rejection("no") }
      }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", "1", ["key": "a"]), new("Start", "2", ["key": "a"]), to: "s")
    book.isFailing = true
    bench.emit(new("Next", "3", ["key": "a"]), to: "s")
    #expect(bench.world.parked.map(\.number) == [1, 2])
    bench.perform(.move("saga-S", after: Position(2)))
    bench.settle()
    #expect(bench.world.parked.map(\.number) == [1, 2])
    #expect(bench.world.parked.map(\.attempts) == [2, 2])
    book.isFailing = false
    bench.perform(.move("saga-S", after: Position(2)))
    bench.settle()
    #expect(bench.world.parked.isEmpty)
    #expect(book.lines == ["saga-1", "saga-2", "saga-1", "saga-2", "saga-1", "saga-2"])
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }
}
