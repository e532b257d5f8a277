import TestSupport
import Testing

@testable import EventicleCore

@Suite struct ExactNumberTests {
  private static func number(_ text: String) throws -> ExactNumber {
    guard case .number(let number) = try JSON(parsing: text) else {
      throw JSONError(reason: "no number", offset: 0)
    }
    return ExactNumber(number)
  }

  @Test(arguments: [
    ["0", "-0", "0.0", "0e9", "-0.000E-3"], ["1", "1.0", "1e0", "10e-1", "0.1e1", "1.000"],
    ["-25", "-2.5e1", "-250E-1"], ["0.001", "1e-3", "10.0e-4"],
    ["1000000000000000000", "1e18", "10E17", "1000000000000000000.0"],
    ["999999999999999999", "999999999999999999.0"], ["1e400", "10e399", "0.1e401"],
  ]) func `spellings of the same value are equal`(texts: [String]) throws {
    for text in texts {
      #expect(try Self.number(text) == Self.number(texts[0]))
      #expect(try Self.number(text) == Self.number(text))
    }
  }

  @Test func `numbers of any size are ordered`() throws {
    let texts = [
      "-1e401", "-1e400", "-123456789012345678901", "-123456789012345678900", "-1e18",
      "-999999999999999999", "-1.5", "-1", "-0.1", "-1e-400", "0", "1e-400", "0.1", "0.10000001",
      "1", "1.5", "2", "10", "9007199254740992", "9007199254740993", "9007199254740993.5",
      "999999999999999999", "1e18", "1000000000000000001", "123456789012345678900",
      "123456789012345678901", "1e400", "1e401",
    ]
    let numbers = try texts.map(Self.number)
    for (left, a) in numbers.enumerated() {
      for (right, b) in numbers.enumerated() {
        #expect((a < b) == (left < right), "\(texts[left]) and \(texts[right])")
        #expect((a == b) == (left == right), "\(texts[left]) and \(texts[right])")
      }
    }
  }

  @Test(arguments: seeds(100)) func `small numbers compare as integers do`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let (a, b) = (
        Int.random(in: -2_000...2_000, using: &random),
        Int.random(in: -2_000...2_000, using: &random)
      )
      let (left, right) = (try Self.number("\(a)e-2"), try Self.number("\(b)e-2"))
      #expect((left < right) == (a < b))
      #expect((left == right) == (a == b))
    }
  }
}
