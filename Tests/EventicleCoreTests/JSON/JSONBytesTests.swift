import TestSupport
import Testing

@testable import EventicleCore

@Suite struct JSONBytesTests {
  private static let texts = [
    #"{"a":1,"a":{"b":[1,{"c":2}],"b":3}}"#, #" { "\u0061" : [ 1 , "x" ] , "b" : null } "#,
    #"{"a":{"b":[{"c":true},"\ud800"]}}"#, "[1,[2,3],{\"a\":4}]", "3", "{}", "[]",
    #"{"é":1,"e\u0301":2,"":3}"#, #"{"a":"}","b":"]","c":[{}]}"#,
  ]
  private static let paths = [
    "a", "b", "a.b", "a.b[0]", "a.b[1].c", "[0]", "[1][1]", "[2].a", "é", "e\u{301}", "c[0]",
    "a[1]", "[\"\"]", "nope.a",
  ]

  private static func check(_ bytes: JSONBytes, _ path: JSONPath) {
    let expected = bytes.value.value(at: path)
    #expect(bytes.value(at: path) == expected, "\(path) in \(bytes)")
    #expect((bytes.value(at: path) == nil) == (expected == nil))
  }

  @Test func `a value found in the bytes equals the one in the parsed tree`() throws {
    for text in Self.texts {
      let bytes = try JSONBytes(checking: Array(text.utf8))
      for path in Self.paths.compactMap({ JSONPath(parsing: $0) }) { Self.check(bytes, path) }
      for name in ["a", "b", "", "é", "e\u{301}"] {
        #expect(bytes[name] == bytes.value[name])
      }
    }
  }

  @Test(arguments: seeds(100))
  func `a member of random JSON equals the one in the parsed tree`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let bytes = JSONBytes(JSONTests.value(depth: 4).next(&random))
    for name in bytes.value.object?.keys ?? ["x"] {
      #expect(bytes[name] == bytes.value[name])
      Self.check(bytes, JSONPath([.member(name), .element(0)]))
    }
    for index in 0..<3 { Self.check(bytes, JSONPath([.element(index)])) }
  }

  @Test func `the bytes are a collection and compare byte by byte`() throws {
    let bytes = try JSONBytes(checking: Array("[1, 2]".utf8))
    #expect(Array(bytes.utf8) == Array("[1, 2]".utf8))
    #expect(bytes.utf8.count == 6 && bytes.utf8[1] == 0x31 && bytes.utf8.last == 0x5D)
    #expect(bytes == (try JSONBytes(checking: Array("[1, 2]".utf8))))
    #expect(bytes != (try JSONBytes(checking: Array("[1,2]".utf8))))
    #expect(Set([bytes, try JSONBytes(checking: Array("[1, 2]".utf8))]).count == 1)
  }
}
