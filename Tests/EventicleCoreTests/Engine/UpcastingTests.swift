import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct UpcastingTests {
  /// Amounts in cents became amounts, `Paid` became `Settled`, and nobody wants `Touched`.
  static func upcasters() throws -> UpcasterChain {
    try UpcasterChain([
      EventUpcaster("Paid", from: 1) { data in
        guard let cents = data["cents"].integer else { throw Rejection("no cents") }
        data["amount"] = .int(cents / 100)
      },
      EventUpcaster("Paid", from: 2, renamedTo: "Settled"),
      EventUpcaster(dropping: "Touched", from: 1),
    ])
  }

  static let bill = AggregateRoot(
    "Bill", stream: "bills",
    reducers: ["Settled": { state, event in state["amount"] = event.data["amount"] }])

  static func domain(_ book: HandlerLog) throws -> Domain {
    Domain(
      "test", aggregates: [bill],
      commands: [
        Command("Read", stream: "bills") { _, tx in
          let amount = tx.load(bill, "bill-1")?["amount"] ?? .null
          return CommandResult(response: amount)
        },
        Command("React", stream: "bills") { _, tx in
          guard tx.load(bill, "bill-1") != nil else { return CommandResult() }
          return CommandResult(events: [new("Reacted")])
        },
      ],
      views: [
        EventView(
          "Paid", streams: ["bills"],
          on: [
            "Settled": { event, tx in
              try tx.put("Paid", event.id.text, ["amount": event.data["amount"]])
            }
          ]),
        EventView("All", streams: ["bills"], onAny: { event, _ in book.note("\(event.type)") }),
        EventView("Old", streams: ["bills"], on: ["Paid": { _, _ in book.note("old") }]),
      ],
      sagas: [
        Saga("S", streams: ["bills"]).startOn("Settled") { step, event in
          step["amount"] = event.data["amount"]
        }
      ],
      adapters: [
        EventAdapter(
          "R", streams: ["bills"],
          onRaw: { encoded, _ in
            book.note("raw \(encoded[header: "type"])")
          })
      ],
      upcasters: try upcasters())
  }

  let book = HandlerLog()

  @Test func `views, sagas, folds and cold streams receive old events in the newest shape`() throws
  {
    let app = try Eventicle(try Self.domain(book))
    try app.eventClient.emit([new("Paid", "p", of: "bill-1", ["cents": 500])], to: "bills")
    #expect(app.world.record(RecordKey("Paid", "p"))?.content == ["amount": 5])
    #expect(app.world.instance("S")?.data["amount"] == 5)
    #expect(try app.dispatch("Read") == 5)
    var cold: [Event] = []
    try app.eventClient.coldStream("bills") { cold.append($0) }
    #expect(cold.map(\.type) == ["Settled"])
    #expect(cold[0].data.value["amount"] == 5)
    // What rests is as it came, and raw consumers get that.
    #expect(app.world.log.event(at: Position(1))?.data.value == ["cents": 500])
    #expect(book.lines == ["Settled", "raw Paid"])
    let vantage = MomentView(
      cursor: TimeCursor(entry: JournalIndex(0)), world: app.world,
      timeline: Timeline(startingWith: app.world), domain: app.engine.domain)
    #expect(vantage.aggregate(AggregateKey("Bill", "bill-1"))?.state["amount"] == 5)
  }

  @Test func `a consumer of only an old type ignores the event, and the journal explains it`()
    throws
  {
    var bench = try RecordedEngine(try Self.domain(book))
    bench.emit(new("Paid", "p", of: "bill-1", ["cents": 500]), to: "bills")
    let outcomes = bench.entries.compactMap { entry -> StepOutcome? in
      guard case .delivery(_, ConsumerName(.view, "Old"), _, let outcome) = entry.kind else {
        return nil
      }
      return outcome
    }
    #expect(outcomes == [.ignored("nobody handles Settled")])
  }

  @Test func `only raw consumers see a dropped event, and its delivery is journaled`() throws {
    var bench = try RecordedEngine(try Self.domain(book))
    bench.emit(new("Touched", "t", of: "bill-1"), to: "bills")
    #expect(book.lines == ["raw Touched"])
    let outcomes = bench.entries.compactMap { entry -> StepOutcome? in
      guard case .delivery(_, let consumer, _, let outcome) = entry.kind, consumer.kind == .view
      else { return nil }
      return outcome
    }
    #expect(outcomes == [.ignored("an upcaster drops it")])
    let app = try Eventicle(try Self.domain(book))
    try app.eventClient.emit([new("Touched", "t")], to: "bills")
    #expect(try app.eventClient.coldStream("bills", { _ in }) == 0)
  }

  @Test func `an event that cannot be upcast is parked, and can be edited and retried`() throws {
    let app = try Eventicle(try Self.domain(book))
    try app.eventClient.emit([new("Paid", "p", of: "bill-1", ["euros": 5])], to: "bills")
    let parked = app.eventClient.parked
    #expect(parked.count == 4)
    #expect(parked.allSatisfy { $0.reason.contains("Paid 1 failed at event p: no cents") })
    #expect(app.eventClient.groups.map(\.isDegraded) == [true, true, true, true, false])
    for item in parked where item.work.consumer == ConsumerName(.view, "Paid") {
      try app.eventClient.redrive(item.number, with: ["cents": 700])
    }
    #expect(app.world.record(RecordKey("Paid", "p"))?.content == ["amount": 7])
    #expect(app.eventClient.parked.count == 3)
  }

  @Test func `a command that folds an unreadable event fails as a whole`() throws {
    let app = try Eventicle(try Self.domain(book))
    try app.eventClient.emit([new("Paid", "p", of: "bill-1", ["euros": 5])], to: "bills")
    let error = #expect(throws: OperationError.self) { try app.dispatch("React") }
    #expect(error?.description.contains("no cents") == true)
    #expect(app.world.log.count == 1)
  }

  @Test func `imports fold the newest shape into views`() throws {
    var bench = try RecordedEngine(try Self.domain(book))
    let event = Event(
      id: "p", type: "Paid", source: "old", stream: "bills", domainID: "bill-1",
      createdAt: .standardStart, data: JSONBytes(["cents": 300]))
    bench.perform(.take(event, reaction: .viewsOnly))
    #expect(bench.world.record(RecordKey("Paid", "p"))?.content == ["amount": 3])
  }
}

extension Work {
  /// The consumer of the delivery.
  fileprivate var consumer: ConsumerName {
    switch self {
    case .delivery(let delivery, _): delivery.consumer
    case .timer(let key, _): ConsumerName(.saga, key.owner.saga)
    }
  }
}
