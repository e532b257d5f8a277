import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

/// What a domain declares, as a value that is kept and compared.
@Suite struct DomainShapeTests {
  private static func view(
    _ name: String, streams: [StreamName] = ["st"], types: [EventType] = ["Said"],
    indexed: [JSONPath] = [], options: ConsumerOptions = .standard
  ) -> EventView {
    let handler: EventHandler = { _, _ in }
    return EventView(
      name, streams: streams, options: options, indexed: indexed,
      on: Dictionary(uniqueKeysWithValues: types.map { ($0, handler) }))
  }

  private static func saga(_ version: Int = 1) -> Saga {
    Saga("Talk", streams: ["st"]).keyed(by: "who")
      .startOn("Said") { step, _ in try step.upsertTimer("later", after: .minutes(1)) }
      .onTimer("later") { _ in }
      .version(version) { data, _ in data["moved"] = true }
  }

  private static let say = Command("Say", stream: "st", [.required("who")]) { data, _ in
    CommandResult(events: [NewEvent("Said", DomainID(data["who"].string ?? ""))])
  }

  @Test(arguments: Samples.all.map(\.name))
  func `a shape is the same text for the same declarations, and is read back`(name: String) throws {
    let domain = try #require(Samples.named(name))
    let shape = DomainShape(domain)
    #expect(DomainShape(try #require(Samples.named(name))).text == shape.text)
    let read = try #require(DomainShape(shape.text))
    #expect(read == shape && read.differences(since: shape) == [])
    #expect(shape.parts.count > 5)
    #expect(try JSON(parsing: shape.text)["name"].string == name)
    #expect(DomainShape("no JSON") == nil && DomainShape(#"{"views":[1]}"#) == nil)
  }

  /// The sentence after some events, when another declaration takes over.
  private func sentence(
    _ old: Domain, _ new: Domain, after says: Int = 2
  ) throws -> String? {
    var engine = try Engine(old)
    for number in 0..<says {
      _ = engine.perform(.dispatch(CommandIntent("Say", ["who": .string("p-\(number)")])))
      engine.settle { _ in }
    }
    var step = Step()
    let last = JournalIndex(engine.nextEntry.number - 1)
    let next = try Engine(
      resuming: engine.world, new, nextEntry: engine.nextEntry
    ) { step = $0 }
    return DomainShape(new).sentence(
      since: DomainShape(old), upTo: last, step.entries.map(\.kind), of: new, in: next.world)
  }

  private func domain(
    commands: [Command] = [say], aggregates: [AggregateRoot] = [], views: [EventView] = [],
    sagas: [Saga] = [], adapters: [EventAdapter] = [], indexes: [RecordIndex] = [],
    upcasters: UpcasterChain = .empty
  ) -> Domain {
    Domain(
      "d", aggregates: aggregates, commands: commands, views: views, sagas: sagas,
      adapters: adapters, indexes: indexes, upcasters: upcasters)
  }

  private func words(_ old: Domain, _ new: Domain, after says: Int = 2) throws -> String? {
    try sentence(old, new, after: says).map {
      String($0.dropFirst($0.split(separator: ":")[0].count + 2).dropLast())
    }
  }

  @Test func `nothing is told of the same declarations`() throws {
    #expect(try sentence(domain(views: [Self.view("V")]), domain(views: [Self.view("V")])) == nil)
  }

