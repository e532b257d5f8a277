import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

@testable import EventicleConsole

/// What can be done to an aggregate is found out in throw-away forks.
@Suite struct TrialTests {
  private static func console() throws -> ConsolePilot {
    try ConsolePilot(columns: 120, rows: 40).run(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1"
    ).type("agg Order/order-1")
  }

  @Test func `commands are tried at the moment, and nothing happens by it`() throws {
    let pilot = try Self.console()
    let (entries, log) = (
      pilot.workbench.session.moment.timeline.count, pilot.workbench.session.head.log.count
    )
    #expect(pilot.text.contains("can now    ResumeOrder MarkOrderPaid"))
    #expect(pilot.text.contains("CancelOrder"))
    try pilot.type("goto #2")
    #expect(pilot.text.contains("can now    HoldOrder MarkOrderPaid "))
    #expect(pilot.workbench.session.moment.timeline.count == entries)
    #expect(pilot.workbench.session.head.log.count == log)
  }

  @Test func `Enter shows the engine's sentences, and Esc closes them`() throws {
    let pilot = try Self.console()
    #expect(pilot.model.focus == .state)
    #expect(pilot.text.contains("Enter why refused"))
    try pilot.press("f <Enter>")
    #expect(pilot.text.contains("! HoldOrder"))
    #expect(
      pilot.text.contains("order-1 is onHold; only an order that is placed or paying can be held."))
    #expect(pilot.text.contains("order-1 is onHold; only an order that is paid can be marked as"))
    #expect(!pilot.text.contains("can now"))
    try pilot.press("<Esc>")
    #expect(pilot.text.contains("can now"))
    #expect(pilot.model.isZoomed)
    try pilot.press("<Enter> <Enter>")
    #expect(pilot.text.contains("can now"))
  }

  @Test func `a final state can do nothing and refuses everything`() throws {
    let pilot = try Self.console().type("do CancelOrder orderId=order-1 reason=x")
    try pilot.type("agg Order/order-1").press("f")
    #expect(pilot.text.contains("can now    nothing"))
    #expect(pilot.text.contains("refuses    HoldOrder, ResumeOrder, MarkOrderPaid"))
  }

  @Test func `where handlers run elsewhere nothing is tried, and the pane says so`() throws {
    let pilot = try Self.console()
    pilot.workbench.configure {
      $0.runsHandlersInPlace = false
      $0.folds.clear()
    }
    var model = pilot.model
    let requests = FoldUpdate.ask(&model)
    #expect(
      !requests.contains { effect in
        guard case .fold(let wanted) = effect else { return false }
        return wanted.contains { if case .commands = $0 { true } else { false } }
      })
    model = pilot.model
    var canvas = Canvas(size: Size(columns: 62, rows: 22))
    var meter = WorkMeter()
    model.draw(.state, in: canvas.bounds, on: &canvas, &meter)
    #expect(canvas.buffer.text.contains("can now    not known: handlers run elsewhere"))
  }

  @Test func `an order that is given to another aggregate's command is not tried there`() throws {
    let session = try Session(.shop)
    var run = session
    _ = run.run("do PlaceOrder customer=c-19 total:=59")
    let trial = try #require(ThrowAwayRun(run.moment))
    var meter = WorkMeter()
    let trials = trial.commands(about: AggregateKey("Order", "order-1"), &meter)
    let all = trials.allowed.map(\.command) + trials.refused.map(\.command)
    #expect(
      all.sorted() == [
        "CancelOrder", "HoldOrder", "MarkOrderDelivered", "MarkOrderPaid", "MarkOrderShipped",
        "ResumeOrder",
      ])
    #expect(trials.allowed.first { $0.command == "CancelOrder" }?.status == "cancelled")
    #expect(meter.handlerCalls == 6)
  }

  @Test func `only so many commands are tried, and the rest is said`() throws {
    let commands = (0..<45).map { number in
      Command("Do\(number)", stream: "things", [.required("id", idOf: "Thing")]) { _, _ in
        CommandResult()
      }
    }
    let root = AggregateRoot(
      "Thing", stream: "things",
      reducers: [
        "Made": {
          $0["n"] = 1
          _ = $1
        }
      ])
    var session = try Session(Domain("t", aggregates: [root], commands: commands))
    _ = session.run("emit things Made thing-1")
    var meter = WorkMeter()
    let trials = try #require(ThrowAwayRun(session.moment))
      .commands(about: AggregateKey("Thing", "thing-1"), &meter)
    #expect(trials.allowed.count == ThrowAwayRun.most)
    #expect(trials.untried == 5)
  }

  @Test func `what a machine takes and why not the rest is found out on its status alone`() throws {
    let root = AggregateRoot(
      "Gate", stream: "gates",
      machine: StateMachine(
        "Gate",
        xstate: """
          {"initial": "locked", "states": {
            "locked": {"on": {"COIN": "unlocked", "KICK": {"target": "broken", "guard": "weak"}}},
            "unlocked": {"on": {"PUSH": "locked"}}, "broken": {}}}
          """, guards: ["weak": { _ in false }]))
    let domain = Domain(
      "gates", aggregates: [root],
      commands: [
        Command("OpenGate", stream: "gates", [.required("gateId", idOf: "Gate")]) { data, transaction in
          let id = DomainID(data["gateId"].string ?? "")
          var gate = transaction.load(root, id) ?? transaction.new(root, id: id)
          try transaction.send(&gate, "COIN")
          return CommandResult(events: try transaction.persist(&gate))
        },
        Command("MakeGate", stream: "gates", []) { _, transaction in
          var gate = transaction.new(root, id: "g")
          try transaction.start(&gate)
          return CommandResult(events: try transaction.persist(&gate))
        },
      ])
    var session = try Session(domain)
    _ = session.run("do MakeGate")
    let trial = try #require(ThrowAwayRun(session.moment))
    var meter = WorkMeter()
    let trials = trial.commands(about: AggregateKey("Gate", "g"), &meter)
    #expect(
      trials.messages == [CommandTrials.Allowed(command: "COIN", status: "unlocked")])
    #expect(trials.refusedMessages.map(\.command) == ["KICK", "PUSH"])
    #expect(
      trials.refusedMessages.first?.reason.contains("\"weak\" does not hold in locked") == true)
    #expect(trials.allowed == [CommandTrials.Allowed(command: "OpenGate", status: "unlocked")])
    var runner = FoldRunner(session.moment)
    guard
      case .aggregate(let fold) = runner.answer(.aggregate(AggregateKey("Gate", "g"), Version(1)))
    else {
      Issue.record("there is no fold")
      return
    }
    #expect(fold.word == "locked")
    let lines = TrialLines(trials: trials, columns: 60)
    let text = (lines.allowed + lines.refused + lines.reasons).map { line in
      line.pieces.flatMap { $0.text.glyphs.map(\.text) }.joined()
    }
    #expect(text.first == " can now    OpenGate → unlocked")
    #expect(text.contains(" takes      COIN → unlocked"))
    #expect(text.contains(" refuses    KICK, PUSH  (why)"))
  }
}
