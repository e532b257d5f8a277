// swift-format-ignore-file
// Written by export test swift, from the record of a session.
//
// The domain runs from its beginning. The engine reads no clock and draws no random numbers, so
// ids and times come out as they were.
import EventicleCore
import EventicleSamples
import Testing

@Suite struct ShopEvents4To11Tests {
  @Test func `what happened from #4 to #11`() throws {
    var story = try Story(.shop, from: "2026-01-01T09:00:00.000Z", seed: 1)

    // given
    try story.perform(.dispatch(CommandIntent("PlaceOrder", json(#"{"customer":"c-19","total":59}"#))))
    try story.advance(to: "2026-01-01T09:00:02.000Z")

    // when
    try story.perform(.dispatch(CommandIntent("DeclinePayment", json(#"{"paymentId":"pay-1"}"#))))
    try story.perform(.dispatch(CommandIntent("CapturePayment", json(#"{"paymentId":"pay-1"}"#))), refused: "pay-1 is declined; only a payment that is requested can be captured.")
    try story.advance(to: "2026-01-01T09:00:32.000Z")
    try story.perform(.emit([with(NewEvent(EventType("Noted"), DomainID("note-1"), data: json("{\"text\":\"say \\\"hi\\\" \\\\\\\\ #1\"}"), id: EventID("n-1"))) { $0.causedByID = EventID("019b78c9-1250-7ca5-85e7-bb0f12278575"); $0.causedByType = EventType("PaymentDeclined") }], to: StreamName("notes")))
    try story.perform(.dispatch(CommandIntent("CapturePayment", json(#"{"paymentId":"pay-2"}"#))))

    // then
    try story.expect(
      [
        Fact(4, "PaymentDeclined", "pay-1", in: "payments", at: "2026-01-01T09:00:02.000Z", id: "019b78c9-1250-7ca5-85e7-bb0f12278575", #"{"orderId":"order-1","amount":59,"currency":"GBP","reason":"card_declined"}"#),
        Fact(5, "OrderOnHold", "order-1", in: "orders", at: "2026-01-01T09:00:02.000Z", id: "019b78c9-1250-7da8-8b43-5c8e74616796", #"{"reason":"card_declined"}"#),
        Fact(6, "OrderResumed", "order-1", in: "orders", at: "2026-01-01T09:00:32.000Z", id: "019b78c9-8780-7f61-9afc-d44d14cf8bfe", "{}"),
        Fact(7, "PaymentRequested", "pay-2", in: "payments", at: "2026-01-01T09:00:32.000Z", id: "019b78c9-8780-7dc0-87b3-41d690d7a28a", #"{"orderId":"order-1","amount":59,"currency":"GBP"}"#),
        Fact(8, "Noted", "note-1", in: "notes", at: "2026-01-01T09:00:32.000Z", id: "n-1", "{\"text\":\"say \\\"hi\\\" \\\\\\\\ #1\"}"),
        Fact(9, "PaymentSucceeded", "pay-2", in: "payments", at: "2026-01-01T09:00:32.000Z", id: "019b78c9-8780-77a8-aac2-ce17a5794a3b", #"{"orderId":"order-1","amount":59,"currency":"GBP"}"#),
        Fact(10, "OrderPaid", "order-1", in: "orders", at: "2026-01-01T09:00:32.000Z", id: "019b78c9-8780-7b63-90ba-d0da572baaf1", #"{"paymentId":"pay-2"}"#),
        Fact(11, "ShipmentCreated", "ship-1", in: "shipping", at: "2026-01-01T09:00:32.000Z", id: "019b78c9-8780-79ee-a263-183773ef6508", #"{"orderId":"order-1"}"#),
      ], after: 3)
  }
}

/// One event as it has to be.
private struct Fact {
  let number: Int
  let type: String
  let domainID: String?
  let stream: String
  let at: String
  let id: String
  let data: String

  init(
    _ number: Int, _ type: String, _ domainID: String?, in stream: String, at: String,
    id: String, _ data: String
  ) {
    (self.number, self.type, self.domainID) = (number, type, domainID)
    (self.stream, self.at, self.id, self.data) = (stream, at, id, data)
  }
}

/// An engine, and what is asked of it.
private struct Story {
  private var engine: Engine

  init(_ domain: Domain, from start: String, seed: UInt64) throws {
    engine = try Engine(domain, startingAt: instant(start), seed: seed)
  }

  /// Performs an input and everything that follows from it.
  mutating func perform(
    _ input: Input, refused problem: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let step = engine.perform(input)
    drive(upTo: engine.world.clock)
    #expect(step.problem == problem, sourceLocation: sourceLocation)
  }

  /// Performs an input alone.
  mutating func performAlone(
    _ input: Input, at time: String? = nil, refused problem: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var input = input
    input.instant = try time.map { try instant($0) }
    let step = engine.perform(input)
    #expect(step.problem == problem, sourceLocation: sourceLocation)
  }

  /// Moves the clock, firing what falls due on the way.
  mutating func advance(to time: String) throws {
    let end = try instant(time)
    drive(upTo: end)
    _ = engine.perform(.moveClock(end))
  }

  /// Makes so many of the deliveries that wait.
  mutating func deliver(_ count: Int) {
    for _ in 0..<count { _ = engine.perform(.deliver) }
  }

  private mutating func drive(upTo end: Instant) {
    var driver = Driver(firingUpTo: end)
    while let input = driver.next(engine) { driver.took(engine.perform(input)) }
  }

  /// Expects these events after so many others, and no more.
  func expect(_ facts: [Fact], after count: Int) throws {
    let log = engine.world.log
    #expect(log.last.number == count + facts.count)
    for fact in facts {
      let event = try #require(log.event(at: Position(fact.number)))
      #expect(event.type.text == fact.type, "#\(fact.number)")
      #expect(event.domainID?.text == fact.domainID, "#\(fact.number)")
      #expect(event.stream.text == fact.stream, "#\(fact.number)")
      #expect(event.createdAt.description == fact.at, "#\(fact.number)")
      #expect(event.id.text == fact.id, "#\(fact.number)")
      #expect(try event.data.value == json(fact.data), "#\(fact.number)")
    }
  }
}

private func instant(_ text: String) throws -> Instant {
  try #require(Instant(parsing: text))
}

private func json(_ text: String) throws -> JSON { try JSON(parsing: text) }

private func with(_ event: NewEvent, _ change: (inout NewEvent) throws -> Void) rethrows -> NewEvent {
  var event = event
  try change(&event)
  return event
}
