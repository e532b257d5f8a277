import TestSupport
import Testing

@testable import EventicleCore

/// An emit and a delivery that need no more than the log and a handler are made in a shorter way,
/// which must say and leave the same as the longer one.
@Suite struct PlainStepTests {
  /// Listeners of several kinds: some fail, some take time, some emit, some write.
  private static let domain = Domain(
    "plain", aggregates: [AggregateRoot("Order", stream: "orders")],
    views: [
      EventView(
        "Counts", streams: ["orders", "notes"],
        onAny: { event, transaction in
          let count = transaction.record("Count", event.type.text)?.content["n"].integer ?? 0
          try transaction.put("Count", event.type.text, ["n": .int(count + 1)])
        })
    ],
    adapters: [
      listener("Parking", .park) { _, _ in }, listener("Skipping", .skip) { _, _ in },
      listener("Stopping", .stop) { _, _ in },
      listener("Retrying", .retry(2, .fixed(.seconds(3)))) { _, _ in },
      listener("Slow", .park) { event, transaction in
        if event.data["n"].integer == 7 { transaction.spend(.seconds(5)) }
      },
      listener("Echo", .park) { event, transaction in
        guard event.stream == "orders" else { return }
        try transaction.emit([NewEvent("Echoed", event.domainID)], to: "notes")
      },
    ])

  private static func listener(
    _ name: String, _ policy: ErrorPolicy, _ body: @escaping EventHandler
  ) -> EventAdapter {
    EventAdapter(
      name, streams: ["orders", "notes"], options: ConsumerOptions(policy: policy),
      onAny: { event, transaction in
        try body(event, transaction)
        if event.data["fails"].string == name { throw Rejection("It is to fail.") }
      },
      onError: { failure, transaction in
        try transaction.put("Failure", failure.consumer, ["attempts": .int(failure.attempts)])
      })
  }

  private static func event(_ random: inout SeededRandom) -> NewEvent {
    var data: JSON = ["n": .int(Int.random(in: 0...9, using: &random))]
    if Int.random(in: 0..<12, using: &random) == 0 {
      let names = domain.adapters.map(\.name)
      data["fails"] = .string(names.randomElement(using: &random) ?? "")
    }
    let id = Int.random(in: 0...3, using: &random)
    var event = NewEvent(
      Bool.random(using: &random) ? "Placed" : "Paid", id == 0 ? nil : DomainID("order-\(id)"),
      data: data)
    switch Int.random(in: 0..<40, using: &random) {
    case 0: event = NewEvent("", event.domainID)
    case 1: event.id = EventID("given-\(random.next() % 4)")
    case 2: event.source = "elsewhere"
    case 3: event.apmTrace = "a trace"
    default: break
    }
    return event
  }

  private static func input(_ engine: Engine, _ random: inout SeededRandom) -> Input {
    if Int.random(in: 0..<3, using: &random) > 0, engine.hasWork { return .deliver }
    if Int.random(in: 0..<6, using: &random) == 0,
      let due = engine.nextDue(upTo: engine.world.clock + .seconds(9))
    {
      return due
    }
    let streams: [StreamName] = [
      "orders", "orders", "notes", "", Workspace("acme").stream("notes"),
    ]
    let same = event(&random)
    let count = Int.random(in: 0...3, using: &random)
    let events = (0..<count).map { _ in Bool.random(using: &random) ? same : event(&random) }
    let now = engine.world.clock
    return Input(
      .emit(events, to: streams[Int.random(in: 0..<streams.count, using: &random)]),
      by: Bool.random(using: &random) ? .person : .program,
      at: Bool.random(using: &random)
        ? nil : now + .milliseconds(Int64.random(in: -5...50, using: &random)))
  }

