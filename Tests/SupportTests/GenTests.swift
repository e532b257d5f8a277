import TestSupport
import Testing

@Suite struct GenTests {
  @Test func `the generator gives the published numbers of its algorithm`() {
    var random = SeededRandom(seed: 1_234_567)
    let numbers = (0..<3).map { _ in random.next() }
    #expect(
      numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  @Test(arguments: seeds(20)) func `a seed makes the same value every time`(seed: UInt64) {
    let recipe = Gen.text(in: 0...8).array(in: 1...5)
    #expect(recipe.value(seed: seed) == recipe.value(seed: seed))
  }

  @Test(arguments: seeds(50)) func `a generator keeps its bounds`(seed: UInt64) {
    let numbers = Gen.number(in: 3...9).array(in: 2...4).value(seed: seed)
    #expect((2...4).contains(numbers.count))
    #expect(numbers.allSatisfy { (3...9).contains($0) })
  }

  @Test func `every value of a list is generated`() {
    let found = (0..<200).map { Gen.element(of: ["a", "b", "c"]).value(seed: UInt64($0)) }
    #expect(Set(found) == ["a", "b", "c"])
  }
}
