import CoreSupport
import EventicleCore
import Testing

/// What goes wrong has a cause to decide by, and a refusal its own type.
@Suite struct CauseTests {
  struct SoldOut: RejectionError, Equatable {
    let item: String
    var description: String { "\(item) is sold out." }
  }

  private static let thing = AggregateRoot("Thing", stream: "things")

  private static func app() throws -> Eventicle {
    let sell = Command("Sell", stream: "things", [.required("item")]) { data, _ in
      throw SoldOut(item: data["item"].string ?? "")
    }
    let change = Command("Change", stream: "things", [.optional("seen", .number)]) {
      data, transaction in
      var found = transaction.load(thing, "t") ?? transaction.new(thing, id: "t")
      found.raise("Changed")
      let seen = data["seen"].integer.map { ExpectedVersion.exactly(Version($0)) }
      try transaction.persist(&found, expecting: seen)
      return .done
    }
    let saga = Saga("S", streams: ["asked"])
      .onEvery("Asked") { _, transaction in
        do { try transaction.dispatch("Sell", ["item": "tea"]) } catch let error as SoldOut {
          try transaction.put("Told", error.item, [:])
        }
      }
    return try Eventicle(
      Domain("test") {
        saga
        [sell, change]
        thing
      })
  }

  private func cause(_ body: () throws -> Void) -> OperationError.Cause? {
    do { try body() } catch { return OperationError.Cause(error) }
    return nil
  }

  @Test func `a refusal reaches the program and the saga as the type that was thrown`() throws {
    let app = try Self.app()
    #expect(throws: SoldOut(item: "milk")) { try app.dispatch("Sell", ["item": "milk"]) }
    #expect(throws: SoldOut(item: "milk")) {
      try app.dispatch(CommandIntent("Sell", ["item": "milk"]))
    }
    try app.eventClient.emit([NewEvent("Asked", "a")], to: "asked")
    #expect(app.world.record("Told", "tea") != nil)
    #expect(cause { try app.dispatch("Sell", ["item": "milk"]) } == .rejection)
  }

  @Test func `each cause is told from the others`() throws {
    let app = try Self.app()
    try app.dispatch("Change")
    #expect(cause { try app.dispatch("Change", ["seen": 7]) } == .conflict)
    #expect(cause { try app.dispatch("Chang") } == .unknown("Chang", known: ["Sell", "Change"]))
    #expect(cause { try app.dispatch("Sell") } == .badArgument)
    #expect(cause { try app.advance(by: .seconds(-1)) } == .badArgument)
    #expect(cause { try app.eventClient.pause("nobody") } != .failure)
    #expect(cause { try app.eventClient.redrive(1) } == .unknown("1", known: []))
    #expect(cause { _ = try app.rebuild("Board") } == .unknown("Board", known: []))
    let error = #expect(throws: OperationError.self) { try app.dispatch("Change", ["seen": 7]) }
    #expect(
      error?.underlying as? TransactionError
        == .versionConflict(
          AggregateKey("Thing", "t"), expected: Version(7), actual: Version(1)))
    try app.shutdown()
    #expect(cause { try app.dispatch("Change") } == .failure)
  }

  @Test
  func
    `a command that persists and returns the events publishes them once, one that returns nothing too`()
    throws
  {
    let root = AggregateRoot("A", stream: "as")
    func command(_ name: String, publish: Bool, returns: Bool) -> Command {
      Command(name, stream: "as") { _, transaction in
        var one = transaction.new(root)
        one.raise("Made")
        let events = try transaction.persist(&one, publish: publish)
        return CommandResult(events: returns ? events : [])
      }
    }
    let app = try Eventicle(
      Domain("test") {
        root
        command("Both", publish: true, returns: true)
        command("Persists", publish: true, returns: false)
        command("Returns", publish: false, returns: true)
        command("Keeps", publish: false, returns: false)
      })
    for (name, count) in [("Both", 1), ("Persists", 2), ("Returns", 3), ("Keeps", 3)] {
      try app.dispatch(name)
      #expect(app.world.log.count == count)
    }
    for number in 1...4 {
      #expect(app.world.histories.version(of: AggregateKey("A", "a-\(number)")) == Version(1))
    }
  }

  @Test func `a zone that does not exist is an error with the nearest one`() throws {
    let saga = Saga("S", streams: ["s"])
      .startOn("Begun", unlessLive: "id") { step, _ in
        try step.upsertTimer("t", cron: "0 9 * * *", in: "Europe/Berlyn")
      }
      .onTimer("t") { _ in }
    let app = try Eventicle(Domain("test") { saga })
    try app.eventClient.emit([NewEvent("Begun", "x")], to: "s")
    #expect(app.eventClient.parked.first?.reason.contains("did you mean Europe/Berlin") == true)
  }

  @Test func `short queries mean what the long ones mean`() throws {
    let view = EventView(
      "Row", streams: ["s"], indexed: ["n"], row: { row, event in row = event.data.value })
    let app = try Eventicle(Domain("test") { view })
    for n in 1...6 {
      try app.eventClient.emit(
        [NewEvent("T", "r\(n)", data: ["n": .int(n), "even": .bool(n % 2 == 0)])], to: "s")
    }
    func ids(_ query: Query, limit: Int? = nil) throws -> [JSON] {
      try app.world.records(of: view, where: query, sortedBy: [.descending("n")], limit: limit)
        .map { $0["n"] }
    }
    #expect(try ids("n" > 4) == [6, 5])
    #expect(try ids("n" >= 2 && "n" < 4) == [3, 2])
    #expect(try ids(!("even" == true) || "n" == 2) == [5, 3, 2, 1])
    #expect(try ids("n" <= 3 && "n" != 1, limit: 1) == [3])
    #expect(try ids(.all, limit: 0) == [])
    #expect(throws: QueryError.self) { try ids(.all, limit: -1) }
    #expect(try app.world.count(of: view, where: "even" == true) == 3)
    #expect(try app.world.explain(of: "Row", where: "n" == 2).isExact)
    #expect(try app.world.records(of: "Row", sortedBy: ["n"], page: 2, size: 4).entries.count == 2)
  }
}
