import EventicleCore
import EventicleCrypto
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct FileSubjectKeysTests {
  let folder: TemporaryFolder
  let master = MasterKey.random()
  var path: String { folder.path("keys") }

  init() throws { folder = try TemporaryFolder() }

  private func problem(_ work: () throws -> Void) -> String {
    do {
      try work()
      return "no error"
    } catch {
      return "\(error)".replacing(folder.path(""), with: "")
    }
  }

  private func problemOfOpening() -> String {
    problem { _ = try FileSubjectKeys(path: path, master: master) }
  }

  @Test func `keys persist when the file is opened again`() throws {
    let keys = try FileSubjectKeys.create(path: path, master: master)
    let protection = EventEncryption(Crypto.fields, keys: keys)
    let event = try Crypto.event(#"{"email":"x"}"#)
    let sealed = try protection.seal(event)
    try keys.provision("order \"é\"", user: "al\nice")
    try keys.provision("gone")
    try keys.shred("gone")
    let again = try FileSubjectKeys(path: path, master: master)
    #expect(EventEncryption(Crypto.fields, keys: again).open(sealed) == event)
    #expect(try again.list() == keys.list())
  }

  @Test func `only the owner can access the file, whatever the umask`() throws {
    let mask = umask(0)
    defer { umask(mask) }
    try FileSubjectKeys.create(path: path, master: master).provision("s")
    #expect(folder.mode("keys") == 0o600 && folder.mode("keys.lock") == 0o600)
    #expect(folder.names == ["keys", "keys.lock"])
  }

  @Test func `the file contains no plain key`() throws {
    let keys = try FileSubjectKeys.create(path: path, master: master)
    try keys.provision("s")
    let text = String(decoding: folder.read("keys"), as: UTF8.self)
    #expect(!text.contains(master.secretText))
    #expect(text.contains(master.fingerprint))
  }

  @Test func `untrustworthy files are refused with the way out`() throws {
    #expect(problemOfOpening() == "key file keys: it cannot be read: No such file or directory")
    try FileSubjectKeys.create(path: path, master: master).provision("s")
    #expect(
      problem { _ = try FileSubjectKeys.create(path: path, master: master) }
        == "key file keys: it is there already; open it, or choose another path")
    let good = folder.read("keys")
    folder.write(good, to: "keys", mode: 0o640)
    #expect(
      problemOfOpening()
        == "key file keys: it may be used by others, its mode is 640; run: chmod 600 keys")
    folder.write(good, to: "real")
    unlink(path)
    symlink(folder.path("real"), path)
    #expect(
      problemOfOpening()
        == "key file keys: it is a symbolic link; give the path of the file itself")
    unlink(path)
    mkfifo(path, 0o600)
    #expect(problemOfOpening() == "key file keys: it is not a regular file")
    folder.write(Array("{".utf8), to: "keys")
    #expect(problemOfOpening().contains("it is not JSON"))
    folder.write(Array("{}".utf8), to: "keys")
    #expect(problemOfOpening().contains("it is not a key file"))
    let text = String(decoding: good, as: UTF8.self)
    folder.write(Array(text.replacing("\"version\":1", with: "\"version\":2").utf8), to: "keys")
    #expect(
      problemOfOpening()
        == "key file keys: it is of version 2, this program reads version 1")
  }

  @Test func `a file with any byte changed is refused or lists the same keys`() throws {
    let keys = try FileSubjectKeys.create(path: path, master: master)
    try keys.provision("order-1", user: "alice")
    try keys.provision("gone")
    try keys.shred("gone")
    let good = folder.read("keys")
    let records = try keys.list()
    let name = String(decoding: good, as: UTF8.self)
    #expect(name.contains("\"shredded\":true"))
    for place in good.indices {
      var bytes = good
      bytes[place] ^= 1
      folder.write(bytes, to: "keys")
      guard let opened = try? FileSubjectKeys(path: path, master: master) else { continue }
      // A changed fingerprint reads as another master key, with which no key can be used.
      #expect(try opened.list() == records, "byte \(place)")
      if (try? opened.key(for: "order-1")) == nil {
        #expect(throws: SubjectKeyError.self) { try opened.provision("new") }
      }
    }
    for length in good.indices where length < good.count - 1 {
      folder.write(Array(good[..<length]), to: "keys")
      #expect(problemOfOpening() != "no error", "cut at \(length)")
    }
  }

  @Test func `a changed owner and a removed check are detected`() throws {
    try FileSubjectKeys.create(path: path, master: master).provision("order-1", user: "alice")
    let text = String(decoding: folder.read("keys"), as: UTF8.self)
    let start = try #require(text.firstRange(of: "\"check\":\"")).upperBound
    let end = try #require(text[start...].firstIndex(of: "\""))
    let unchecked = text.replacing(text[start..<end], with: "")
    for damaged in [unchecked, text.replacing("alice", with: "bob")] {
      #expect(damaged != text)
      folder.write(Array(damaged.utf8), to: "keys")
      #expect(
        problemOfOpening()
          == "key file keys: what it says does not agree with its check; restore it from a copy")
    }
  }

  @Test func `with another master key events are unreadable and nothing can be changed`() throws {
    let keys = try FileSubjectKeys.create(path: path, master: master)
    let sealed = try EventEncryption(Crypto.fields, keys: keys)
      .seal(Crypto.event(#"{"email":"x"}"#))
    let before = folder.read("keys")
    let other = MasterKey.random()
    let wrong = try FileSubjectKeys(path: path, master: other)
    let protection = EventEncryption(Crypto.fields, keys: wrong)
    #expect(
      Crypto.mark(protection.open(sealed), "email")
        == .unreadable(
          subject: "alice",
          reason: """
            the keys were wrapped by master key \(master.fingerprint), the one given is \
            \(other.fingerprint)
            """))
    let refused = SubjectKeyError.otherMasterKey(
      expected: master.fingerprint, given: other.fingerprint)
    #expect(throws: refused) { try wrong.provision("new") }
    #expect(throws: refused) { try wrong.shred("alice") }
    #expect(throws: refused) { try wrong.shred(user: "alice") }
    #expect(throws: refused) { try wrong.rewrap(to: .random()) }
    #expect(throws: refused) { try protection.seal(Crypto.event(#"{"email":"x"}"#, id: "e2")) }
    #expect(folder.read("keys") == before)
    #expect(try wrong.list().count == 1)
  }

  @Test func `changes by another program take effect immediately`() throws {
    let here = try FileSubjectKeys.create(path: path, master: master)
    let there = try FileSubjectKeys(path: path, master: master)
    let key = try here.provision("s", user: "alice")
    #expect(try there.provision("s", user: "alice").id == key.id)
    try there.provision("t", user: "bob")
    #expect(try here.list().count == 2)
    try there.shred(user: "alice")
    guard case .shredded = here.key(named: key.id) else {
      Issue.record("a key that was shredded elsewhere is used still")
      return
    }
    try there.rewrap(to: .random())
    #expect(throws: SubjectKeyError.self) { try here.key(for: "t") }
  }

  @Test func `an empty file can be rewrapped`() throws {
    let keys = try FileSubjectKeys.create(path: path, master: master)
    let new = MasterKey.random()
    try keys.rewrap(to: new)
    try FileSubjectKeys(path: path, master: new).provision("s")
    #expect(try keys.key(for: "s")?.id != nil)
  }

  @Test func `nothing changes when the file cannot be written`() throws {
    let keys = try FileSubjectKeys.create(path: path, master: master)
    try keys.provision("s")
    // A folder in place of the draft cannot be replaced.
    mkdir(folder.path("keys.new"), 0o700)
    defer { rmdir(folder.path("keys.new")) }
    #expect(throws: SubjectKeyError.self) { try keys.shred("s") }
    #expect(try keys.key(for: "s")?.id != nil)
    rmdir(folder.path("keys.new"))
    unlink(path)
    #expect(problem { _ = try keys.key(for: "s") }.hasSuffix("it is gone; restore it from a copy"))
  }

  @Test func `a draft left by a crash is replaced`() throws {
    let keys = try FileSubjectKeys.create(path: path, master: master)
    folder.write(Array("half".utf8), to: "keys.new", mode: 0o644)
    try keys.provision("s")
    #expect(folder.names == ["keys", "keys.lock"])
    #expect(folder.mode("keys") == 0o600)
  }

  @Test func `a master key reads back, and other text is refused`() throws {
    let text = master.secretText
    #expect(try MasterKey(parsing: " \(text)\n").fingerprint == master.fingerprint)
    #expect(try MasterKey(parsing: text).secretText == text)
    let digits = String(repeating: "0f", count: 32)
    let bytes = [UInt8](repeating: 15, count: 32)
    #expect(try MasterKey(parsing: digits).fingerprint == MasterKey(bytes: bytes).fingerprint)
    for wrong in ["", "secret", String(text.dropLast()), digits + "0f", text + text] {
      let error = #expect(throws: SubjectKeyError.self) { try MasterKey(parsing: wrong) }
      #expect(error?.description.contains("master key is written as 44 characters") == true)
      #expect(wrong.isEmpty || error?.description.contains(wrong) == false)
    }
    #expect(throws: SubjectKeyError.self) { try MasterKey(bytes: [1]) }
    #expect(throws: SubjectKeyError.self) { try DataKey(id: "k", bytes: [1]) }
  }
}
