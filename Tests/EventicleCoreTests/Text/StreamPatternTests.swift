import TestSupport
import Testing

@testable import EventicleCore

@Suite struct StreamPatternTests {
  /// What a pattern means, said in the plainest way.
  private static func fits(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == UInt8(ascii: "*") {
      return (name.startIndex...name.endIndex).contains { fits(pattern.dropFirst(), name[$0...]) }
    }
    return name.first == first && fits(pattern.dropFirst(), name.dropFirst())
  }

  @Test(arguments: seeds(200)) func `a star stands for any characters, none included`(seed: UInt64)
  {
    var random = SeededRandom(seed: seed)
    let pattern = Gen.element(of: Array("ab.*é")).array(in: 0...7).map { String($0) }.next(&random)
    let name = Gen.element(of: Array("ab.é")).array(in: 0...9).map { String($0) }.next(&random)
    let expected = Self.fits(Array(pattern.utf8)[...], Array(name.utf8)[...])
    #expect(StreamName(pattern).covers(StreamName(name)) == expected, "\(pattern) of \(name)")
    let isListed = StreamChoice([StreamName(pattern)], written: []).means(StreamName(name))
    #expect(isListed == (expected || pattern == name))
  }

  @Test func `many stars cost no exponential time`() {
    let pattern = StreamName(String(repeating: "a*", count: 500) + "b")
    #expect(!pattern.covers(StreamName(String(repeating: "a", count: 20_000))))
    #expect(pattern.covers(StreamName(String(repeating: "a", count: 20_000) + "b")))
  }
}
