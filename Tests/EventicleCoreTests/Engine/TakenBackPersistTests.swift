import CoreSupport
import Testing

@testable import EventicleCore

/// What an aggregate in somebody's hands is when the persist of what it raised did not stay.
@Suite struct TakenBackPersistTests {
  struct Boom: Error {}

  /// An aggregate that outlives the step which made it.
  final class Hands: @unchecked Sendable {
    var aggregate: AggregateInstance?
  }

  static let account = AggregateRoot(
    "Account", stream: "accounts",
    reducers: [
      "Deposited": { state, event in
        state["sum"] = .int((state["sum"].integer ?? 0) + (event.data.value["n"].integer ?? 0))
      }
    ])

  static func app(_ root: AggregateRoot = account, _ more: AggregateRoot...) throws -> Eventicle {
    try Eventicle(Domain("x", aggregates: [root] + more))
  }

  static func deposited(_ app: Eventicle, _ id: DomainID) -> [Int] {
    var found: [Int] = []
    app.world.forEachEvent(of: AggregateKey("Account", id)) { event, _ in
      found.append(event.data.value["n"].integer ?? 0)
    }
    return found
  }

  @Test func `what a failed nested part persisted is still raised, and published once`() throws {
    let app = try Self.app()
    let reply = try app.dispatch(on: "accounts") { tx in
      var a = tx.new(Self.account, id: "A")
      a.raise("Deposited", ["n": 1])
      _ = try? tx.nested { inner in
        try inner.persist(&a)
        #expect(a.newEvents.isEmpty && a.loadedVersion == Version(1))
        throw Boom()
      }
      #expect(a.newEvents.count == 1)
      #expect(a.loadedVersion == Version(0) && a.version == Version(1))
      return CommandResult(events: try tx.persist(&a))
    }
    #expect(reply.events.count == 1)
    #expect(Self.deposited(app, "A") == [1])
  }

  @Test func `only what the failed part persisted is raised again`() throws {
    let app = try Self.app()
    try app.dispatch(on: "accounts") { tx in
      var a = tx.new(Self.account, id: "A")
      a.raise("Deposited", ["n": 1])
      var events = try tx.persist(&a)
      try tx.nested { middle in
        a.raise("Deposited", ["n": 2])
        events += try middle.persist(&a)
        _ = try? middle.nested { inner in
          a.raise("Deposited", ["n": 3])
          try inner.persist(&a)
          a.raise("Deposited", ["n": 4])
          try inner.persist(&a)
          a.raise("Deposited", ["n": 5])
          throw Boom()
        }
        #expect(a.newEvents.map { $0.data.value["n"] } == [3, 4, 5])
        #expect(a.loadedVersion == Version(2))
        #expect(a["sum"] == 15)
      }
      events += try tx.persist(&a)
      return CommandResult(events: events)
    }
    #expect(Self.deposited(app, "A") == [1, 2, 3, 4, 5])
    #expect(app.world.log.count == 5)
  }

  @Test func `what a failed transaction of its own persisted is still raised`() throws {
    let app = try Self.app()
    try app.dispatch(on: "accounts") { tx in
      var a = tx.new(Self.account, id: "A")
      a.raise("Deposited", ["n": 1])
      _ = try? tx.requiresNew { inner in
        try inner.persist(&a)
        throw Boom()
      }
      #expect(a.newEvents.count == 1)
      return CommandResult(events: try tx.persist(&a))
    }
    #expect(Self.deposited(app, "A") == [1])
  }

  @Test func `what a transaction of its own persisted stays persisted when the outer one fails`()
    throws
  {
    let (app, hands) = (try Self.app(), Hands())
    _ = try? app.dispatch(on: "accounts") { tx in
      var a = tx.new(Self.account, id: "A")
      a.raise("Deposited", ["n": 1])
      try tx.requiresNew { inner in try inner.emit(try inner.persist(&a), to: "accounts") }
      a.raise("Deposited", ["n": 2])
      try tx.persist(&a)
      hands.aggregate = a
      throw Boom()
    }
    #expect(hands.aggregate?.newEvents.map { $0.data.value["n"] } == [2])
    #expect(hands.aggregate?.loadedVersion == Version(1))
    #expect(Self.deposited(app, "A") == [1])
  }

