import CoreSupport
import Testing

@testable import EventicleCore

/// Work that is refused half-way leaves nothing of its first half, in the world or in hand.
@Suite struct RefusedPersistTests {
  struct Boom: Error {}

  @Test func `a persist whose checkpoint is refused writes nothing and forgets nothing`() throws {
    let user = AggregateRoot(
      "User", stream: "users", checkpoint: { ["name": $0["name"]] },
      reducers: ["Named": { state, event in state["name"] = event.data.value["name"] }])
    let app = try Eventicle(
      Domain(
        "x", aggregates: [user],
        indexes: [RecordIndex(user.checkpointRecords, on: "name", unique: true)]))
    try app.dispatch(on: "users") { tx in
      for id in ["a", "b"] as [DomainID] {
        var user = tx.new(user, id: id)
        user.raise("Named", ["name": "Ada"])
        if id == "a" {
          try tx.persist(&user)
        } else {
          #expect(throws: TransactionError.self) { try tx.persist(&user) }
          #expect(user.newEvents.count == 1 && user.loadedVersion == Version(0))
        }
      }
      #expect(tx.load(user, "b") == nil)
      return CommandResult()
    }
    #expect(app.world.histories.version(of: AggregateKey("User", "b")) == Version(0))
    #expect(app.world.histories.version(of: AggregateKey("User", "a")) == Version(1))
  }

  @Test func `a persist that cannot publish writes nothing and forgets nothing`() throws {
    let thing = AggregateRoot("Thing", stream: "things")
    let app = try Eventicle(Domain("x", aggregates: [thing]))
    try app.eventClient.emit([NewEvent("Other", id: "taken")], to: "elsewhere")
    try app.dispatch(on: "things") { tx in
      var a = tx.new(thing, id: "a")
      a.raise("Made")
      a.raise("Made", id: "taken")
      #expect(throws: TransactionError.self) { try tx.persist(&a) }
      #expect(a.newEvents.count == 2 && a.loadedVersion == Version(0))
      #expect(tx.load(thing, "a") == nil)
      return CommandResult()
    }
    #expect(app.world.log.count == 1)
  }

  @Test func `a batch of which one event is refused leaves none in the handler's transaction`()
    throws
  {
    let app = try Eventicle(Domain("x"))
    try app.dispatch(on: "s") { tx in
      try tx.emit("First", to: "s")
      #expect(throws: TransactionError.self) {
        try tx.emit([NewEvent("Fine"), NewEvent("Fine too"), NewEvent("")], to: "s")
      }
      return CommandResult(events: [NewEvent("Last")])
    }
    #expect(app.world.events(in: "s").map(\.type) == ["First", "Last"])
  }

  @Test func `a saga's data is as it was when a transaction of its own fails`() throws {
    let saga = Saga("S", streams: ["s"]).startOn("Start") { step, _ in
      step["n"] = 1
      _ = try? step.transaction.requiresNew { inner in
        step["n"] = 2
        _ = try? inner.nested { _ in
          step["n"] = 3
          throw Boom()
        }
        #expect(step["n"] == 2)
        step.registerUndo("Undo")
        throw Boom()
      }
      #expect(step["n"] == 1 && step.undos.isEmpty)
      try step.transaction.requiresNew { _ in step["kept"] = true }
    }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "s")
    #expect(bench.world.instance("S")?.data == ["n": 1, "kept": true])
  }

  @Test func `a transaction that waits for one inside it takes no work and says so`() throws {
    let root = AggregateRoot("A", stream: "s")
    let saga = Saga("S", streams: ["s"]).startOn("Start") { step, _ in
      #expect(throws: TransactionError.transactionWaits) {
        try step.transaction.requiresNew { _ in try step.upsertTimer("late", after: .seconds(1)) }
      }
    }.onTimer("late") { _ in }
    var bench = try RecordedEngine(Domain("test", aggregates: [root], sagas: [saga]))
    bench.emit(new("Start"), to: "s")
    #expect(bench.world.timers.count == 0)
    #expect(!bench.entries.contains { if case .timerArmed = $0.kind { true } else { false } })
    let step = bench.perform(
      .direct(
        DirectCommand(stream: "s") { tx in
          var a = tx.new(root, id: "a")
          a.raise("T")
          try tx.requiresNew { _ in
            #expect(throws: TransactionError.transactionWaits) { try tx.persist(&a) }
            #expect(throws: TransactionError.transactionWaits) { try tx.emit("T", to: "s") }
            #expect(throws: TransactionError.transactionWaits) { try tx.put("t", "1", [:]) }
          }
          #expect(a.newEvents.count == 1)
          return CommandResult(events: try tx.persist(&a))
        }))
    #expect(step.problem == nil && step.events.count == 1)
    // What cannot throw lets the whole work fail.
    let blind = bench.perform(
      .direct(
        DirectCommand(stream: "s") { tx in
          try tx.requiresNew { _ in _ = tx.load(root, "a") }
          return CommandResult()
        }))
    #expect(blind.problem == TransactionError.transactionWaits.description)
  }

  @Test func `time that a transaction of its own spends is spent`() throws {
    let saga = Saga("S", streams: ["s"]).startOn("Start") { step, _ in
      try step.transaction.requiresNew { $0.spend(.seconds(5)) }
    }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "s")
    #expect(bench.world.instance("S")?.recent.records.last?.duration == .seconds(5))
  }
}
