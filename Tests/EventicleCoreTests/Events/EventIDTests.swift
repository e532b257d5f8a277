import TestSupport
import Testing

@testable import EventicleCore

@Suite struct EventIDTests {
  private static func text(_ random: inout SeededRandom) -> String {
    let (high, low) = (random.next(), random.next())
    let canonical = EventID(uuidHigh: high, low: low).text
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return canonical.uppercased()
    case 1: return String(canonical.dropLast())
    case 2:
      var bytes = Array(canonical.utf8)
      bytes[Int.random(in: 0..<36, using: &random)] = UInt8.random(in: 0x20..<0x7F, using: &random)
      return String(decoding: bytes, as: UTF8.self)
    case 3: return Gen.text(in: 0...12).next(&random)
    default: return canonical
    }
  }

  @Test(arguments: seeds(300))
  func `an id keeps its text in every stored form`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let (a, b) = (Self.text(&random), Self.text(&random))
    #expect(isSameText(EventID(a).text, a))
    #expect(EventID(a) == EventID(a))
    #expect((EventID(a) == EventID(b)) == isSameText(a, b))
    #expect((EventID(a) < EventID(b)) == a.utf8.lexicographicallyPrecedes(b.utf8))
    #expect(Set([EventID(a), EventID(b), EventID(a)]).count == (isSameText(a, b) ? 1 : 2))
    let read = Array(a.utf8).withUnsafeBufferPointer { EventID(utf8: $0) }
    #expect(read == EventID(a))
  }

  @Test func `the words of an id are the digits of its text`() {
    let id = EventID(uuidHigh: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
    #expect(id.text == "01234567-89ab-cdef-fedc-ba9876543210")
    #expect(EventID("01234567-89ab-cdef-fedc-ba9876543210") == id)
  }
}
