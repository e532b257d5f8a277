import EventicleCore
import EventicleCrypto
import TestSupport
import Testing

@Suite struct EventEncryptionTests {
  let keys = InMemorySubjectKeys()
  var protection: EventEncryption { EventEncryption(Crypto.fields, keys: keys) }

  @Test(arguments: seeds(500))
  func `a sealed event opens to the same bytes`(seed: UInt64) throws {
    let event = try Crypto.event(Crypto.data(seed: seed))
    let sealed = try protection.seal(event)
    #expect(protection.open(sealed) == event)
    #expect(try protection.seal(sealed) == sealed)
    #expect(try protection.seal(event) == sealed)
  }

  @Test func `random data often contains protected members`() throws {
    let changed = try (0..<200).count { seed in
      let event = try Crypto.event(Crypto.data(seed: UInt64(seed)))
      return try protection.seal(event) != event
    }
    #expect(changed > 50)
  }

  @Test func `a protected value is not stored in plain text, and the rest stays unchanged`() throws
  {
    let text =
      #"{ "n":1.50, "email" : "alice@x.org","address":{"street":["S",7.0],"zip":"1"},"n":2 }"#
    let event = try Crypto.event(text)
    let sealed = try protection.seal(event)
    let stored = sealed.data.description
    #expect(!stored.contains("alice@") && !stored.contains("7.0"))
    #expect(stored.hasPrefix(#"{ "n":1.50, "email" : {"$sealed":"v1","subject":"alice","key":"k"#))
    #expect(stored.hasSuffix(#","zip":"1"},"n":2 }"#))
    #expect(Crypto.box(sealed, "address.street") != nil)
    #expect(protection.open(sealed).data.description == text)
  }

