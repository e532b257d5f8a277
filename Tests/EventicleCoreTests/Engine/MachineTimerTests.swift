import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct MachineTimerTests {
  /// A bench of a gate that takes messages by the command Send.
  static func bench(_ root: AggregateRoot) throws -> RecordedEngine {
    try RecordedEngine(
      Domain(
        "test", aggregates: [root],
        commands: [
          Command("Send", stream: "gates", [.required("message")]) { data, transaction in
            var gate = transaction.load(root, "g") ?? transaction.new(root, id: "g")
            try transaction.send(&gate, data["message"].string ?? "", ["value": 1])
            return CommandResult(events: try transaction.persist(&gate))
          }
        ]))
  }

  @Test func `the clock takes a delayed transition once, even if loaded in between`() throws {
    let root = MachineAggregateTests.gate()
    var bench = try Self.bench(root)
    bench.run("Send", ["message": "COIN"])
    #expect(bench.world.timers.next?.due == .standardStart + .seconds(20))
    bench.pass(.seconds(19))
    #expect(root.state(of: "g", in: bench.world)?.state["machine"]["state"] == "unlocked")
    bench.pass(.seconds(100))
    #expect(root.state(of: "g", in: bench.world)?.state["machine"]["state"] == "locked")
    #expect(bench.world.events(in: "gates").map(\.type).filter { $0 == "TimedOut" }.count == 1)
    #expect(bench.world.timers.count == 0)
    bench.run("Send", ["message": "COIN"])
    bench.run("Send", ["message": "PUSH"])
    #expect(bench.world.timers.count == 0)
    for moment in bench.moments {
      let world = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test func `each tenant has its own delays`() throws {
    let root = MachineAggregateTests.gate()
    let app = try Eventicle(Domain("test", aggregates: [root]))
    for workspace in ["acme", "globex"] as [Workspace] {
      try app.dispatch(on: "gates", in: workspace) { tx in
        var gate = tx.new(root, id: "g")
        try tx.send(&gate, "COIN", ["value": 1])
        if workspace == "globex" { try tx.send(&gate, "PUSH") }
        return CommandResult(events: try tx.persist(&gate))
      }
    }
    #expect(app.world.timers.count == 1)
    try app.advance(by: .seconds(30))
    let counts = (["acme", "globex"] as [Workspace]).map {
      app.world.log.count(of: $0.stream("gates"))
    }
    #expect(counts[0] > counts[1] - 2 && counts[1] > 0)
    let states = (["acme", "globex"] as [Workspace]).map {
      root.state(of: "g", in: app.world, workspace: $0)?.state["machine"]["message"]
    }
    #expect(states.first == "after unlocked/20s")
    #expect(app.world.parkedCount == 0)
  }

  @Test func `a delayed transition that fails is parked, and can be retried`() throws {
    let book = HandlerLog()
    let root = AggregateRoot(
      "Lamp", stream: "lamps",
      machine: StateMachine(
        "Lamp", initial: "on",
        states: [
          .state(
            "on",
            .after(
              .seconds(5), to: "off",
              do: .assign { _, _ in if book.isFailing { throw Rejection("stuck") } })),
          .state("off"),
        ]))
    let app = try Eventicle(Domain("test", aggregates: [root]))
    try app.dispatch(on: "lamps") { tx in
      var lamp = tx.new(root, id: "l")
      try tx.start(&lamp)
      return CommandResult(events: try tx.persist(&lamp))
    }
    book.isFailing = true
    try? app.advance(by: .seconds(6))
    #expect(app.world.parked.map(\.reason) == ["stuck"])
    #expect(root.state(of: "l", in: app.world)?.state["machine"]["state"] == "on")
    book.isFailing = false
    try app.perform(.redrive(1))
    #expect(root.state(of: "l", in: app.world)?.state["machine"]["state"] == "off")
    #expect(app.world.parkedCount == 0)
  }

  @Test func `a message sent with a delay comes by the clock, unless it is cancelled`() throws {
    let root = AggregateRoot(
      "Order", stream: "orders",
      machine: StateMachine(
        "Order",
        xstate: """
          {"initial": "placed", "states": {
            "placed": {"entry": {"type": "xstate.raise", "event": {"type": "REMIND", "n": 2},
                                 "delay": 60000, "id": "reminder"},
                       "on": {"REMIND": {"actions": "remind"},
                              "PAY": {"target": "paid", "actions":
                                {"type": "xstate.cancel", "sendId": "reminder"}}}},
            "paid": {"after": {"5000": "shipped"}}, "shipped": {"type": "final"}}}
          """, actions: ["remind": .raise("Reminded") { ["n": $0.message.data["n"]] }]))
    let app = try Eventicle(Domain("test", aggregates: [root]))
    for id in ["slow", "quick"] as [DomainID] {
      try app.dispatch(on: "orders") { tx in
        var order = tx.new(root, id: id)
        try tx.start(&order)
        if id == "quick" { try tx.send(&order, "PAY") }
        return CommandResult(events: try tx.persist(&order))
      }
    }
    #expect(app.world.timers.count == 2)
    try app.advance(by: .seconds(10))
    #expect(root.state(of: "quick", in: app.world)?.state["machine"]["state"] == "shipped")
    #expect(app.world.timers.next?.key.name == "send:reminder")
    try app.advance(by: .seconds(60))
    let events = app.world.events(in: "orders")
    #expect(events.map(\.type) == ["Reminded"])
    #expect(events.first?.data.value == ["n": 2])
    #expect(app.world.timers.count == 0 && app.world.parkedCount == 0)
    try app.dispatch(on: "orders") { tx in
      guard var order = tx.load(root, "slow") else { throw Rejection("there is none") }
      try tx.send(&order, "PAY")
      return CommandResult(events: try tx.persist(&order))
    }
    try app.advance(by: .seconds(5))
    #expect(root.state(of: "slow", in: app.world)?.state["machine"]["state"] == "shipped")
  }
}
