import TestSupport
import Testing

@testable import EventicleCore

@Suite struct JSONTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-0", "1", "-1", "10.50", "1e5", "1E+05", "-0.0e-0",
    "123456789012345678901234567890", "\"\"", "\"a\"", "[]", "{}", "[1,[2,[]],{}]",
    "{\"a\":1,\"b\":[true,null]}", "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "{\"\":0}",
    "\"é漢👍\"", "\"\\\"\\\\\\n\\r\\t\"", "\"\\u0001\\u007f\"",
  ])
  func `compact JSON survives parsing and writing`(text: String) throws {
    #expect(try JSON(parsing: text).description == text)
    #expect(try JSONBytes(checking: Array(text.utf8)).description == text)
  }

  @Test(arguments: [
    (" \t\r\n1 ", "1"), ("[ 1 , 2 ]", "[1,2]"), ("{ \"a\" : 1 }", "{\"a\":1}"),
    ("\"\\/\\b\\f\"", "\"/\\u0008\\u000c\""), ("\"\\u0041\\u00e9\"", "\"Aé\""),
    ("\"\\ud83d\\ude00\"", "\"😀\""), ("\"\\ud83d\"", "\"\u{FFFD}\""),
    ("\"\\ude00x\"", "\"\u{FFFD}x\""), ("\"\\ud83d\\u0041\"", "\"\u{FFFD}A\""),
  ])
  func `other spellings of a value are equal`(text: String, plain: String) throws {
    #expect(try JSON(parsing: text).description == plain)
  }

  @Test(arguments: [
    ("", "expected a value, found the end of the text at column 1"),
    ("  ", "expected a value, found the end of the text at column 3"),
    ("nul", "expected a value, found 'n' at column 1"),
    ("[1,]", "expected a value, found ']' at column 4"),
    ("[1 2]", "expected ',' or ']', found '2' at column 4"),
    ("[1", "expected ',' or ']', found the end of the text at column 3"),
    ("{\"a\" 1}", "expected ':' after the member name, found '1' at column 6"),
    ("{a:1}", "expected a member name in double quotes, found 'a' at column 2"),
    ("{\"a\":1,}", "expected a member name in double quotes, found '}' at column 8"),
    ("{\"a\":1", "expected ',' or '}', found the end of the text at column 7"),
    ("01", "expected nothing more, found '1' at column 2"),
    ("1 x", "expected nothing more, found 'x' at column 3"),
    ("-", "expected a value, found '-' at column 1"),
    ("+1", "expected a value, found '+' at column 1"),
    ("1.", "expected a digit after the decimal point, found the end of the text at column 3"),
    ("1.e5", "expected a digit after the decimal point, found 'e' at column 3"),
    ("1e", "expected a digit in the exponent, found the end of the text at column 3"),
    ("1e+", "expected a digit in the exponent, found the end of the text at column 4"),
    (".5", "expected a value, found '.' at column 1"),
    ("NaN", "expected a value, found 'N' at column 1"),
    ("\"a", "this string has no closing quote at column 1"),
    ("[\"a", "this string has no closing quote at column 2"),
    ("\"a\nb\"", "control characters in a string must be escaped, found byte 0x0a at column 3"),
    ("\"\\x\"", "expected one of \" \\ / b f n r t u after the backslash, found 'x' at column 3"),
    ("\"\\u12g4\"", "expected four hexadecimal digits after \\u, found 'g' at column 6"),
    ("'a'", "expected a value, found ''' at column 1"),
    ("\u{feff}1", "expected a value, found byte 0xef at column 1"),
  ])
  func `invalid JSON is refused with the place`(text: String, sentence: String) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
    #expect(error?.description == sentence)
    let skipped = #expect(throws: JSONError.self) { try JSONBytes(checking: Array(text.utf8)) }
    #expect(skipped == error)
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xFF],
    ] as [[UInt8]])
  func `bytes that are not UTF-8 are refused with the place`(bytes: [UInt8]) {
    let error = #expect(throws: JSONError.self) {
      try JSON(parsing: [0x22, 0x61] + bytes + [0x22])
    }
    #expect(error?.offset == 2)
    #expect(error?.reason.hasSuffix("is not valid UTF-8") == true)
  }

  @Test func `nesting deeper than the limit is refused with the place`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    let deepest = Limits.jsonDepth
    _ = try JSON(parsing: nested(deepest))
    let error = #expect(throws: JSONError.self) { try JSON(parsing: nested(deepest + 1)) }
    #expect(error == JSONError(reason: "nested deeper than 256 levels", offset: deepest))
    #expect(throws: JSONError.self) { try JSON(parsing: String(repeating: "[", count: 1_000_000)) }
    let object = String(repeating: "{\"a\":", count: 300) + "1"
    #expect(throws: JSONError.self) { try JSON(parsing: object) }
  }

  /// Random JSON, nested at most `depth` deep.
  static func value(depth: Int) -> Gen<JSON> {
    let text = Gen<String>.text(in: 0...5)
    var recipes: [Gen<JSON>] = [
      .just(.null), Gen<Bool>.chance(oneIn: 2).map { .bool($0) }, text.map { .string($0) },
      Gen<Int>.number(in: -999...999).map { .int($0) },
      Gen<Int>.number(in: -99_999...99_999).map { .double(Double($0) / 1_000) },
    ]
    if depth > 0 {
      let inner = value(depth: depth - 1)
      recipes.append(inner.array(in: 0...3).map { .array($0) })
      recipes.append(
        inner.array(in: 0...3).map { values in
          .object(JSONObject(values.enumerated().map { ("k\($0.offset % 2)é", $0.element) }))
        })
    }
    return .one(of: recipes)
  }

  @Test(arguments: seeds(300))
  func `what is written reads back as equal`(seed: UInt64) throws {
    let value = Self.value(depth: 4).value(seed: seed)
    let again = try JSON(parsing: value.utf8)
    #expect(again == value)
    #expect(again.utf8 == value.utf8)
    #expect(again.hashValue == value.hashValue)
  }

  @Test(arguments: seeds(300))
  func `broken text never crashes the parser`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bytes = Self.value(depth: 3).next(&random).utf8
    for _ in 0..<3 where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
      default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      }
    }
    let parsed = try? JSON(parsing: bytes)
    var scanned: Bool?
    bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer)
      scanned = (try? scanner.skipValue()).map { _ in
        scanner.skipSpace()
        return scanner.isAtEnd
      }
    }
    #expect((parsed != nil) == (scanned ?? false))
    if let parsed { #expect(try JSON(parsing: parsed.utf8) == parsed) }
  }

  @Test func `of repeated members the last one counts, in comparisons too`() throws {
    let twice = try JSON(parsing: "{\"a\":1,\"a\":2}")
    #expect(twice["a"] == 2)
    #expect(twice.description == "{\"a\":1,\"a\":2}")
    #expect(twice == ["a": 2])
    #expect(["a": 2] == twice)
    #expect(twice.hashValue == (["a": 2] as JSON).hashValue)
    let same = try JSON(parsing: "{\"a\":1,\"a\":1}")
    #expect(same != ["a": 1, "b": 2])
    #expect(["a": 1, "b": 2] != same)
  }

  @Test func `numbers compare by value and keep their text`() throws {
    let long = try JSON(parsing: "1.50")
    #expect(long == 1.5)
    #expect(long.hashValue == (1.5 as JSON).hashValue)
    #expect(long.description == "1.50")
    #expect((1e2 as JSON).integer == 100)
    #expect((1.5 as JSON).integer == nil)
    #expect(try JSON(parsing: "1e999").double == .infinity)
    #expect(JSON.double(0.1 + 0.2).description == "0.30000000000000004")
    #expect(JSONNumber(1e15)?.text == "1000000000000000")
    #expect(JSONNumber(-59.0)?.text == "-59")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
  func `a number that JSON cannot write becomes null`(value: Double) {
    #expect(JSONNumber(value) == nil)
    #expect(JSON.double(value).isNull)
    #expect(JSON(floatLiteral: value).isNull)
    #expect(JSON.object(JSONObject([("total", .double(value))])).description == #"{"total":null}"#)
  }

  @Test func `members keep their order when set, replaced and removed`() {
    var value: JSON = ["a": 1, "b": 2]
    value["c"] = 3
    value["a"] = 9
    #expect(value.description == "{\"a\":9,\"b\":2,\"c\":3}")
    #expect(value["nope"] == .null)
    #expect(value == ["c": 3, "b": 2, "a": 9])
    var members = value.object ?? JSONObject()
    members["b"] = nil
    #expect(members.keys == ["a", "c"])
    #expect("é" as JSON != "e\u{301}")
    var text: JSON = "x"
    text["a"] = 1
    #expect(text == ["a": 1])
  }
}
