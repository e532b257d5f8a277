import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct AggregateTests {
  static let user = AggregateRoot(
    "User", stream: "users",
    reducers: [
      "UserCreated": { state, event in state["id"] = event.data["id"] },
      "UserNameSet": { state, event in state["name"] = event.data["name"] },
    ])

  static func store() throws -> Transaction {
    try transaction(of: Domain("test", source: "here", aggregates: [user]))
  }

  @Test func `raising folds at once, and keeps a given id`() throws {
    let tx = try Self.store()
    var user = tx.new(Self.user)
    user.raise("UserNameSet", ["name": "David Dawson"], id: "chosen")
    user.raise("UserNameSet", ["name": "D"])
    #expect(user["name"] == "D")
    #expect(user.newEvents.map(\.type) == ["UserNameSet", "UserNameSet"])
    let events = try tx.persist(&user)
    #expect(events[0].id == "chosen")
    #expect(events[1].id?.text.utf8.count == 36)
    #expect(events.allSatisfy { $0.createdAt == .standardStart && $0.source == "here" })
    #expect(user.newEvents.isEmpty)
  }

  @Test func `what is persisted and not published is loaded, and appended to no stream`() throws {
    let tx = try Self.store()
    var user = tx.new(Self.user)
    user.raise("UserCreated", ["id": "u"])
    for name in ["Happy Camper", "New Name"] as [JSON] { user.raise("UserNameSet", ["name": name]) }
    try tx.persist(&user, publish: false)
    let world = tx.commit().0
    let later = try transaction(world, of: Domain("test", aggregates: [Self.user]))
    let loaded = try #require(later.load(Self.user, "user-1"))
    #expect(loaded["name"] == "New Name")
    #expect(loaded.newEvents.isEmpty)
    #expect(loaded.loadedVersion == Version(3))
    let history = later.history(Self.user, "user-1")
    #expect(history.map(\.type) == ["UserCreated", "UserNameSet", "UserNameSet"])
    #expect(history.last?.data.value["name"] == "New Name")
    #expect(later.load(Self.user, "nobody") == nil)
    #expect(later.history(Self.user, "nobody").isEmpty)
    #expect(world.log.count == 0)
  }

  @Test func `an event carries its aggregate from the first version on`() throws {
    let tx = try Self.store()
    var user = tx.new(Self.user, id: "W")
    user.raise("UserCreated", ["id": "W"])
    #expect(user.newEvents.map(\.domainID) == ["W"])
  }

  @Test func `a writer with an old version is refused, and nothing is lost`() throws {
    let tx = try Self.store()
    var first = tx.new(Self.user, id: "u")
    first.raise("UserCreated", ["id": "u"])
    try tx.persist(&first)
    var mine = try #require(tx.load(Self.user, "u"))
    var theirs = try #require(tx.load(Self.user, "u"))
    theirs.raise("UserNameSet", ["name": "theirs"])
    try tx.persist(&theirs)
    mine.raise("UserNameSet", ["name": "mine"])
    #expect(
      throws: TransactionError.versionConflict(
        AggregateKey("User", "u"), expected: Version(1), actual: Version(2))
    ) { try tx.persist(&mine) }
    #expect(mine.newEvents.count == 1)
    #expect(tx.load(Self.user, "u")?["name"] == "theirs")
    theirs.raise("UserNameSet", ["name": "again"])
    try tx.persist(&theirs)
    #expect(tx.load(Self.user, "u")?.version == Version(3))
  }

  @Test func `persisting needs an id and does nothing without new events`() throws {
    let tx = try Self.store()
    var nobody = tx.new(Self.user, id: "")
    nobody.raise("UserCreated")
    #expect(throws: TransactionError.aggregateWithoutID("User")) { try tx.persist(&nobody) }
    var quiet = tx.new(Self.user, id: "u")
    #expect(try tx.persist(&quiet).isEmpty)
    #expect(tx.load(Self.user, "u") == nil)
  }

  @Test func `an event that is persisted and emitted is one event in one history`() throws {
    let tx = try Self.store()
    var user = tx.new(Self.user, id: "u")
    for name in ["a", "b", "c"] as [JSON] { user.raise("UserNameSet", ["name": name]) }
    let events = try tx.persist(&user, publish: false)
    try tx.emit([events[1]], to: "users")
    let world = tx.commit().0
    var seen: [(JSON, Position?)] = []
    world.forEachEvent(of: AggregateKey("User", "u")) { seen.append(($0.data["name"], $1)) }
    #expect(seen.map(\.0) == ["a", "b", "c"])
    #expect(seen.map(\.1) == [nil, Position(1), nil])
    #expect(world.histories.version(of: AggregateKey("User", "u")) == Version(3))
    #expect(world.log.count == 1)
  }

  @Test func `an event that is emitted to an aggregate's stream joins its history`() throws {
    let tx = try Self.store()
    try tx.emit([new("UserNameSet", of: "u", ["name": "a"])], to: "users")
    try tx.emit([new("UserNameSet", of: "u", ["name": "b"])], to: "elsewhere")
    #expect(tx.load(Self.user, "u")?["name"] == "a")
    #expect(Self.user.state(of: "u", in: tx.world, upTo: Version(0)) == nil)
    #expect(Self.user.state(of: "u", in: tx.world, upTo: Version(9))?.version == Version(1))
  }

  @Test func `past versions are folded up to their own events`() throws {
    let tx = try Self.store()
    for name in ["a", "b", "c"] as [JSON] {
      try tx.emit([new("UserNameSet", of: "u", ["name": name])], to: "users")
    }
    let names = (1...3).map {
      Self.user.state(of: "u", in: tx.world, upTo: Version($0))?.state["name"]
    }
    #expect(names == ["a", "b", "c"])
    let key = AggregateKey("User", "u")
    #expect(tx.world.version(of: key, at: Position(2)) == Version(2))
    #expect(tx.world.event(of: key, at: Version(2))?.1 == Position(2))
    #expect(tx.world.event(of: key, at: Version(4)) == nil)
  }
}
