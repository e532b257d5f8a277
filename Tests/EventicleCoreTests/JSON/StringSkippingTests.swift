import TestSupport
import Testing

@testable import EventicleCore

/// Strings are skipped eight bytes at a time, so a byte that ends a run may stand anywhere in them.
@Suite struct StringSkippingTests {
  private static func skip(_ text: String) throws -> (content: String, isPlain: Bool, end: Int) {
    let bytes = Array(text.utf8)
    return try bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer)
      let (range, isPlain) = try scanner.skipString()
      return (String(decoding: buffer[range], as: UTF8.self), isPlain, scanner.offset)
    }
  }

  @Test(arguments: ["", "a", "\\n", "\\\"", "\\u00e9", "é", "日本", "😀", "\u{7f}", " ", "~", "!"])
  func `a string is skipped whole wherever its special bytes stand`(special: String) throws {
    for before in 0..<20 {
      for after in 0..<20 {
        let content =
          String(repeating: "x", count: before) + special + String(repeating: "y", count: after)
        let (found, isPlain, end) = try Self.skip("\"\(content)\", \"next\": 1")
        #expect(found == content)
        #expect(isPlain == !special.contains("\\"))
        #expect(end == content.utf8.count + 2)
      }
    }
  }

  @Test(arguments: ["\u{0}", "\u{1f}", "\n", "\\x"])
  func `what may not stand in a string is found at its place`(special: String) throws {
    for before in 0..<20 {
      let content = String(repeating: "x", count: before) + special + "yyyyyyyyyyyyyyyyyyy"
      let error = #expect(throws: JSONError.self) { _ = try Self.skip("\"\(content)\"") }
      #expect(error?.offset == before + (special.first == "\\" ? 2 : 1))
    }
  }

  @Test func `a string without its closing quote is refused at its opening one`() throws {
    for count in 0..<20 {
      let error = #expect(throws: JSONError.self) {
        _ = try Self.skip("\"" + String(repeating: "x", count: count))
      }
      #expect(error?.offset == 0)
    }
  }

  @Test(arguments: seeds(100))
  func `random texts survive writing and reading`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let scalars: [Unicode.Scalar] = [
      "a", "z", " ", "\"", "\\", "\n", "\u{1}", "é", "日", "😀", "\u{7f}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      text.unicodeScalars.append(scalars.randomElement(using: &random) ?? "a")
    }
    let json = JSON.string(text)
    #expect(try JSON(parsing: JSONBytes(json).description) == json)
  }
}
