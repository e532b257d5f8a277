import EventicleCore
import EventicleCrypto
import TestSupport
import Testing

@Suite struct EncryptingCodecTests {
  let keys = InMemorySubjectKeys()
  var codec: EncryptingCodec {
    EncryptingCodec(over: JSONEventCodec(), fields: Crypto.fields, keys: keys)
  }

  @Test(arguments: seeds(100))
  func `an encoded event decodes to the same event`(seed: UInt64) throws {
    let event = try Crypto.event(Crypto.data(seed: seed))
    let encoded = try codec.encode(event)
    #expect(try codec.decode(encoded) == event)
    #expect(try codec.encode(event) == encoded)
  }

  @Test func `the encoded bytes contain no protected value`() throws {
    let encoded = try codec.encode(Crypto.event(#"{"email":"alice@x.org","n":1}"#))
    let text = String(decoding: encoded.buffer, as: UTF8.self)
    #expect(!text.contains("alice@"))
    #expect(text.contains(#""n":1"#))
    #expect(encoded[header: "type"] == "user.created")
    #expect(codec.name == "encrypted json")
  }

  @Test func `after shredding the event decodes with a mark`() throws {
    let encoded = try codec.encode(Crypto.event(#"{"email":"x"}"#))
    try keys.shred("alice")
    #expect(Crypto.mark(try codec.decode(encoded), "email") == .shredded(subject: "alice"))
  }

  @Test func `an event that cannot be sealed is not encoded, and the error says why`() throws {
    let strict = EncryptingCodec(
      over: JSONEventCodec(), fields: Crypto.fields, keys: keys, unknownSubject: .refuse)
    let error = #expect(throws: EventCodecError.self) {
      try strict.encode(Crypto.event(#"{"email":"x"}"#))
    }
    #expect(
      error?.description == """
        event e1 cannot be encoded as encrypted json: subject alice has no key and none is made on \
        demand; provision one first
        """)
  }

  @Test func `bytes that are not an event are a typed error`() throws {
    var encoded = try codec.encode(Crypto.event("{}"))
    encoded.buffer.removeLast()
    let error = #expect(throws: EventCodecError.self) { try codec.decode(encoded) }
    #expect(error?.direction == .decoding && error?.event == "e1" && error?.codec == "json")
  }
}
