import EventicleCore
import TestSupport
import Testing

@Suite struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func `the examples of RFC 4648 hold`(plain: String, text: String) {
    #expect(Base64.text(of: Array(plain.utf8)) == text)
    #expect(Base64.bytes(of: text) == Array(plain.utf8))
  }

  @Test(arguments: seeds(200))
  func `bytes survive, and each has exactly one accepted text`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let bytes = Gen<UInt8>.number(in: 0...255).array(in: 0...40).next(&random)
    #expect(Base64.bytes(of: Base64.text(of: bytes)) == bytes)
    let text = Gen.element(of: Array("AQgwz09+/==")).array(in: 0...12).map { String($0) }
      .next(&random)
    if let taken = Base64.bytes(of: text) { #expect(Base64.text(of: taken) == text) }
  }

  @Test(arguments: [
    "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "Zm 9", "Zm9é", "Zg==Zg==",
  ])
  func `text that is not strict Base64 gives nil`(text: String) {
    #expect(Base64.bytes(of: text) == nil)
  }
}
