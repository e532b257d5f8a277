import Testing

@testable import EventicleCore

/// Numbers are equal and ordered as exactly as they are kept, whatever their size.
@Suite struct JSONNumberTests {
  /// In rising order; each row is one value written in several ways.
  static let rising = [
    ["-1e401"], ["-1e400"], ["-9223372036854775809"], ["-9007199254740993", "-9007199254740993.0"],
    ["-9007199254740992"], ["-0.30000000000000001"], ["-0.3", "-3e-1"], ["-1e-400"],
    ["0", "-0", "0.0", "0e9"], ["1e-400"], ["1e-399"], ["0.3", "0.30", "3e-1"],
    ["0.30000000000000001"], ["1", "1.0", "1e0", "0.1e1"], ["9007199254740992"],
    ["9007199254740993", "9007199254740993.0", "9.007199254740993e15"],
    ["1763556497161513790"], ["1763556497161513791"], ["9223372036854775807"],
    ["18446744073709551614"], ["18446744073709551615", "1.8446744073709551615e19"], ["1e400"],
    ["10e400", "1e401"],
  ]

  private func number(_ text: String) throws -> JSON { try JSON(parsing: text) }

  @Test func `neighbours that a double cannot tell apart are told apart`() throws {
    for (row, texts) in Self.rising.enumerated() {
      for (other, others) in Self.rising.enumerated() {
        for left in texts {
          for right in others {
            guard case .number(let a) = try number(left), case .number(let b) = try number(right)
            else { throw Rejection("no numbers") }
            #expect((a == b) == (row == other), "\(left) and \(right)")
            #expect((a < b) == (row < other), "\(left) and \(right)")
            if row == other { #expect(a.hashValue == b.hashValue) }
          }
        }
      }
    }
  }

  @Test func `a whole number is read as exactly as it is written`() throws {
    #expect(try number("9007199254740993.0").integer == 9_007_199_254_740_993)
    #expect(try number("1e18").integer == 1_000_000_000_000_000_000)
    #expect(try number("1.5").integer == nil)
    #expect(try number("18446744073709551615").integer == nil)
  }

  @Test func `a number is written as it arrived, however it is kept`() throws {
    let texts =
      Self.rising.flatMap(\.self) + [
        "7", "-7", "10", "-10", "100000", "999999999999999999", "-999999999999999999",
        "1000000000000000000", "9223372036854775807", "-9223372036854775808", "12.50", "1E+2", "-0",
      ]
    for text in texts {
      let value = try number(text)
      #expect(value.description == text)
      #expect(JSONBytes(["n": value])["n"].description == text)
      guard case .number(let number) = value else { throw Rejection("no number") }
      #expect(number.text == text)
    }
    for value in [0, 1, -1, 9, 10, 99, 12_345, .max, .min, 999_999_999_999_999_999] {
      #expect(JSON.int(value).description == "\(value)")
      #expect(try number("\(value)").integer == value)
    }
  }
}