  @Test(arguments: seeds(60))
  func `the short way and the transaction say the same and leave the same world`(
    seed: UInt64
  ) throws {
    var short = try RecordedEngine(Self.domain, seed: seed)
    var long = try Engine(Self.domain, seed: seed)
    var random = SeededRandom(seed: seed)
    var plain = 0
    for _ in 0..<120 {
      let input = Self.input(short.engine, &random)
      if let instant = input.instant { long.pass(until: instant) }
      let first = short.perform(input)
      let second: Step
      switch input.action {
      case .emit(let events, let stream):
        second = long.emitInTransaction(events, to: stream, by: input.origin)
        if case .made(let made) = first.made, made.isEmission { plain += 1 }
      case .deliver: second = long.deliverPicked()
      default: second = long.perform(input)
      }
      #expect(first.entries.map(\.described) == second.entries.map(\.described))
      #expect(first.problem == second.problem)
      let difference = short.fingerprint(short.world).difference(
        from: short.fingerprint(long.world))
      try #require(difference == nil, "\(difference ?? "")")
    }
    // A random engine may soon have a group that lags, and then needs transactions.
    if seed == 0 { #expect(plain > 0) }
    for moment in short.moments {
      let world = short.timeline.world(after: moment.last)
      #expect(short.fingerprint(world).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test(arguments: seeds(60))
  func `the journal gives back each entry as its step gave it`(seed: UInt64) throws {
    var bench = try RecordedEngine(Self.domain, seed: seed, remembering: false)
    var random = SeededRandom(seed: seed)
    var entries: [JournalEntry] = []
    for _ in 0..<120 { entries += bench.perform(Self.input(bench.engine, &random)).entries }
    #expect(entries.map(\.described) == bench.entries.map(\.described))
  }

  @Test(arguments: seeds(60))
  func `applying a step's changes and reverting them leaves the world as it was`(
    seed: UInt64
  ) throws {
    var bench = try RecordedEngine(Self.domain, seed: seed)
    var random = SeededRandom(seed: seed)
    for _ in 0..<80 { bench.perform(Self.input(bench.engine, &random)) }
    for (before, after) in zip(bench.moments, bench.moments.dropFirst()) {
      var world = bench.timeline.world(after: before.last)
      let steps = (after.first.number...after.last.number).compactMap {
        bench.timeline.entry(JournalIndex($0))?.changes
      }
      for changes in steps { world.apply(changes) }
      #expect(bench.fingerprint(world).difference(from: after.fingerprint) == nil)
      for changes in steps.reversed() { world.revert(changes) }
      #expect(bench.fingerprint(world).difference(from: before.fingerprint) == nil)
      // What the form implies is what a list would say.
      for change in steps.flatMap(\.others) { world.apply(change) }
      for change in steps.flatMap(\.others).reversed() { world.revert(change) }
      #expect(bench.fingerprint(world).difference(from: before.fingerprint) == nil)
    }
  }

  @Test func `the moved clock of a plain step is recorded without the whole input`() throws {
    var bench = try RecordedEngine(Self.domain)
    let instant = bench.world.clock + .seconds(9)
    bench.perform(Input(.emit([NewEvent("Placed", "order-1")], to: "orders"), at: instant))
    bench.perform(Input(.deliver, by: .delivery, at: instant + .seconds(1)))
    let inputs = bench.timeline.inputs.map(\.input)
    #expect(inputs.map(\.instant) == [instant, instant + .seconds(1)])
    try expectSameSteps(bench.timeline, Self.domain, seed: 1)
  }

  @Test func `a recorded emit keeps the members besides an event's own`() throws {
    var bench = try RecordedEngine(Self.domain)
    var event = NewEvent("Placed", "order-1")
    event.additionalMembers = JSONBytes(["correlationId": "c-1"])
    bench.perform(.emit([event], to: "orders"))
    guard case .emit(let events, _)? = bench.timeline.input(of: JournalIndex(1))?.action else {
      Issue.record("The input is no emit.")
      return
    }
    #expect(events == [event])
  }

  @Test func `the step of two engines forked from one does not depend on the other`() throws {
    var one = try RecordedEngine(Self.domain)
    one.perform(.emit([NewEvent("Placed", "order-1")], to: "orders"))
    var other = one
    one.perform(.emit([NewEvent("Paid", "order-1")], to: "orders"))
    other.perform(.emit([NewEvent("Placed", "order-2")], to: "notes"))
    one.settle()
    other.settle()
    #expect(one.world.log.event(at: Position(2))?.type == "Paid")
    #expect(other.world.log.event(at: Position(2))?.type == "Placed")
    for bench in [one, other] {
      for moment in bench.moments {
        let world = bench.timeline.world(after: moment.last)
        #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
      }
    }
  }
}

extension JournalEntry {
  /// All of it as a text, for comparison.
  fileprivate var described: String {
    "\(kind) \(String(describing: cause)) \(instant) \(stepStart) \(stepCount) "
      + "\(String(describing: origin)) \(changes.appended) \(changes.kept) \(changes.draws) "
      + "\(changes.count) \(changes.others.map(\.described))"
  }
}

extension Change {
  /// All of it as a text; a queue by its deliveries, because it may be stored in several ways.
  fileprivate var described: String {
    guard case .requeued(let old, let new) = self else { return "\(self)" }
    return [old, new].map { queue in "\((0..<queue.count).map { queue[$0] })" }.joined()
  }
}
