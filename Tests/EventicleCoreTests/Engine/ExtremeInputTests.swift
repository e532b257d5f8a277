import CoreSupport
import Testing

@testable import EventicleCore

/// Input at the ends of what can be said, and beyond.
@Suite struct ExtremeInputTests {
  let app: Eventicle

  init() throws {
    app = try Eventicle(source: "test")
    try app.eventClient.emit([new("A"), new("B")], to: "s")
  }

  @Test(arguments: [-5, -1, 0, 1, 2, 3, Int.max, Int.min])
  func `a position outside the log does not trap`(place: Int) throws {
    let start = StreamStart.after(Position(place))
    _ = try? app.eventClient.coldStream("s", from: start, { _ in })
    _ = try? app.eventClient.coldHotStream("s", group: "g", from: start) { _ in }
    _ = try? app.eventClient.replay("g", from: start)
    _ = app.world.origin(of: Position(place))
    _ = app.world.log.event(at: Position(place))
    try app.eventClient.emit([new("C")], to: "s")
    _ = try? app.eventClient.retain("s", newest: place)
    _ = app.world.sagas.instance(of: "x", at: place)
    _ = app.world.timers.timer(at: place)
    _ = app.world.parked(place)
    _ = try? app.eventClient.redrive(place)
  }

  @Test(arguments: [-5, -1, 0, 1, 2, 3, 9])
  func `a moment outside the journal does not trap`(index: Int) throws {
    var bench = try RecordedEngine(Domain("test"))
    bench.emit(new("A"), to: "s")
    let place = JournalIndex(index)
    _ = bench.timeline.world(after: place)
    _ = bench.timeline.entry(place)
    _ = bench.timeline.stepEnd(of: place)
    _ = bench.timeline.cursor(after: Position(index))
    _ = bench.timeline.lastEvent(at: TimeCursor(entry: place))
    _ = bench.timeline.deliveries(of: Position(index))
    _ = bench.timeline.effects(of: place)
    _ = bench.timeline.effects(of: Position(index))
    _ = bench.timeline.errors(upTo: place)
    _ = bench.timeline.error(at: index)
  }

  @Test(arguments: [-5, 9])
  func `the cost of going to a moment outside the journal does not trap`(index: Int) throws {
    var bench = try RecordedEngine(Domain("test"))
    bench.emit(new("A"), to: "s")
    _ = bench.timeline.cost(of: JournalIndex(index))
  }

  @Test func `purging the system's records keeps the tenants known`() throws {
    let book = HandlerLog()
    try app.eventClient.hotStream("orders", group: "g") { book.note($0) }
    try app.dispatch(on: "orders", in: "acme") { _ in
      CommandResult(events: [new("Made", "1")])
    }
    try app.dispatch(on: "s") { tx in
      try tx.put("t", "1", [:])
      try tx.purge(.system)
      return CommandResult()
    }
    #expect(app.world.tenants == ["acme"])
    var seen: [EventID] = []
    try app.eventClient.coldStream("orders") { seen.append($0.id) }
    #expect(seen == ["1"])
  }

  @Test func `a number that does not fit is not an integer`() throws {
    for text in [
      "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e19",
      "-1e19", "1e400", "-0", "-0.0", "999999999999999999", "1000000000000000000", "1E2",
    ] {
      let value = try JSON(parsing: text)
      _ = value.integer
      let same = try JSON(parsing: text)
      #expect(value == same)
    }
    #expect(try JSON(parsing: "9223372036854775808").integer == nil)
    #expect(try JSON(parsing: "-0") == JSON(parsing: "0"))
    #expect(DecimalText.text(of: Int.min) == "\(Int.min)")
    #expect(DecimalText.text(of: Int.max) == "\(Int.max)")
    for power in 0...18 {
      var number = 1
      for _ in 0..<power { number *= 10 }
      for value in [number, number - 1, -number, 1 - number] {
        #expect(DecimalText.text(of: value) == "\(value)")
        #expect(DecimalText.integer(in: "\(value)") == value)
      }
    }
  }

  @Test func `moving to a distant time is refused with a sentence`() throws {
    #expect(throws: OperationError.self) { try app.advance(by: .seconds(-1)) }
    #expect(throws: OperationError.self) { try app.advance(by: .years(Int64.max)) }
    try app.eventClient.emit([new("C")], to: "s")
  }

  @Test func `a timer at the end of time does not trap`() throws {
    let saga = Saga("S", streams: ["s"]).startOn("A") { step, _ in
      try step.upsertTimer("t", after: .years(Int64.max))
      try step.upsertTimer("u", at: Instant(milliseconds: Int64.min))
      try step.upsertTimer("v", at: Instant(milliseconds: Int64.max))
      try step.extendTimer("t", by: .years(Int64.max))
      step.spend(.years(Int64.max))
    }
    .onTimer("t") { _ in }.onTimer("u") { _ in }.onTimer("v") { _ in }
    let app = try Eventicle(Domain("test", sagas: [saga]))
    try app.eventClient.emit([new("A")], to: "s")
    #expect(throws: OperationError.self) { try app.advance(by: .years(Int64.max)) }
    #expect(app.world.clock.isInCommonYears)
    _ = "\(app.world.clock)"
  }

  @Test func `an aggregate type with a colon belongs to no tenant`() throws {
    let pay = AggregateRoot("pay:Order", stream: "pays")
    let make = Command("Make", stream: "pays") { _, tx in
      var made = tx.new(pay)
      made.raise("Made")
      return CommandResult(events: try tx.persist(&made))
    }
    let app: Eventicle
    do { app = try Eventicle(Domain("test", aggregates: [pay], commands: [make])) } catch {
      #expect(error is DomainError)
      return
    }
    try app.dispatch("Make")
    let key = try #require(app.world.histories.newestOwner(logged: 1))
    #expect(key.workspace == .system && key.type == "pay:Order")
  }
}

/// Names with the signs that the engine puts between names.
@Suite struct ColonTests {
  static func make(_ type: String, _ stream: StreamName, _ command: String) -> (
    AggregateRoot, Command
  ) {
    let root = AggregateRoot(type, stream: stream)
    return (
      root,
      Command(command, stream: stream) { _, tx in
        var made = tx.load(root, "1") ?? tx.new(root, id: "1")
        made.raise("Made")
        return CommandResult(events: try tx.persist(&made))
      }
    )
  }

  @Test func `an aggregate of the system belongs to no tenant`() throws {
    let (own, makeOwn) = Self.make("acme:Order", "strange", "Own")
    let (order, makeOrder) = Self.make("Order", "orders", "Order")
    let app: Eventicle
    do {
      app = try Eventicle(
        Domain("test", aggregates: [own, order], commands: [makeOwn, makeOrder]))
    } catch {
      #expect(error is DomainError)
      return
    }
    try app.dispatch("Own")
    try app.dispatch(CommandIntent("Order", workspace: "acme"))
    #expect(app.world.histories.version(of: AggregateKey("acme:Order", "1")) == Version(1))
    #expect(app.world.histories.version(of: AggregateKey("Order", "1", in: "acme")) == Version(1))
  }

  @Test func `a held lock of the system belongs to no tenant`() throws {
    let app = try Eventicle(source: "test")
    try app.dispatch(on: "s") { tx in
      try tx.withLock("acme:stock") {
        try tx.requiresNew { inner in
          _ = try inner.within("acme") { #expect($0.tryLock("stock")) }
        }
      }
      return CommandResult()
    }
  }
}
