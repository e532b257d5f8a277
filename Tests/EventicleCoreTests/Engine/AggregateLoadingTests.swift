import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct AggregateLoadingTests {
  static let user = AggregateRoot(
    "User", stream: "users", snapshotEvery: 100,
    checkpoint: { ["name": $0["name"], "id": "mine", "version": "mine", "history": 1] },
    reducers: [
      "Named": { state, event in
        state["name"] = event.data["name"]
        state["times"] = .int((state["times"].integer ?? 0) + 1)
      }
    ])

  static func store() throws -> Transaction {
    try transaction(of: Domain("test", aggregates: [user]))
  }

  static func name(_ id: DomainID, _ name: JSON, in tx: Transaction) throws {
    var user = tx.load(Self.user, id) ?? tx.new(Self.user, id: id)
    user.raise("Named", ["name": name])
    try tx.emit(try tx.persist(&user), to: "users")
  }

  @Test func `loading a long history folds only the events since the kept state`() throws {
    let tx = try Self.store()
    for index in 0..<10_000 {
      try tx.emit([new("Named", of: "u", ["name": .int(index)])], to: "users")
    }
    #expect(tx.load(Self.user, "u")?["times"] == 10_000)
    #expect(tx.foldedEvents == 10_000)
    for index in 0..<250 {
      let before = tx.foldedEvents
      try tx.emit([new("Named", of: "u", ["name": .int(index)])], to: "users")
      #expect(tx.load(Self.user, "u")?["times"].integer == 10_001 + index)
      #expect(tx.foldedEvents - before <= 100)
    }
    #expect(Self.user.state(of: "u", in: tx.world, upTo: Version(3))?.state["times"] == 3)
  }

  @Test func `a kept state is dropped with its events`() throws {
    var bench = try RecordedEngine(
      Domain(
        "test", aggregates: [Self.user],
        commands: [
          Command("Fill", stream: "users") { data, tx in
            for _ in 0..<150 {
              try tx.emit([new("Named", of: "u", ["name": data["name"]])], to: "users")
            }
            _ = tx.load(Self.user, "u")
            if data["name"] == "lost" { throw Rejection("no") }
            return CommandResult(response: tx.load(Self.user, "u")?.state)
          }
        ]))
    #expect(bench.run("Fill", ["name": "lost"]).problem == "no")
    #expect(bench.run("Fill", ["name": "a"]).response == ["name": "a", "times": 150])
    let past = bench.world
    #expect(bench.run("Fill", ["name": "b"]).response == ["name": "b", "times": 300])
    var back = bench.world
    if let step = bench.entries.last(where: { $0.stepCount > 0 }) { back.revert(step.changes) }
    #expect(Self.user.state(of: "u", in: back)?.state == ["name": "a", "times": 150])
    #expect(Self.user.state(of: "u", in: past)?.state == ["name": "a", "times": 150])
  }

  @Test func `another declaration of the same type does not use the kept states`() throws {
    let tx = try Self.store()
    for _ in 0..<150 { try tx.emit([new("Named", of: "u", ["name": "a"])], to: "users") }
    _ = tx.load(Self.user, "u")
    let other = AggregateRoot("User", stream: "users", snapshotEvery: 100)
    #expect(tx.load(other, "u")?.state == .emptyObject)
    #expect(tx.load(Self.user, "u")?["times"] == 150)
  }

  @Test func `checkpoints can be searched, and their columns conflict with nothing`() throws {
    let tx = try Self.store()
    for (id, name) in [("a", "Old"), ("a", "New Name"), ("b", "Bea"), ("c", "Cid")] {
      try Self.name(DomainID(id), .string(name), in: tx)
    }
    let page = try tx.loadBulk(
      Self.user, where: .compare("name", .equal, "New Name"), page: 1, size: 10)
    #expect(page.totalCount == 1)
    #expect(page.entries.map(\.id) == ["a"])
    #expect(page.entries[0]["name"] == "New Name")
    #expect(page.entries[0].version == Version(2))
    #expect(tx.record("aggregate:User", "a")?.content["name"] == "New Name")
  }

  @Test func `bulk loads page and sort as declared`() throws {
    let tx = try Self.store()
    for name in ["c", "a", "e", "b", "d"] {
      try Self.name(DomainID(name), .string(name), in: tx)
    }
    #expect(try tx.loadBulk(Self.user).entries.map(\.id) == ["c", "a", "e", "b", "d"])
    let sort = [SortKey(.path("name"))]
    func ids(_ page: Int, _ size: Int) throws -> [DomainID] {
      let found = try tx.loadBulk(Self.user, sortedBy: sort, page: page, size: size)
      #expect(found.totalCount == 5)
      return found.entries.map(\.id)
    }
    #expect(try ids(1, 2) == ["a", "b"])
    #expect(try ids(3, 2) == ["e"])
    #expect(try ids(4, 2) == [])
    #expect(try ids(0, 2) == ["a", "b"])
    #expect(throws: QueryError.self) { try tx.loadBulk(Self.user, size: 0) }
    let plain = AggregateRoot("Plain", stream: "plain")
    #expect(try tx.loadBulk(plain).totalCount == 0)
    var one = tx.new(plain, id: "p")
    one.raise("Happened")
    try tx.persist(&one)
    #expect(try tx.loadBulk(plain).entries.map(\.id) == ["p"])
    #expect(throws: QueryError.self) { try tx.loadBulk(plain, sortedBy: sort) }
  }

  @Test func `versions can be read and compared`() throws {
    let tx = try Self.store()
    for name in ["a", "b"] { try Self.name("u", .string(name), in: tx) }
    #expect(tx.load(Self.user, "u", at: Version(1))?["name"] == "a")
    #expect(tx.load(Self.user, "u", at: Version(0)) == nil)
    #expect(
      Self.user.changes(of: "u", in: tx.world, from: Version(1), to: Version(2)) == [
        AggregateChange(path: ["name"], old: "a", new: "b"),
        AggregateChange(path: ["times"], old: 1, new: 2),
      ])
  }

  @Test func `persisting publishes once, also when the events are emitted as well`() throws {
    let root = AggregateRoot("Loud", stream: "loud")
    let tx = try transaction(of: Domain("test", aggregates: [root]))
    var loud = tx.new(root, id: "l")
    loud.raise("Said")
    let events = try tx.persist(&loud)
    #expect(events.map(\.type) == ["Said"])
    try tx.emit(events, to: "loud")
    try tx.emit(returned: events, to: "elsewhere")
    let world = tx.commit().0
    #expect(world.log.count(of: "loud") == 1)
    #expect(world.histories.version(of: AggregateKey("Loud", "l")) == Version(1))
  }

  @Test func `a writer may state the version it expects`() throws {
    let tx = try Self.store()
    let key = AggregateKey("User", "u")
    func persist(_ expected: ExpectedVersion) throws {
      var user = tx.new(Self.user, id: "u")
      user.raise("Named", ["name": "x"])
      try tx.persist(&user, expecting: expected)
    }
    #expect(throws: TransactionError.aggregateMissing(key)) { try persist(.exists) }
    try persist(.none)
    #expect(throws: TransactionError.aggregateExists(key, actual: Version(1))) {
      try persist(.none)
    }
    #expect(
      throws: TransactionError.versionConflict(key, expected: Version(5), actual: Version(1))
    ) { try persist(.exactly(Version(5))) }
    try persist(.exists)
    try persist(.exactly(Version(2)))
    var stale = tx.new(Self.user, id: "u")
    stale.raise("Named", ["name": "last"])
    try tx.persist(&stale, expecting: .any)
    #expect(stale.version == Version(4))
    #expect(stale["times"] == 4)
    #expect(
      throws: TransactionError.streamConflict("log", expected: .exists, actual: Version(0))
    ) { try tx.emit([new("A")], to: "log", expecting: .exists) }
    try tx.emit([new("A")], to: "log", expecting: .none)
    try tx.emit([new("A")], to: "log", expecting: .exactly(Version(1)))
    #expect(throws: TransactionError.aggregateMissing(AggregateKey("User", "v"))) {
      try tx.emit([new("Named")], of: Self.user, "v", expecting: .exists)
    }
    try tx.emit([new("Named", nil, of: nil, ["name": "v"])], of: Self.user, "v", expecting: .none)
    #expect(tx.load(Self.user, "v")?["name"] == "v")
  }
}
