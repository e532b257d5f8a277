import EventicleCore
import TestSupport
import Testing

@Suite struct PartitioningTests {
  @Test(arguments: seeds(100))
  func `the first element that is as large as a value is found`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let numbers = Gen<Int>.number(in: 0...20).array(in: 0...40).next(&random).sorted()
    for value in -1...21 {
      let expected = numbers.firstIndex { $0 >= value } ?? numbers.endIndex
      #expect(numbers.partitioningIndex { $0 >= value } == expected)
    }
  }

  @Test(arguments: seeds(50)) func `a part of an array keeps its own indices`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let numbers = Gen<Int>.number(in: 0...9).array(in: 3...20).next(&random).sorted()
    let part = numbers[2..<numbers.count]
    for value in 0...10 {
      let expected = part.firstIndex { $0 >= value } ?? part.endIndex
      #expect(part.partitioningIndex { $0 >= value } == expected)
    }
  }

  @Test func `a range is searched by its numbers, in few questions`() {
    var questions = 0
    let found = (0..<1_000_000).partitioningIndex { number in
      questions += 1
      return number >= 123_456
    }
    #expect(found == 123_456)
    #expect(questions <= 20)
    #expect((5..<5).partitioningIndex { _ in true } == 5)
    #expect((5..<9).partitioningIndex { _ in false } == 9)
  }
}