  @Test func `an aggregate that both write is raised again where the conflict is found`() throws {
    let app = try Self.app()
    try app.dispatch(on: "accounts") { tx in
      var a = tx.new(Self.account, id: "A")
      a.raise("Deposited", ["n": 1])
      try tx.persist(&a)
      a.raise("Deposited", ["n": 2])
      #expect(throws: TransactionError.nestedConflict("the aggregate Account/A")) {
        try tx.requiresNew { try $0.persist(&a, expecting: .any) }
      }
      #expect(a.newEvents.map { $0.data.value["n"] } == [2])
      #expect(a.loadedVersion == Version(1) && a["sum"] == 3)
      try tx.persist(&a)
      return CommandResult()
    }
    #expect(Self.deposited(app, "A") == [1, 2])
  }

  @Test func `an aggregate that is carried into the next try has all that was not kept`() throws {
    let (app, hands) = (try Self.app(), Hands())
    try app.dispatch(on: "accounts") { tx in
      hands.aggregate = tx.new(Self.account, id: "B")
      return CommandResult()
    }
    hands.aggregate?.raise("Deposited", ["n": 1])
    for _ in 0..<3 {
      _ = try? app.dispatch(on: "accounts") { tx in
        if var b = hands.aggregate {
          try tx.persist(&b)
          hands.aggregate = b
        }
        throw Boom()
      }
      #expect(hands.aggregate?.newEvents.count == 1)
      #expect(hands.aggregate?.loadedVersion == Version(0))
    }
    try app.dispatch(on: "accounts") { tx in
      guard var b = hands.aggregate else { return CommandResult() }
      let events = try tx.persist(&b)
      hands.aggregate = b
      return CommandResult(events: events)
    }
    #expect(hands.aggregate?.newEvents.isEmpty == true)
    #expect(Self.deposited(app, "B") == [1])
    #expect(app.world.log.count == 1)
  }

  @Test func `copies of an aggregate each know what became of their own persist`() throws {
    let app = try Self.app()
    try app.dispatch(on: "accounts") { tx in
      var a = tx.new(Self.account, id: "A")
      a.raise("Deposited", ["n": 1])
      let before = a
      var inside: AggregateInstance?
      _ = try? tx.nested { inner in
        try inner.persist(&a)
        inside = a
        throw Boom()
      }
      try tx.persist(&a)
      #expect(before.newEvents.count == 1)
      #expect(inside?.newEvents.count == 1)
      #expect(a.newEvents.isEmpty && a.loadedVersion == Version(1))
      return CommandResult()
    }
    #expect(Self.deposited(app, "A") == [1])
  }

  @Test func `what was loaded again behind others is as it was before`() throws {
    let app = try Self.app()
    try app.dispatch(on: "accounts") { tx in
      var (mine, theirs) = (tx.new(Self.account, id: "A"), tx.new(Self.account, id: "A"))
      theirs.raise("Deposited", ["n": 10])
      try tx.persist(&theirs)
      mine.raise("Deposited", ["n": 1])
      _ = try? tx.nested { inner in
        try inner.persist(&mine, expecting: .any)
        #expect(mine["sum"] == 11 && mine.loadedVersion == Version(2))
        mine.raise("Deposited", ["n": 2])
        throw Boom()
      }
      #expect(mine["sum"] == 3 && mine.loadedVersion == Version(0))
      #expect(mine.newEvents.map { $0.data.value["n"] } == [1, 2])
      try tx.persist(&mine, expecting: .any)
      return CommandResult()
    }
    #expect(Self.deposited(app, "A") == [10, 1, 2])
  }

  @Test func `a command that refuses after it persisted leaves the news to who dispatched it`()
    throws
  {
    let hands = Hands()
    let deposit = Command("Deposit", stream: "accounts") { data, tx in
      guard var a = hands.aggregate else { throw Boom() }
      let events = try tx.persist(&a)
      hands.aggregate = a
      if data["refused"] == true { throw Rejection("no") }
      return CommandResult(events: events)
    }
    var bench = try RecordedEngine(
      Domain("test", aggregates: [Self.account], commands: [deposit]))
    hands.aggregate = AggregateInstance(
      root: Self.account, id: "A", loadedVersion: Version(0), state: .emptyObject)
    hands.aggregate?.raise("Deposited", ["n": 1])
    #expect(bench.run("Deposit", ["refused": true]).problem == "no")
    #expect(hands.aggregate?.newEvents.count == 1)
    #expect(bench.run("Deposit").problem == nil)
    #expect(hands.aggregate?.newEvents.isEmpty == true)
    #expect(bench.world.log.count == 1)
  }

  @Test func `a handler that is tried again by its policy finds what it raised`() throws {
    let (hands, book) = (Hands(), HandlerLog())
    let adapter = EventAdapter(
      "A", streams: ["s"], options: ConsumerOptions(policy: .retry(3, after: .seconds(1))),
      onAny: { _, tx in
        var a = hands.aggregate ?? tx.new(Self.account, id: "A")
        if hands.aggregate == nil { a.raise("Deposited", ["n": 1]) }
        book.note("\(a.newEvents.count)")
        try tx.emit(try tx.persist(&a), to: "accounts")
        hands.aggregate = a
        if book.isFailing { throw Boom() }
      })
    var bench = try RecordedEngine(
      Domain("test", aggregates: [Self.account], adapters: [adapter]))
    book.isFailing = true
    bench.emit(new("T"), to: "s")
    bench.pass(.seconds(1))
    book.isFailing = false
    bench.pass(.seconds(1))
    #expect(book.lines == ["1", "1", "1"])
    #expect(bench.world.events(in: "accounts").count == 1)
    #expect(hands.aggregate?.loadedVersion == Version(1))
  }
}
