import EventicleCore
import EventicleCrypto
import Synchronization
import TestSupport
import Testing

@Suite struct ShreddingTests {
  let keys = InMemorySubjectKeys()
  var protection: EventEncryption { EventEncryption(Crypto.fields, keys: keys) }

  @Test func `shredding a user makes exactly their events unreadable`() throws {
    try keys.provision("order-1", user: "alice")
    try keys.provision("order-2", user: "alice")
    try keys.provision("order-3", user: "bob")
    let sealed = try ["order-1", "order-2", "order-3"].map {
      try protection.seal(Crypto.event(#"{"email":{"at":"x"},"n":1}"#, about: DomainID($0)))
    }
    #expect(try keys.shred(user: "alice").count == 1)
    let opened = sealed.map { protection.open($0) }
    #expect(Crypto.mark(opened[0], "email") == .shredded(subject: "order-1"))
    #expect(
      opened[1].data.description == #"{"email":{"$shredded":"v1","subject":"order-2"},"n":1}"#)
    #expect(opened[2].data.description == #"{"email":{"at":"x"},"n":1}"#)
  }

  @Test func `a subject that returns after shredding gets a new key`() throws {
    let event = try Crypto.event(#"{"email":"old"}"#)
    let old = try protection.seal(event)
    try keys.shred("alice")
    let new = try protection.seal(try Crypto.event(#"{"email":"new"}"#, id: "e2"))
    #expect(Crypto.mark(protection.open(old), "email") == .shredded(subject: "alice"))
    #expect(protection.open(new).data.value["email"] == "new")
  }

  @Test func `sealing a shredded event changes nothing and creates no key`() throws {
    let old = try protection.seal(Crypto.event(#"{"email":"old"}"#))
    try keys.shred("alice")
    let seen = protection.open(old)
    #expect(try protection.seal(old) == old)
    #expect(try protection.seal(seen) == seen)
    #expect(protection.open(seen) == seen)
    #expect(keys.list().count == 1)
  }

  @Test func `a missing key differs from a shredded one`() throws {
    let elsewhere = EventEncryption(Crypto.fields, keys: InMemorySubjectKeys())
    let sealed = try elsewhere.seal(Crypto.event(#"{"email":"x"}"#))
    guard case .unreadable("alice", let reason)? = Crypto.mark(protection.open(sealed), "email")
    else {
      Issue.record("not marked as unreadable")
      return
    }
    #expect(reason.contains("is not among the keys at hand"))
  }

  @Test func `events with nothing to protect look up no key`() throws {
    let counting = CountingKeys()
    let protection = EventEncryption(Crypto.fields, keys: counting)
    let other = try Crypto.event(#"{"email":"x"}"#, type: "user.removed")
    let absent = try Crypto.event(#"{"phone":"x"}"#)
    for event in [other, absent] {
      #expect(protection.open(try protection.seal(event)) == event)
    }
    #expect(counting.lookups == 0)
    let sealed = try protection.seal(Crypto.event(#"{"email":"x","a":1,"address":{"street":2}}"#))
    #expect(counting.lookups == 2)
    _ = protection.open(sealed)
    #expect(counting.lookups == 5)
  }
}

/// Counts key look-ups.
final class CountingKeys: SubjectKeys {
  private let inner = InMemorySubjectKeys()
  private let count = Mutex(0)

  var lookups: Int { count.withLock { $0 } }

  private func note() { count.withLock { $0 += 1 } }

  func key(for subject: SubjectID) throws(SubjectKeyError) -> DataKey? {
    note()
    return try inner.key(for: subject)
  }

  func key(named id: KeyID) -> KeyFinding {
    note()
    return inner.key(named: id)
  }

  func provision(_ subject: SubjectID, user: UserID?) throws(SubjectKeyError) -> DataKey {
    note()
    return try inner.provision(subject, user: user)
  }

  func shred(_ subject: SubjectID) throws(SubjectKeyError) -> [KeyID] { try inner.shred(subject) }

  func shred(user: UserID) throws(SubjectKeyError) -> [KeyID] { try inner.shred(user: user) }

  func list() -> [SubjectKeyRecord] { inner.list() }
}