  @Test func `what is new is told with what it is offered`() throws {
    let none = domain()
    #expect(
      try words(none, domain(views: [Self.view("V")]))
        == "view V is new, it is offered what it handles of the 2 events of its streams")
    let all = EventView("All", streams: ["s*"], onAny: { _, _ in })
    #expect(
      try words(none, domain(views: [all]))
        == "view All is new, it is offered all 2 events of its streams")
    #expect(
      try words(none, domain(views: [all]), after: 1)
        == "view All is new, it is offered the 1 event of its streams")
    #expect(
      try words(none, domain(views: [Self.view("V", streams: ["other"])]))
        == "view V is new, its streams have no events yet")
    #expect(
      try words(none, domain(sagas: [Self.saga()]))
        == "saga Talk is new, it is offered what comes after #2")
    let mailer = EventAdapter("Mailer", streams: ["st"], onAny: { _, _ in })
    #expect(
      try words(none, domain(adapters: [mailer]))
        == "adapter Mailer is new, it is offered what comes after #2")
    let others = domain(
      commands: [Self.say, Command("Sing", stream: "st") { _, _ in CommandResult() }],
      aggregates: [AggregateRoot("Room", stream: "rooms")], indexes: [RecordIndex("V", on: "a")])
    #expect(
      try words(none, others) == "aggregate Room is new; command Sing is new; index V.a is new")
    let upcast = domain(upcasters: try UpcasterChain([EventUpcaster("Said", from: 1)]))
    #expect(try words(none, upcast) == "upcaster Said 1 is new, it leads to Said 2")
  }

  @Test func `what is gone is told with what stays of it`() throws {
    let mailer = EventAdapter("Mailer", streams: ["st"], onAny: { _, _ in })
    let old = domain(views: [Self.view("V")], sagas: [Self.saga()], adapters: [mailer])
    #expect(
      try words(old, domain())
        == "view V is gone, its rows stay; saga Talk is gone, its instances stay and their timers wait "
        + "for it; adapter Mailer is gone, it is offered nothing more")
    #expect(
      try sentence(old, domain(), after: 0)?.hasPrefix("The domain d has changed since j0: ")
        ?? false)
    // One that is declared again goes on where it was.
    var engine = try Engine(old)
    _ = engine.perform(.dispatch(CommandIntent("Say", ["who": "p"])))
    engine.settle { _ in }
    engine = try Engine(resuming: engine.world, domain(), nextEntry: engine.nextEntry)
    var step = Step()
    engine = try Engine(resuming: engine.world, old, nextEntry: engine.nextEntry) { step = $0 }
    let back = DomainShape(old).sentence(
      since: DomainShape(domain()), upTo: JournalIndex(9), step.entries.map(\.kind), of: old,
      in: engine.world)
    #expect(back?.contains("view V is back, it goes on after #1") ?? false)
  }

  @Test func `versions of sagas are told with their instances`() throws {
    let old = domain(sagas: [Self.saga()])
    #expect(
      try words(old, domain(sagas: [Self.saga(2)]))
        == "saga Talk is version 2, 2 instances are taken over")
    #expect(
      try words(old, domain(sagas: [Self.saga(3)]), after: 1)
        == "saga Talk is version 3, 1 instance is taken over")
    #expect(
      try words(domain(sagas: [Self.saga(2)]), old)
        == "saga Talk is version 1 again, and instances of version 2 fail in it")
  }

  @Test func `facts that differ are told as they are now`() throws {
    let old = domain(views: [Self.view("V"), Self.view("W")])
    let new = domain(
      commands: [Command("Say", stream: "st", [.optional("who")]) { _, _ in CommandResult() }],
      views: [
        Self.view("W"),
        Self.view(
          "V", streams: ["st", "other"], types: ["Said", "Sung"],
          options: ConsumerOptions(policy: .skip)),
      ])
    #expect(
      try words(old, new)
        == "view V: streams st other, handles Said Sung, other options; views are offered events in "
        + "another order; command Say: arguments who: text?")
    let unique = domain(indexes: [RecordIndex("V", on: "a", unique: true)])
    #expect(
      try words(domain(indexes: [RecordIndex("V", on: "a")]), unique) == "index V.a: unique now")
  }

  @Test func `three differences are told, and the others counted`() throws {
    let new = domain(views: ["A", "B", "C", "D", "E"].map { Self.view($0, streams: ["none"]) })
    #expect(try words(domain(), new)?.hasSuffix("; 2 more differences") ?? false)
    #expect(try words(domain(), new)?.contains("view C is new") ?? false)
  }
}
