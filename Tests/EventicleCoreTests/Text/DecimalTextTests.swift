import TestSupport
import Testing

@testable import EventicleCore

@Suite struct DecimalTextTests {
  @Test func `whole numbers are written as Swift does and read back`() {
    var numbers = [0, 1, -1, 9, 10, -10, 99, 100, Int.max, Int.min, 999_999_999_999_999]
    var power = 1
    for _ in 0..<18 {
      power *= 10
      numbers += [power - 1, power, power + 1, -power, 1 - power]
    }
    for number in numbers {
      #expect(DecimalText.text(of: number) == "\(number)")
      #expect(DecimalText.integer(in: "\(number)") == number)
    }
  }

  @Test(arguments: seeds(50))
  func `any whole number survives its text`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let number = Int(bitPattern: UInt(random.next())) >> Int.random(in: 0..<64, using: &random)
      #expect(DecimalText.text(of: number) == String(number))
      #expect(DecimalText.integer(in: String(number)) == number)
    }
  }

  @Test(arguments: ["", "-", "1.0", "1e3", "12a", " 1", "0x1", "9223372036854775808", "--1"])
  func `text that is not plain digits gives nil`(text: String) {
    #expect(DecimalText.integer(in: text) == nil)
  }
}
