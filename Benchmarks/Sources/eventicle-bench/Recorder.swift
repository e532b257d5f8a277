import EventicleCore

/// An engine whose every step goes into a timeline, as in a session.
struct Recorder {
  private(set) var engine: Engine
  private(set) var timeline: Timeline

  init(_ domain: Domain) throws {
    engine = try Engine(domain)
    timeline = Timeline(startingWith: engine.world)
  }

  var world: World { engine.world }

  /// Does one thing and records it.
  @discardableResult
  mutating func perform(_ input: Input) -> Step {
    engine.perform(input, recordingIn: &timeline)
  }

  /// Delivers all that waits.
  mutating func settle() {
    while engine.hasWork { perform(.deliver) }
  }

  /// Emits one event and delivers it.
  mutating func emit(_ event: NewEvent, to stream: StreamName) {
    perform(.emit([event], to: stream))
    settle()
  }

  /// Takes the engine's world over, from which going back starts.
  mutating func arrive() { timeline.arrive(at: engine.world) }

  /// The journal must have everything: an entry for each event at least.
  func proveJournal(events: Int) throws {
    try prove(world.log.count, events, "events in the log")
    guard timeline.count >= events else {
      throw WrongContent(description: "the journal has \(timeline.count) entries only")
    }
  }
}

/// The events that are emitted: payments of some customers.
enum Payments {
  static let customers = 1_000

  /// An event that its caller has made before.
  static func event(_ number: Int) -> NewEvent { made[number % customers] }

  /// An event that is made now from what is known about it.
  static func newEvent(_ number: Int) -> NewEvent {
    NewEvent("PaymentCaptured", domainIDs[number % customers], data: data[number % customers])
  }

  private static let made = (0..<customers).map { newEvent($0) }

  static func amount(_ number: Int) -> Int { number % customers % 97 + 1 }

  /// The sum of the amounts of so many events.
  static func sum(_ count: Int) -> Int { (0..<count).reduce(0) { $0 + amount($1) } }

  private static let domainIDs = (0..<customers).map { DomainID("payment-\($0)") }
  private static let data: [JSON] = (0..<customers).map {
    [
      "amount": .int(amount($0)), "currency": "EUR", "orderId": .string("order-\($0)"),
      "customer": .string("customer-\($0)"), "method": "card",
    ]
  }

  /// The sum over a log, and that the last event is the one expected.
  static func proveLog(_ world: World, count: Int) throws {
    var sum = 0
    for number in 1...count {
      guard let event = world.log.event(at: Position(number)) else { continue }
      sum += event.data["amount"].integer ?? 0
    }
    try prove(sum, Payments.sum(count), "sum of the amounts")
    let last = world.log.event(at: Position(count))?.domainID
    try prove(last, domainIDs[(count - 1) % customers], "the last event")
  }
}
