import CoreSupport
import Testing

@testable import EventicleCore

/// Aggregates that are state machines: sent to, persisted, loaded, and sent to again.
@Suite struct MachineAggregateTests {
  /// A turnstile that counts its coins, raises events and writes down what it runs.
  static func gate(
    _ notes: HandlerLog = HandlerLog(), publishesStatus: Bool = false
  ) -> AggregateRoot {
    func note(_ line: String) -> MachineAction { .assign(line) { _, _ in notes.note(line) } }
    let machine = StateMachine(
      "Gate", initial: "locked", context: ["coins": 0],
      states: [
        .state(
          "locked",
          .on(
            "COIN", to: "unlocked",
            when: MachineGuard("the gate is not broken") { $0.aggregate["broken"] != true },
            do: .assign("count the coin") { context, _ in
              context["coins"] = .int((context["coins"].integer ?? 0) + 1)
            }, .raise("Paid") { ["coin": $0.message.data["value"], "of": $0.context["coins"]] },
            .raise("Seen") { ["paid": $0.aggregate["paid"]] }),
          .on("BREAK", do: .raise("Broken")), entry: [note("+locked")], exit: [note("-locked")]),
        .state(
          "unlocked", .on("PUSH", to: "locked", do: .raise("Passed")), .forbid("BREAK"),
          .after(.seconds(20), to: "locked", do: .raise("TimedOut")),
          .on("REFUSE", do: .assign { _, _ in throw Rejection("no") }, .raise("Never")),
          entry: [note("+unlocked")], exit: [note("-unlocked")]),
      ])
    return AggregateRoot(
      "Gate", stream: "gates", machine: machine, publishesStatus: publishesStatus,
      reducers: [
        "Paid": { state, event in
          state["paid"] = .int(
            (state["paid"].integer ?? 0) + (event.data["coin"].integer ?? 0))
        },
        "Broken": { state, _ in state = ["broken": true] },
      ])
  }

  static func begin(_ root: AggregateRoot) throws -> (Transaction, AggregateInstance) {
    let tx = try transaction(of: Domain("test", aggregates: [root]))
    return (tx, tx.new(root, id: "g"))
  }

  /// Persists and hands out a transaction of the world after it.
  static func next(
    _ tx: Transaction, _ aggregate: inout AggregateInstance
  ) throws -> Transaction {
    try tx.persist(&aggregate)
    return try transaction(tx.commit().0, of: Domain("test", aggregates: [aggregate.root]))
  }

  @Test func `events of actions precede the one status event`() throws {
    let root = Self.gate()
    var (tx, gate) = try Self.begin(root)
    let step = try tx.send(&gate, "COIN", ["value": 2])
    #expect(step.outcome == .taken)
    #expect(gate.newEvents.map(\.type) == ["Paid", "Seen", AggregateRoot.statusEvent])
    #expect(gate.newEvents.map(\.domainID) == ["g", "g", "g"])
    #expect(gate.newEvents[0].data.value == ["coin": 2, "of": 1])
    #expect(gate.newEvents[1].data.value == ["paid": 2])
    #expect(gate["paid"] == 2)
    #expect(gate["machine"]["state"] == "unlocked")
    #expect(try gate.allowedMessages() == ["PUSH", "REFUSE"])
    tx = try Self.next(tx, &gate)
    var loaded = try #require(tx.load(root, "g"))
    #expect(loaded.state == gate.state)
    #expect(loaded.version == Version(3))
    try tx.send(&loaded, "PUSH")
    #expect(loaded.newEvents.map(\.type) == ["Passed", AggregateRoot.statusEvent])
    #expect(try loaded.machineStatus()?.configuration.description == "locked")
    #expect(loaded["paid"] == 2)
    tx = try Self.next(tx, &loaded)
    #expect(tx.load(root, "g")?["machine"]["context"] == ["coins": 1])
  }

  @Test func `loading runs no action`() throws {
    let notes = HandlerLog()
    let root = Self.gate(notes)
    var (tx, gate) = try Self.begin(root)
    try tx.send(&gate, "COIN", ["value": 1])
    #expect(notes.lines == ["+locked", "-locked", "+unlocked"])
    tx = try Self.next(tx, &gate)
    for _ in 1...3 {
      let loaded = try #require(tx.load(root, "g"))
      #expect(try loaded.machineStatus()?.configuration.description == "unlocked")
      #expect(loaded.newEvents.isEmpty)
    }
    #expect(notes.lines.count == 3)
    var loaded = try #require(tx.load(root, "g"))
    try tx.send(&loaded, "PUSH")
    #expect(notes.lines.dropFirst(3) == ["-unlocked", "+locked"])
  }

