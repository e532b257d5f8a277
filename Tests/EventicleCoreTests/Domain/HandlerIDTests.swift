import CoreSupport
import EventicleSamples
import Synchronization
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct HandlerIDTests {
  /// Counts calls by handler and may refuse or replace them.
  private final class Calls: HandlerExecutor {
    private let counts = Mutex<[HandlerID: Int]>([:])
    let refused: HandlerID?
    let skipped: HandlerID?

    init(refusing refused: HandlerID? = nil, skipping skipped: HandlerID? = nil) {
      self.refused = refused
      self.skipped = skipped
    }

    var made: [HandlerID: Int] { counts.withLock { $0 } }

    func call(
      _ handler: HandlerID, in transaction: Transaction, _ body: () throws -> Void
    ) throws {
      counts.withLock { $0[handler, default: 0] += 1 }
      if handler == refused { throw Rejection("\(handler) did not answer") }
      if handler != skipped { try body() }
    }
  }

  private static let domain = Domain(
    "desk",
    commands: [
      Command("Open", stream: "desk") { data, _ in
        CommandResult(response: "opened", events: [NewEvent("Opened", "d-1", data: data)])
      }
    ],
    views: [
      EventView(
        "Board", streams: ["desk"],
        on: ["Opened": { event, transaction in try transaction.put("Board", event.key, [:]) }])
    ],
    sagas: [
      Saga("Care", streams: ["desk"]).keyed(by: "desk")
        .startOn("Opened") { step, _ in try step.upsertTimer("late", after: .seconds(5)) }
        .on("Opened") { _, _ in }
        .on("Closed") { step, _ in step.end() }
        .onEvery("Noted") { _, _ in }
        .onTimer("late") { _ in throw Rejection("too late") }
        .onError { _, _ in }
    ],
    adapters: [
      EventAdapter(
        "Mailer", streams: ["desk"], onAny: { _, _ in throw Rejection("no mail") },
        onError: { _, _ in })
    ])

  @Test func `the handlers of a domain are listed, each with a text of its own`() {
    #expect(
      Self.domain.handlers.map(\.description) == [
        "command Open", "view Board / on Opened", "saga Care / start on Opened",
        "saga Care / on Closed", "saga Care / on Opened", "saga Care / on Noted",
        "saga Care / timer late", "saga Care / on failure", "adapter Mailer / on any event",
        "adapter Mailer / on failure",
      ])
    for domain in [Domain.shop, .bank] {
      let ids = domain.handlers
      #expect(Set(ids).count == ids.count && Set(ids.map(\.description)).count == ids.count)
      #expect(ids.count > domain.commands.count)
    }
    let others = Domain(
      "other",
      aggregates: [AggregateRoot("A", stream: "a", folder: NoFolder())],
      sagas: [
        Saga("R", streams: ["a"]).on("X") { _, _ in }.onAnyTimer { _, _ in }
          .routed { _, _ in SagaRoute() }
      ])
    #expect(
      others.handlers.map(\.description) == [
        "aggregate A", "saga R / route", "saga R / on X", "saga R / any timer",
      ])
    #expect(HandlerID(.input, "pause X").description == "input / pause X")
  }

  private struct NoFolder: AggregateFolder {
    func fold(_ events: [Event], of key: AggregateKey, at versions: [Version]) -> [JSON] {
      versions.map { _ in [:] }
    }
  }

  @Test func `an executor is called for every handler by its id`() throws {
    let calls = Calls()
    var engine = try Engine(Self.domain, options: EngineOptions(executor: calls))
    #expect(engine.perform(.dispatch(CommandIntent("Open"))).response == "opened")
    engine.settle { _ in }
    _ = engine.perform(.emit([NewEvent("Noted", "d-1"), NewEvent("Opened", "d-1")], to: "desk"))
    engine.settle { _ in }
    let due = try #require(engine.nextTimer)
    _ = engine.perform(.fire(due.key))
    _ = engine.perform(.emit([NewEvent("Closed", "d-1")], to: "desk"))
    engine.settle { _ in }
    #expect(Set(calls.made.keys) == Set(Self.domain.handlers))
    #expect(calls.made[HandlerID(.view, "Board", .on("Opened"))] == 2)
    #expect(calls.made[HandlerID(.saga, "Care", .start("Opened"))] == 1)
    #expect(engine.world.recordCount(of: "Board") == 1)
  }

  @Test func `what an executor throws is the handler's failure, and it may do the work itself`()
    throws
  {
    let board = HandlerID(.view, "Board", .on("Opened"))
    let calls = Calls(refusing: board, skipping: HandlerID(.command, "Open"))
    var engine = try Engine(Self.domain, options: EngineOptions(executor: calls))
    let step = engine.perform(.dispatch(CommandIntent("Open")))
    #expect(step.problem == nil && step.response == nil && step.events.isEmpty)
    _ = engine.perform(.emit([NewEvent("Opened", "d-1")], to: "desk"))
    engine.settle { _ in }
    let parked = try #require(engine.world.parked.first { $0.reason.contains("did not answer") })
    #expect(engine.handler(of: parked.work) == board)
    #expect(engine.world.recordCount(of: "Board") == 0)
  }

  @Test func `a closure that is dispatched or subscribes is called by the executor too`() throws {
    let calls = Calls()
    let app = try Eventicle(Self.domain, options: EngineOptions(executor: calls))
    var heard = 0
    try app.eventClient.hotStream("side", group: "ear") { _ in heard += 1 }
    try app.dispatch(on: "side", named: "Once") { _ in CommandResult(events: [NewEvent("Said")]) }
    #expect(heard == 1)
    #expect(calls.made[HandlerID(.command, "Once")] == 1)
    #expect(calls.made[HandlerID(.subscription, "ear", .on(nil))] == 1)
  }

  @Test(arguments: seeds(20))
  func `an executor that only passes calls on changes no step`(seed: UInt64) throws {
    let bench = try RandomShop.workbench(seed: seed, count: 20)
    var engine = try Engine(
      .shop, seed: seed, options: EngineOptions(executor: Calls()))
    var again = Timeline(startingWith: engine.world)
    for (_, input) in bench.timeline.inputs {
      engine.perform(Input(input), recordingIn: &again)
    }
    again.arrive(at: engine.world)
    #expect(again.count == bench.timeline.count)
    for number in 1..<(again.count + 1) {
      let index = JournalIndex(number)
      #expect(again.entry(index)?.kind == bench.timeline.entry(index)?.kind)
    }
  }

  @Test func `the next handler and those of recorded entries are named`() throws {
    var engine = try Engine(Self.domain)
    #expect(
      engine.handler(of: .dispatch(CommandIntent("Open"))) == HandlerID(.command, "Open"))
    #expect(engine.handler(of: .deliver) == nil)
    _ = engine.perform(.dispatch(CommandIntent("Open")))
    #expect(engine.handler(of: .deliver)?.description == "view Board / on Opened")
    let step = engine.perform(.deliver)
    #expect(
      step.entries.first.flatMap { Self.domain.handler(of: $0.kind, in: engine.world.log) }?
        .description == "view Board / on Opened")
    engine.settle { _ in }
    let timer = try #require(engine.nextTimer)
    #expect(engine.handler(of: .fire(timer.key))?.description == "saga Care / timer late")
    _ = engine.perform(
      .schedule(ScheduledCommand("later", CommandIntent("Open"), .once(.seconds(1)))))
    let scheduled = try #require(engine.nextTimer)
    #expect(engine.handler(of: .fire(scheduled.key)) == HandlerID(.command, "Open"))
  }
}
