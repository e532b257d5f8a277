import EventicleCore
import TestSupport
import Testing

@testable import EventicleCrypto

@Suite struct TamperingTests {
  let keys = InMemorySubjectKeys()
  var protection: EventEncryption { EventEncryption(Crypto.fields, keys: keys) }

  private func isUnreadable(_ event: Event) -> Bool {
    guard case .unreadable? = Crypto.mark(event, "email") else { return false }
    return true
  }

  @Test func `a sealed value with any letter changed does not open`() throws {
    // Plain texts of 1, 2 and 3 bytes cover every kind of padding.
    for value in ["7", "17", "\"x\""] {
      let sealed = try protection.seal(Crypto.event("{\"email\":\(value)}"))
      guard case .sealed(let subject, let key, let box)? = Crypto.mark(sealed, "email") else {
        Issue.record("not sealed")
        return
      }
      for place in box.utf8.indices {
        for letter in Array("AQgw9+/=Z") + ["\u{7F}"] where letter.utf8.first != box.utf8[place] {
          let changed =
            String(box[..<place]) + String(letter) + box[box.utf8.index(after: place)...]
          let mark = ProtectionMark.sealed(subject: subject, key: key, box: changed)
          let event = try Crypto.event("{\"email\":\(mark.json)}")
          #expect(isUnreadable(protection.open(event)), "\(changed)")
        }
      }
    }
  }

  @Test func `a sealed event with any byte changed never shows the value and never traps`() throws {
    let original = try Crypto.event(#"{"email":"alice@x.org"}"#)
    let sealed = try protection.seal(original)
    for place in 0..<sealed.data.utf8.count {
      for change in [1, 2, 32, 128] as [UInt8] {
        var bytes = Array(sealed.data.utf8)
        bytes[place] ^= change
        guard let data = try? JSONBytes(checking: bytes) else { continue }
        var event = sealed
        event.data = data
        let opened = protection.open(event)
        #expect(!opened.data.description.contains("alice@"), "byte \(place)")
        _ = try? protection.seal(event)
      }
    }
  }

  @Test func `a sealed value is bound to its event, type, path, subject and key`() throws {
    let two: ProtectedFields = ["user.created": ["email", "a"], "t": ["email"]]
    let protection = EventEncryption(two, keys: keys)
    let sealed = try protection.seal(Crypto.event(#"{"email":"x"}"#))
    guard case .sealed(_, let key, let box)? = Crypto.mark(sealed, "email") else {
      Issue.record("not sealed")
      return
    }
    var otherID = sealed
    otherID.id = "e2"
    var otherType = sealed
    otherType.type = "t"
    let bob = try keys.provision("bob")
    for event in [
      otherID, otherType,
      try marked("alice", bob.id.text, box), try marked("bob", key, box),
      try marked("alice", key, box + "AAAA"), try marked("alice", key, ""),
    ] {
      #expect(isUnreadable(protection.open(event)))
    }
    let moved = try Crypto.event(
      "{\"a\":\(ProtectionMark.sealed(subject: "alice", key: key, box: box).json)}")
    guard case .unreadable? = Crypto.mark(protection.open(moved), "a") else {
      Issue.record("a box opened under another path")
      return
    }
    #expect(!isUnreadable(protection.open(sealed)))
  }

  private func marked(_ subject: String, _ key: String, _ box: String) throws -> Event {
    let mark = ProtectionMark.sealed(subject: subject, key: key, box: box)
    return try Crypto.event("{\"email\":\(mark.json)}")
  }

  @Test func `values of a repeated name cannot swap places`() throws {
    let sealed = try protection.seal(Crypto.event(#"{"email":"x1","email":"x2"}"#))
    let ranges = try sealed.data.ranges(of: "email")
    let bytes = sealed.data.utf8
    let swapped = try sealed.data.replacing([
      (ranges[0], Array(bytes[ranges[1]])), (ranges[1], Array(bytes[ranges[0]])),
    ])
    var event = sealed
    event.data = swapped
    #expect(isUnreadable(protection.open(event)))
  }

  @Test(arguments: [
    #"{"$sealed":"v2","subject":"alice","key":"k","box":""}"#,
    #"{"$sealed":"v1","subject":"alice","key":"k"}"#, #"{"$sealed":true}"#, #"{"$sealed":null}"#,
    #"{"$sealed":"v1","subject":"alice","key":"k","box":"","more":1}"#,
    #"{"$sealed":"v1","$sealed":"v1","subject":"a","key":"k","box":""}"#,
  ])
  func `a value that only looks sealed is unreadable`(text: String) throws {
    #expect(isUnreadable(protection.open(try Crypto.event("{\"email\":\(text)}"))))
  }

  @Test func `a sealed value with other spacing and order opens`() throws {
    let event = try Crypto.event(#"{"email":"x"}"#)
    let sealed = try protection.seal(event)
    guard case .sealed(let subject, let key, let box)? = Crypto.mark(sealed, "email") else {
      Issue.record("not sealed")
      return
    }
    let text = """
      {"email": { "box": "\(box)", "key": "\(key)", "subject": "\(subject)", "$sealed": "v1" }}
      """
    #expect(protection.open(try Crypto.event(text)).data.value == event.data.value)
  }

  @Test func `a key is printed as its id alone`() throws {
    let key = DataKey.random()
    let master = MasterKey.random()
    var shown = ""
    dump(key, to: &shown)
    dump(master, to: &shown)
    shown += "\(key) \(master) \(String(reflecting: master))"
    #expect(shown.contains(key.id.text) && shown.contains(master.fingerprint))
    #expect(!shown.contains("secret") && !shown.contains("Symmetric"))
    #expect(!shown.contains(master.secretText))
  }
}