  @Test func `forbidden and unhandled messages are refused without a trace`() throws {
    let root = Self.gate()
    var (tx, gate) = try Self.begin(root)
    #expect(throws: Rejection.self) { try tx.send(&gate, "PUSH") }
    #expect(gate.newEvents.isEmpty)
    #expect(gate["machine"].isNull)
    try tx.send(&gate, "COIN", ["value": 1])
    let before = gate.newEvents.count
    let refusal = try #require(throws: Rejection.self) { try tx.send(&gate, "BREAK") }
    #expect(
      refusal.reason == "Cannot apply event BREAK: Not permitted, because it is forbidden in "
        + "unlocked; allowed now: PUSH, REFUSE.")
    #expect(try tx.offer(&gate, "BREAK").outcome == .forbidden(by: ["unlocked"]))
    #expect(try tx.offer(&gate, "JUMP").outcome == .unhandled(guards: []))
    #expect(gate.newEvents.count == before)
    try tx.send(&gate, "PUSH")
    let step = try tx.send(&gate, "BREAK")
    #expect(step.status.configuration.description == "locked")
    #expect(step.outcome == .taken)
    #expect(gate.newEvents.suffix(2).map(\.type) == ["Broken", AggregateRoot.statusEvent])
  }

  @Test func `guards see the folded aggregate, and a reducer cannot remove the machine`() throws {
    let root = Self.gate()
    var (tx, gate) = try Self.begin(root)
    try tx.start(&gate)
    try tx.send(&gate, "BREAK")
    #expect(gate["broken"] == true)
    #expect(gate["machine"]["state"] == "locked")
    let refusal = try #require(throws: Rejection.self) { try tx.send(&gate, "COIN") }
    #expect(refusal.reason.contains("\"the gate is not broken\" does not hold in locked"))
    let said = gate["machine"]
    gate.raise("Broken")
    #expect(gate.state == ["broken": true, "machine": said])
  }

  @Test func `an action that refuses leaves the aggregate unchanged`() throws {
    let root = Self.gate()
    var (tx, gate) = try Self.begin(root)
    try tx.send(&gate, "COIN", ["value": 1])
    let (state, count) = (gate.state, gate.newEvents.count)
    #expect(throws: Rejection("no")) { try tx.send(&gate, "REFUSE") }
    #expect(gate.state == state)
    #expect(gate.newEvents.count == count)
  }

  @Test func `status events are persisted and not published, unless declared so`() throws {
    for publishes in [false, true] {
      let root = Self.gate(publishesStatus: publishes)
      var (tx, gate) = try Self.begin(root)
      try tx.send(&gate, "COIN", ["value": 1])
      let events = try tx.persist(&gate)
      try tx.emit(events, to: "gates")
      #expect(events.withoutStatusEvents.map(\.type) == ["Paid", "Seen"])
      let world = tx.commit().0
      let published = world.events(in: "gates").map(\.type)
      let status = publishes ? [AggregateRoot.statusEvent] : []
      #expect(published == ["Paid", "Seen"] + status)
      var history: [EventType] = []
      world.forEachEvent(of: AggregateKey("Gate", "g")) { event, _ in history.append(event.type) }
      #expect(history == ["Paid", "Seen", AggregateRoot.statusEvent])
    }
  }

  @Test func `the checkpoint holds state and context by default`() throws {
    let root = Self.gate()
    let (tx, fresh) = try Self.begin(root)
    var gate = fresh
    #expect(gate.machineCheckpoint == nil)
    try tx.send(&gate, "COIN", ["value": 1])
    #expect(gate.machineCheckpoint == ["state": "unlocked", "context": ["coins": 1]])
    #expect(tx.new(AggregateTests.user).machineCheckpoint == nil)
  }

  @Test func `starting enters the initial states once`() throws {
    let notes = HandlerLog()
    let root = Self.gate(notes)
    var (tx, gate) = try Self.begin(root)
    #expect(try tx.start(&gate) != nil)
    #expect(try tx.start(&gate) == nil)
    #expect(gate.newEvents.map(\.type) == [AggregateRoot.statusEvent])
    try tx.send(&gate, "COIN", ["value": 1])
    #expect(notes.lines == ["+locked", "-locked", "+unlocked"])
  }

  @Test func `sending to an aggregate without a machine is refused`() throws {
    let tx = try AggregateTests.store()
    var user = tx.new(AggregateTests.user)
    #expect(throws: MachineError.noMachine("User")) { try tx.send(&user, "GO") }
    #expect(try user.machineStatus() == nil)
  }

  // MARK: - Delays

  @Test func `delays to arm and to cancel are known before persisting`() throws {
    let root = Self.gate()
    var (tx, gate) = try Self.begin(root)
    try tx.start(&gate)
    try tx.send(&gate, "COIN", ["value": 1])
    let due = Instant.standardStart + .seconds(20)
    let armed = MachineDelay(id: "unlocked/20s", due: due)
    #expect(try gate.machineDelayChanges() == .init(cancelled: [], armed: [armed]))
    tx = try Self.next(tx, &gate)
    #expect(try gate.machineDelayChanges() == .init(cancelled: [], armed: []))
    var loaded = try #require(tx.load(root, "g"))
    #expect(try loaded.machineStatus()?.delays == [armed])
    #expect(try loaded.machineDelayChanges() == .init(cancelled: [], armed: []))
    try tx.send(&loaded, "PUSH")
    #expect(try loaded.machineDelayChanges() == .init(cancelled: ["unlocked/20s"], armed: []))
  }

  @Test func `a delay that fires is a step of its own, published and persisted`() throws {
    let root = Self.gate()
    var (tx, gate) = try Self.begin(root)
    try tx.send(&gate, "COIN", ["value": 1])
    tx = try Self.next(tx, &gate)
    let step = try tx.fireMachineDelay(root, "g", "unlocked/20s")
    #expect(step?.outcome == .taken)
    #expect(step?.status.message == "after unlocked/20s")
    #expect(try tx.fireMachineDelay(root, "g", "unlocked/20s") == nil)
    #expect(try tx.fireMachineDelay(root, "nobody", "unlocked/20s") == nil)
    let world = tx.commit().0
    #expect(world.events(in: "gates").map(\.type) == ["Paid", "Seen", "TimedOut"])
    #expect(root.state(of: "g", in: world)?.state["machine"]["state"] == "locked")
  }

  @Test func `delays of an older version are cancelled by their original names`() throws {
    func root(_ version: Int, _ state: String) -> AggregateRoot {
      AggregateRoot(
        "A", stream: "as",
        machine: StateMachine(
          "A", version: version, initial: state,
          states: [.state(state, .on("GO"), .after(.seconds(1), to: state))]
        ) { status, _ in
          status["state"] = .string(state)
          status["delays"] = [["id": .string("\(state)/1s"), "due": status["delays"][0]["due"]]]
        })
    }
    var (tx, old) = try Self.begin(root(1, "before"))
    try tx.start(&old)
    tx = try Self.next(tx, &old)
    var new = try #require(tx.load(root(2, "after"), "g"))
    try tx.send(&new, "GO")
    let due = Instant.standardStart + .seconds(1)
    #expect(
      try new.machineDelayChanges()
        == .init(cancelled: ["before/1s"], armed: [MachineDelay(id: "after/1s", due: due)]))
  }

  @Test func `a command sends a message, and past states can be read`() throws {
    let root = Self.gate()
    let domain = Domain(
      "test", aggregates: [root],
      commands: [
        Command("Send", stream: "gates", [.required("message")]) { data, transaction in
          var gate = transaction.load(root, "g") ?? transaction.new(root, id: "g")
          try transaction.send(&gate, data["message"].string ?? "", ["value": 1])
          return CommandResult(events: try transaction.persist(&gate))
        }
      ])
    var bench = try RecordedEngine(domain)
    for message in ["COIN", "PUSH", "COIN"] { bench.run("Send", ["message": .string(message)]) }
    let refused = bench.run("Send", ["message": "COIN"])
    #expect(refused.problem?.hasPrefix("Cannot apply event COIN: Not permitted") == true)
    let states = (1...8).map {
      root.state(of: "g", in: bench.world, upTo: Version($0))?.state["machine"]["state"]
    }
    #expect(
      states == [.null, .null, "unlocked", "unlocked", "locked", "locked", "locked", "unlocked"])
    for moment in bench.moments {
      let world = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
    }
  }
}
