import CoreSupport
import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

/// Another declaration of a domain, adopted between two steps.
@Suite struct AdoptingTests {
  private static func view(
    _ name: String, group: GroupName? = nil, types: [EventType] = ["Said"],
    streams: [StreamName] = ["st"]
  ) -> EventView {
    let handler: EventHandler = { event, transaction in
      try transaction.put(name, event.id.text, [:])
    }
    return EventView(
      name, streams: streams, group: group,
      on: Dictionary(uniqueKeysWithValues: types.map { ($0, handler) }))
  }

  private static func saga(_ version: Int = 1) -> Saga {
    Saga("Talk", streams: ["st"]).keyed(by: "who")
      .startOn("Said") { step, _ in try step.upsertTimer("later", after: .minutes(1)) }
      .onTimer("later") { $0["late"] = true }
      .version(version) { data, _ in data["moved"] = true }
  }

  private static let command = Command("Say", stream: "st") { _, _ in
    CommandResult(events: [NewEvent("Said", "a")])
  }

  @Test func `nothing is told and nothing recorded when the declarations are the same`() throws {
    let domain = Domain("d", commands: [Self.command], views: [Self.view("V")])
    var engine = try Engine(domain)
    _ = engine.perform(.dispatch(CommandIntent("Say")))
    let before = engine.nextEntry
    let (step, report) = try engine.adopt(domain)
    #expect(step.entries.isEmpty && engine.nextEntry == before && engine.hasWork)
    #expect(report.sentences.isEmpty)
    #expect(
      report.description
        == "The domain declares the same as before; its handlers are the new ones.")
  }

  @Test func `what is new, gone and changed is told in sentences`() throws {
    let app = try Eventicle(
      Domain(
        "d", commands: [Self.command], views: [Self.view("Old"), Self.view("Kept")],
        sagas: [Self.saga()]))
    try app.dispatch("Say")
    try app.dispatch("Say")
    let report = try app.adopt(
      Domain(
        "d", aggregates: [AggregateRoot("Room", stream: "rooms")],
        views: [Self.view("Kept", types: ["Said", "Sung"]), Self.view("New")],
        sagas: [Self.saga(2)],
        adapters: [EventAdapter("Mailer", streams: ["st"], onAny: { _, _ in })]))
    #expect(
      report.sentences == [
        "The view Kept has changed: it handles Said, Sung.",
        "The view New is new; it is offered every event from the beginning.",
        "The adapter Mailer is new; it is offered the events after #2.",
        "The view Old is gone; its group view-Old is closed after #2, and its rows stay.",
        "The saga Talk has version 2 now: 1 instance was taken over.",
        "The aggregate Room is new.", "The command Say is gone.",
      ])
    #expect(report.added == [ConsumerName(.view, "New"), ConsumerName(.adapter, "Mailer")])
    #expect(report.removed == [ConsumerName(.view, "Old")])
    #expect(report.changed == [ConsumerName(.view, "Kept")])
    #expect(report.migrated == [AdoptReport.Migration(saga: "Talk", version: 2, instances: 1)])
    #expect(app.world.recordCount(of: "New") == 2 && app.world.recordCount(of: "Old") == 2)
    #expect(app.world.instance("Talk")?.data["moved"] == true)
    try app.advance(by: .minutes(2))
    #expect(app.world.instance("Talk")?.data["late"] == true)
    #expect(throws: OperationError.self) { try app.dispatch("Say") }
  }

  @Test func `a group that goes on with other streams holds back the events of those`() throws {
    func domain(_ stream: StreamName) -> Domain {
      Domain(
        "d", adapters: [EventAdapter("Mailer", streams: [stream], onAny: { _, _ in })])
    }
    var engine = try Engine(domain("st"))
    for stream in ["st", "new"] as [StreamName] {
      _ = engine.perform(.emit([NewEvent("E", "a"), NewEvent("E", "b")], to: stream))
    }
    while engine.hasWork { _ = engine.perform(.deliver) }
    let group: GroupName = "adapter-Mailer"
    let (step, report) = try engine.adopt(domain("new"))
    #expect(report.sentences == ["The adapter Mailer has changed: it reads new."])
    #expect(step.entries.map(\.kind) == [.group(group, .subscribed(after: Position(4)))])
    #expect(engine.world.storedGroup(group)?.streams == ["new"])
    #expect(try engine.adopt(domain("new")).step.isEmpty)
    // What it has not been offered when it is closed is kept for it, and nothing else.
    _ = engine.perform(.pause(group))
    for stream in ["st", "new"] as [StreamName] {
      _ = engine.perform(.emit([NewEvent("E", "c")], to: stream))
    }
    _ = try engine.adopt(Domain("d", commands: [Self.command]))
    #expect(engine.retention(of: "st", newest: 0, evenUnread: false).heldBy == nil)
    #expect(engine.retention(of: "new", newest: 0, evenUnread: false).heldBy == group)
  }

  @Test func `a view with another group reads the history again`() throws {
    let app = try Eventicle(
      Domain("d", commands: [Self.command], views: [Self.view("V", group: "v-1")]))
    try app.dispatch("Say")
    let report = try app.adopt(
      Domain("d", commands: [Self.command], views: [Self.view("V", group: "v-2")]))
    #expect(
      report.sentences == [
        "The view V has changed: its group is v-2 instead of v-1 and begins after #0."
      ])
    #expect(app.eventClient.groups.map(\.group) == ["v-2"])
    #expect(app.eventClient.groups.first?.tally.handled == 1)
  }

  @Test func `subscriptions stay, and a group that one has cannot be declared`() throws {
    let app = try Eventicle(Domain("d", commands: [Self.command]))
    var heard = 0
    try app.eventClient.hotStream("st", group: "ear") { _ in heard += 1 }
    try app.dispatch("Say")
    try app.adopt(Domain("d", commands: [Self.command], views: [Self.view("V")]))
    try app.dispatch("Say")
    #expect(heard == 2 && app.world.recordCount(of: "V") == 2)
    #expect(throws: DomainError.declaredTwice(kind: "consumer group", name: "ear")) {
      try app.adopt(Domain("d", views: [Self.view("V", group: "ear")]))
    }
    try app.dispatch("Say")
    #expect(heard == 3 && app.world.recordCount(of: "V") == 3)
    try app.eventClient.close("ear")
    try app.dispatch("Say")
    #expect(heard == 3)
  }

  @Test func `a domain with a fault changes nothing, and handlers may not adopt`() throws {
    let app = try Eventicle(Domain("d", commands: [Self.command], views: [Self.view("V")]))
    #expect(throws: DomainError.declaredTwice(kind: "view", name: "V")) {
      try app.adopt(Domain("d", views: [Self.view("V"), Self.view("V", group: "other")]))
    }
    var refusal: String?
    try app.eventClient.hotStream("st", group: "ear") { _ in
      do { try app.adopt(Domain("d")) } catch { refusal = "\(error)" }
    }
    try app.dispatch("Say")
    #expect(refusal?.contains("outside of handlers") ?? false)
    #expect(app.world.recordCount(of: "V") == 1)
  }

  @Test func `states folded by the old reducers are dropped`() throws {
    func domain(_ word: JSON) -> Domain {
      let root = AggregateRoot(
        "Room", stream: "st", snapshotEvery: 1,
        reducers: ["Said": { state, _ in state["word"] = word }])
      return Domain(
        "d", aggregates: [root],
        commands: [
          Self.command,
          Command("Look", stream: "st") { _, transaction in
            CommandResult(response: transaction.load(root, "a")?.state)
          },
        ])
    }
    let app = try Eventicle(domain("old"))
    try app.dispatch("Say")
    #expect(try app.dispatch("Look") == ["word": "old"])
    #expect(try app.dispatch("Look") == ["word": "old"])
    try app.adopt(domain("new"))
    #expect(try app.dispatch("Look") == ["word": "new"])
  }

  @Test(arguments: seeds(40))
  func `adopting the same domain anywhere changes no later step`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let place = Int.random(in: 0..<30, using: &random)
    let plain = try RandomShop.workbench(seed: seed, count: 30)
    var engine = try Engine(.shop, seed: seed)
    var timeline = Timeline(startingWith: engine.world)
    for (number, (_, input)) in plain.timeline.inputs.enumerated() {
      if number == place {
        let (step, report) = try engine.adopt(.shop)
        #expect(step.entries.isEmpty && report.sentences.isEmpty)
      }
      engine.perform(Input(input), recordingIn: &timeline)
    }
    let names = WorldNames(.shop)
    #expect(
      fingerprint(engine.world, names).difference(from: fingerprint(plain.world, names)) == nil)
    #expect(timeline.count == plain.timeline.count)
  }

  @Test(arguments: seeds(30))
  func `a view that is adopted later has the rows of one declared from the start`(
    seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    func domain(_ views: [EventView]) -> Domain {
      Domain("d", commands: [Self.command], views: views)
    }
    let (old, new) = (Self.view("Old"), Self.view("New", types: ["Said", "Sung"]))
    let whole = try Eventicle(domain([old, new]))
    let late = try Eventicle(domain([old]))
    let count = Int.random(in: 1...20, using: &random)
    let place = Int.random(in: 0..<count, using: &random)
    for number in 0..<count {
      let event = NewEvent(
        Bool.random(using: &random) ? "Said" : "Sung", "a", id: EventID("e\(number)"))
      try whole.eventClient.emit([event], to: "st")
      try late.eventClient.emit([event], to: "st")
      if number == place { try late.adopt(domain([old, new])) }
    }
    for view in ["Old", "New"] {
      let rows = try [whole, late].map { try $0.world.records(of: view).map(\.key) }
      #expect(rows[0] == rows[1])
    }
  }
}