  @Test func `every value of a repeated name is sealed`() throws {
    let event = try Crypto.event(#"{"email":"first","e\u006dail":"last"}"#)
    let sealed = try protection.seal(event)
    #expect(!sealed.data.description.contains("first"))
    #expect(!sealed.data.description.contains("last"))
    #expect(protection.open(sealed) == event)
  }

  @Test func `absent members are skipped and create no key`() throws {
    let event = try Crypto.event(#"{"phone":1,"address":7,"lines":[1]}"#)
    #expect(try protection.seal(event) == event)
    #expect(keys.list().isEmpty)
  }

  @Test func `an element of an array can be protected`() throws {
    let event = try Crypto.event(#"{"lines":[1,"secret",3]}"#)
    let sealed = try protection.seal(event)
    #expect(Crypto.box(sealed, "lines[1]") != nil)
    #expect(sealed.data.value["lines"][0] == 1 && sealed.data.value["lines"][2] == 3)
    #expect(protection.open(sealed) == event)
  }

  @Test func `a member inside a protected member is sealed with it`() throws {
    let nested = EventEncryption(["user.created": ["a.b", "a"]], keys: keys)
    let event = try Crypto.event(#"{"a":{"b":1}}"#)
    let sealed = try nested.seal(event)
    #expect(Crypto.box(sealed, "a") != nil)
    #expect(nested.open(sealed) == event)
  }

  @Test func `equal values of different events, paths and types are sealed differently`() throws {
    let both: ProtectedFields = ["t": ["x", "y"], "u": ["x"]]
    let protection = EventEncryption(both, keys: keys)
    let text = #"{"x":"same","y":"same"}"#
    let first = try protection.seal(Crypto.event(text, type: "t"))
    let second = try protection.seal(Crypto.event(text, type: "t", id: "e2"))
    let third = try protection.seal(Crypto.event(text, type: "u"))
    let boxes = [
      Crypto.box(first, "x"), Crypto.box(first, "y"), Crypto.box(second, "x"),
      Crypto.box(second, "y"), Crypto.box(third, "x"),
    ].compactMap { $0 }
    #expect(boxes.count == 5 && Set(boxes).count == 5)
    // The first 16 letters contain the whole nonce: no two may be equal.
    #expect(Set(boxes.map { $0.prefix(16) }).count == 5)
  }

  @Test func `two values in the same place of the same event have different nonces`() throws {
    let boxes = try ["1", "2", "\"1\"", "[1]"].compactMap { value in
      Crypto.box(try protection.seal(Crypto.event("{\"email\":\(value)}")), "email")
    }
    #expect(boxes.count == 4 && Set(boxes.map { $0.prefix(16) }).count == 4)
  }

  @Test func `the subject may be taken from the data`() throws {
    var fields = ProtectedFields()
    fields.protect(["iban"], of: "paid", subject: .member("payer.id"))
    let protection = EventEncryption(fields, keys: keys)
    for (payer, subject) in [("\"bob\"", "bob"), ("17", "17")] {
      let event = try Crypto.event(#"{"iban":"DE1","payer":{"id":\#(payer)}}"#, type: "paid")
      let sealed = try protection.seal(event)
      guard case .sealed(subject, _, _)? = Crypto.mark(sealed, "iban") else {
        Issue.record("sealed for somebody else: \(sealed.data)")
        continue
      }
      #expect(protection.open(sealed) == event)
    }
  }

  @Test(arguments: [#"{"iban":1}"#, #"{"iban":1,"payer":null}"#, #"{"iban":1,"payer":""}"#])
  func `an event without a subject is refused`(text: String) throws {
    var fields = ProtectedFields()
    fields.protect(["iban"], of: "paid", subject: .member("payer"))
    let protection = EventEncryption(fields, keys: keys)
    let error = #expect(throws: SubjectKeyError.self) {
      try protection.seal(Crypto.event(text, type: "paid"))
    }
    #expect(error == .noSubject("e1", "paid", expectedAt: "data.payer"))
    #expect(throws: SubjectKeyError.noSubject("e1", "user.created", expectedAt: "domainId")) {
      try self.protection.seal(Crypto.event(#"{"email":1}"#, about: nil))
    }
  }

  @Test func `a subject without a key is refused on request`() throws {
    let strict = EventEncryption(Crypto.fields, keys: keys, unknownSubject: .refuse)
    let event = try Crypto.event(#"{"email":1}"#)
    let error = #expect(throws: SubjectKeyError.self) { try strict.seal(event) }
    #expect(
      error?.description
        == "subject alice has no key and none is made on demand; provision one first")
    try keys.provision("alice")
    #expect(strict.open(try strict.seal(event)) == event)
  }

  @Test func `a sealed value copied from elsewhere is ordinary data`() throws {
    let sealed = try protection.seal(Crypto.event(#"{"email":"a@x"}"#))
    let copy = try Crypto.event(sealed.data.description, id: "e2")
    let twice = try protection.seal(copy)
    #expect(twice != copy)
    #expect(protection.open(twice) == copy)
    guard case .unreadable? = Crypto.mark(protection.open(copy), "email") else {
      Issue.record("a box opened in an event it does not belong to")
      return
    }
  }

  @Test func `released members are still opened but no longer sealed`() throws {
    let event = try Crypto.event(#"{"email":1,"a":2}"#)
    let sealed = try protection.seal(event)
    var fields = Crypto.fields
    fields.release(["email"], of: "user.created")
    let later = EventEncryption(fields, keys: keys)
    #expect(later.open(sealed) == event)
    #expect(try later.seal(event).data.value["email"] == 1)
    fields.protect(["email"], of: "user.created")
    #expect(fields["user.created"]?.formerPaths == [])
  }

  @Test func `data nested too deep to search is refused, not stored in plain text`() {
    var value: JSON = 1
    for _ in 0...Limits.jsonDepth { value = ["a": value] }
    let event = Event(
      id: "e1", type: "user.created", source: "", stream: "s", domainID: "d",
      createdAt: .standardStart, data: JSONBytes(["b": value, "email": 1]))
    #expect(throws: SubjectKeyError.self) { try protection.seal(event) }
    #expect(protection.open(event) == event)
  }
}
