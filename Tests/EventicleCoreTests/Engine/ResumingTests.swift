import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct ResumingTests {
  /// An engine, and what a journal that outlives it would hold.
  private struct Kept {
    var engine: Engine
    let start: World
    private(set) var steps: [(changes: StepChanges, events: [StoredEvent])] = []
    private(set) var entries: [JournalEntry] = []
    private var logged = 0
    private var kept = 0

    init(_ domain: Domain) throws {
      engine = try Engine(domain)
      start = engine.world
    }

    mutating func perform(_ input: Input) {
      write(engine.perform(input))
      while engine.hasWork { write(engine.perform(.deliver)) }
    }

    /// Goes on with what was written, and with another domain.
    mutating func resume(_ domain: Domain) throws {
      var opening: Step?
      engine = try Engine(
        resuming: replayed, domain, nextEntry: JournalIndex(entries.count + 1)
      ) { opening = $0 }
      if let opening { write(opening) }
    }

    private mutating func write(_ step: Step) {
      let world = engine.world
      var events: [StoredEvent] = []
      for position in (logged + 1)..<(world.log.count + 1) {
        guard let event = world.log.event(at: Position(position)) else { continue }
        events.append(
          .logged(event, nil, by: world.origin(of: Position(position)) ?? JournalIndex(0)))
      }
      logged = world.log.count
      guard let first = step.entries.first else { return }
      steps.append((first.changes, events))
      entries += step.entries
    }

    /// The world that follows from the start and what was written.
    var replayed: World {
      var world = start
      for step in steps { world.replay(step.changes, step.events) }
      return world
    }
  }

  private static func domain(_ consumers: Set<String>, isFailing: Bool = false) -> Domain {
    func view(_ name: String) -> EventView {
      EventView(
        name, streams: ["st"],
        on: [
          "Done": { event, transaction in
            if isFailing { throw Rejection("no") }
            try transaction.change(name, event.key) { row in
              row["n"] = .int((row["n"].integer ?? 0) + 1)
            }
          }
        ])
    }
    let adapter = EventAdapter(
      "X", streams: ["st"], group: "x",
      on: ["Done": { event, transaction in try transaction.put("Sent", event.id.text, [:]) }])
    return Domain(
      "test", views: ["V", "W"].filter { consumers.contains($0) }.map(view),
      adapters: consumers.contains("X") ? [adapter] : [])
  }

  private func count(_ view: String, _ world: World) -> Int? {
    world.record(RecordKey(view, "A"))?.content["n"].integer
  }

  @Test func `a new view catches up, and a new adapter receives only new events`() throws {
    var kept = try Kept(Self.domain(["V"]))
    for _ in 0..<3 { kept.perform(.emit([new("Done", of: "A")], to: "st")) }
    try kept.resume(Self.domain(["V", "W", "X"]))
    #expect(
      kept.entries.suffix(2).map(\.kind) == [
        .group("view-W", .subscribed(after: Position(0))),
        .group("x", .subscribed(after: Position(3))),
      ])
    kept.perform(.emit([new("Done", "e4", of: "A")], to: "st"))
    #expect(count("V", kept.engine.world) == 4)
    #expect(count("W", kept.engine.world) == 4)
    #expect(kept.engine.world.recordCount(of: "Sent") == 1)
    #expect(kept.engine.world.record(RecordKey("Sent", "e4")) != nil)
  }

  @Test func `a removed consumer is closed, and resumes where it was when it returns`() throws {
    var kept = try Kept(Self.domain(["V", "W"]))
    kept.perform(.emit([new("Done", of: "A")], to: "st"))
    try kept.resume(Self.domain(["V"]))
    #expect(kept.entries.last?.kind == .group("view-W", .closed))
    #expect(kept.engine.world.group("view-W")?.status == .closed)
    for _ in 0..<2 { kept.perform(.emit([new("Done", of: "A")], to: "st")) }
    #expect(count("W", kept.engine.world) == 1)
    #expect(kept.engine.world.group("view-W")?.position == Position(1))
    try kept.resume(Self.domain(["V", "W"]))
    #expect(
      kept.entries.last?.kind == .group("view-W", .subscribed(after: Position(1))))
    while kept.engine.hasWork { _ = kept.engine.perform(.deliver) }
    #expect(count("W", kept.engine.world) == 3)
    #expect(kept.engine.world.consumers.count == 2)
  }

  @Test func `waiting deliveries are not offered to a removed consumer`() throws {
    var kept = try Kept(Self.domain(["V", "W"]))
    let step = kept.engine.perform(.emit([new("Done", of: "A")], to: "st"))
    #expect(step.problem == nil && kept.engine.world.queue.count == 2)
    var engine = try Engine(
      resuming: kept.engine.world, Self.domain(["V"]), nextEntry: kept.engine.nextEntry)
    #expect(engine.world.queue.count == 1)
    while engine.hasWork { #expect(engine.perform(.deliver).problem == nil) }
    var again = try Engine(
      resuming: engine.world, Self.domain(["V", "W"]), nextEntry: engine.nextEntry)
    while again.hasWork { #expect(again.perform(.deliver).problem == nil) }
    #expect(count("W", again.world) == 1)
  }

  @Test func `nothing is written when nothing has changed`() throws {
    var kept = try Kept(Self.domain(["V", "X"]))
    kept.perform(.emit([new("Done", of: "A")], to: "st"))
    let count = kept.entries.count
    try kept.resume(Self.domain(["V", "X"]))
    #expect(kept.entries.count == count)
  }

  @Test func `a world replayed from its journal is the same`() throws {
    let all = Self.domain(["V", "W", "X"])
    var kept = try Kept(Self.domain(["V"]))
    for round in 0..<4 {
      kept.perform(.emit([new("Done", of: "A"), new("Done", of: "B")], to: "st"))
      kept.perform(.moveClock(kept.engine.world.clock + .minutes(5)))
      kept.perform(round % 2 == 0 ? .pause("view-V") : .resume("view-V"))
      kept.perform(.emit([new("Done", of: "C")], to: "st"))
      let names = WorldNames(all)
      let live = fingerprint(kept.engine.world, names)
      #expect(fingerprint(kept.replayed, names).difference(from: live) == nil)
      try kept.resume([all, Self.domain(["W"]), all, Self.domain(["V"])][round])
      let resumed = fingerprint(kept.engine.world, names)
      #expect(fingerprint(kept.replayed, names).difference(from: resumed) == nil)
    }
  }

  @Test func `parked deliveries of a removed consumer wait for its return`() throws {
    var kept = try Kept(Self.domain(["V", "W"], isFailing: true))
    kept.perform(.emit([new("Done", of: "A")], to: "st"))
    #expect(kept.engine.world.parked.map(\.number) == [1, 2])
    try kept.resume(Self.domain(["V"]))
    let step = kept.engine.perform(.redrive(2))
    #expect(
      step.problem
        == "Whoever parked 2 consumes no more, so it cannot be done again; let its consumer come "
        + "back, or drop it.")
    #expect(step.entries.isEmpty)
    #expect(kept.engine.world.parked.map(\.number) == [1, 2])
    try kept.resume(Self.domain(["V", "W"]))
    #expect(kept.engine.perform(.redrive(2)).problem == nil)
    #expect(count("W", kept.engine.world) == 1)
  }
}
