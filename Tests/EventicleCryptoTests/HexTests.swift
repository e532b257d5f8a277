import Testing

@testable import EventicleCrypto

@Suite struct HexTests {
  @Test func `hexadecimal digits come and go in pairs`() {
    #expect(Hex.text(of: [0, 15, 255]) == "000fff")
    #expect(Hex.bytes(of: "000fFF") == [0, 15, 255])
    #expect(Hex.bytes(of: "0") == nil && Hex.bytes(of: "0g") == nil && Hex.bytes(of: "é") == nil)
  }
}
