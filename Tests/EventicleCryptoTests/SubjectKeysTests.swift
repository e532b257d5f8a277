import EventicleCore
import EventicleCrypto
import TestSupport
import Testing

/// A key store with a way to change its master key.
struct KeyStoreUnderTest: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let make: @Sendable () throws -> (any SubjectKeys, (MasterKey) throws -> Void)

  static let all = [
    KeyStoreUnderTest(testDescription: "in memory") {
      let keys = InMemorySubjectKeys()
      return (keys, { try keys.rewrap(to: $0) })
    },
    KeyStoreUnderTest(testDescription: "in a file") {
      let folder = try TemporaryFolder()
      let keys = try FileSubjectKeys.create(path: folder.path("keys"), master: .random())
      return (
        keys,
        {
          try keys.rewrap(to: $0)
          // The folder must live as long as the store is used.
          withExtendedLifetime(folder) {}
        }
      )
    },
  ]
}

/// The contract of every key store.
@Suite struct SubjectKeysTests {
  @Test(arguments: KeyStoreUnderTest.all)
  func `a subject keeps the first key it is given`(
    store: KeyStoreUnderTest
  ) throws {
    let (keys, rewrap) = try store.make()
    defer { withExtendedLifetime(rewrap) {} }
    #expect(try keys.key(for: "s")?.id == nil)
    let key = try keys.provision("s", user: nil)
    #expect(try keys.key(for: "s")?.id == key.id)
    #expect(try keys.provision("s", user: nil).id == key.id)
    guard case .found(let found) = keys.key(named: key.id) else {
      Issue.record("not found by name")
      return
    }
    #expect(found.id == key.id)
    guard case .missing(.unknownKey("nope")) = keys.key(named: "nope") else {
      Issue.record("a key that was never made is not missing")
      return
    }
  }

  @Test(arguments: KeyStoreUnderTest.all)
  func `subjects of a user share one key and belong to no other user`(
    store: KeyStoreUnderTest
  ) throws {
    let (keys, rewrap) = try store.make()
    defer { withExtendedLifetime(rewrap) {} }
    let key = try keys.provision("order-1", user: "alice")
    #expect(try keys.provision("order-2", user: "alice").id == key.id)
    #expect(try keys.provision("order-1", user: "alice").id == key.id)
    #expect(try keys.provision("order-1", user: nil).id == key.id)
    #expect(try keys.provision("order-3", user: "bob").id != key.id)
    let error = #expect(throws: SubjectKeyError.self) {
      try keys.provision("order-1", user: "bob")
    }
    #expect(
      error?.description == """
        subject order-1 belongs to user alice already and cannot be given to bob; \
        shred alice first, or use another subject
        """)
    #expect(try keys.list().map(\.subjects) == [["order-1", "order-2"], ["order-3"]])
    #expect(try keys.list().map(\.user) == ["alice", "bob"])
  }

  @Test(arguments: KeyStoreUnderTest.all)
  func `a subject keeps its key when it gets an owner and is shredded with them`(
    store: KeyStoreUnderTest
  ) throws {
    let (keys, rewrap) = try store.make()
    defer { withExtendedLifetime(rewrap) {} }
    let own = try keys.provision("order-1", user: nil)
    let common = try keys.provision("order-2", user: "alice")
    #expect(try keys.provision("order-1", user: "alice").id == own.id)
    #expect(try keys.provision("order-3", user: "alice").id == common.id)
    #expect(try Set(keys.shred(user: "alice")) == [own.id, common.id])
    for id in [own.id, common.id] {
      guard case .shredded = keys.key(named: id) else {
        Issue.record("\(id) is not shredded")
        continue
      }
    }
  }

  @Test(arguments: KeyStoreUnderTest.all)
  func `shredding leaves nothing but the id of the key`(store: KeyStoreUnderTest) throws {
    let (keys, rewrap) = try store.make()
    defer { withExtendedLifetime(rewrap) {} }
    let key = try keys.provision("order-1", user: "alice")
    #expect(try keys.shred(user: "alice") == [key.id])
    #expect(try keys.key(for: "order-1")?.id == nil)
    let record = try #require(try keys.list().first)
    #expect(record.isShredded && record.user == nil && record.subjects == [])
    #expect(throws: SubjectKeyError.nothingToShred("user alice")) { try keys.shred(user: "alice") }
    #expect(try keys.provision("order-1", user: "bob").id != key.id)
  }

  @Test(arguments: KeyStoreUnderTest.all)
  func `a subject is shredded alone only when its key serves no other`(
    store: KeyStoreUnderTest
  ) throws {
    let (keys, rewrap) = try store.make()
    defer { withExtendedLifetime(rewrap) {} }
    let single = try keys.provision("a", user: "alice")
    #expect(try keys.shred("a") == [single.id])
    let again = try keys.provision("b", user: "alice")
    #expect(again.id != single.id)
    try keys.provision("c", user: "alice")
    #expect(throws: SubjectKeyError.sharedKey("b", user: "alice", subjects: 2)) {
      try keys.shred("b")
    }
    #expect(throws: SubjectKeyError.nothingToShred("subject nobody")) { try keys.shred("nobody") }
    #expect(try keys.key(for: "b")?.id == again.id)
  }

  @Test(arguments: KeyStoreUnderTest.all)
  func `events open and stay shredded with a new master key`(store: KeyStoreUnderTest) throws {
    let (keys, rewrap) = try store.make()
    let protection = EventEncryption(Crypto.fields, keys: keys)
    let event = try Crypto.event(#"{"email":"x"}"#)
    let gone = try Crypto.event(#"{"email":"y"}"#, id: "e2", about: "bob")
    let sealed = try [event, gone].map { try protection.seal($0) }
    try keys.shred("bob")
    try rewrap(.random())
    #expect(protection.open(sealed[0]) == event)
    #expect(try protection.seal(event) == sealed[0])
    #expect(Crypto.mark(protection.open(sealed[1]), "email") == .shredded(subject: "bob"))
    #expect(try keys.provision("carol", user: nil).id != "")
  }

  @Test(arguments: KeyStoreUnderTest.all)
  func `subjects provisioned from many threads at once get one key each`(
    store: KeyStoreUnderTest
  ) async throws {
    let (keys, rewrap) = try store.make()
    defer { withExtendedLifetime(rewrap) {} }
    let ids = try await withThrowingTaskGroup(of: [KeyID].self) { group in
      for _ in 0..<4 {
        group.addTask { try (0..<8).map { try keys.provision(SubjectID("s\($0)"), user: nil).id } }
      }
      return try await group.reduce(into: Set<[KeyID]>()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
    #expect(try keys.list().count == 8)
  }
}
