import TestSupport
import Testing

@testable import EventicleCore

@Suite struct JSONPlacesTests {
  private func values(_ text: String, _ path: JSONPath) throws -> [String] {
    let bytes = try JSONBytes(checking: Array(text.utf8))
    return try bytes.ranges(of: path).map { String(decoding: bytes.utf8[$0], as: UTF8.self) }
  }

  @Test(arguments: [
    (#"{"a":1}"#, "a", ["1"]), (#"{"a":{"b":[ 1 , 2.50 ]}}"#, "a.b[1]", ["2.50"]),
    (#" { "b" : 1 , "\u0061" : [ ] } "#, "a", ["[ ]"]), (#"{"a":1,"b":2,"a":3}"#, "a", ["1", "3"]),
    (#"{"a":{"b":1},"a":{"b":2,"b":3}}"#, "a.b", ["1", "2", "3"]), ("[1]", "a", []),
    (#"{"a":1}"#, "a.b", []), ("[]", "[0]", []), ("{}", "a", []), ("[[],[7]]", "[1][0]", ["7"]),
    (#"{"a":[1]}"#, "a[1]", []), ("7", "a", []), (#"{"é":1,"e\u0301":2}"#, "é", ["1"]),
  ])
  func `byte ranges of a path are found`(text: String, path: String, found: [String]) throws {
    #expect(try values(text, JSONPath(stringLiteral: path)) == found)
  }

  @Test(arguments: seeds(200))
  func `the last range holds the value that counts`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let value = JSONTests.value(depth: 4).next(&random)
    let bytes = JSONBytes(["x": value, "y": [value]])
    for path in ["x", "y[0]", "x.a", "y[0].b", "x[1]"] as [JSONPath] {
      let last = try bytes.ranges(of: path).last.map { Array(bytes.utf8[$0]) }
      #expect(last == bytes.value.value(at: path)?.utf8)
    }
  }

  @Test func `only the given ranges are replaced, inner ones with their outer range`()
    throws
  {
    let bytes = try JSONBytes(checking: Array(#"{ "a":{"b":1}, "c" : 1.0 }"#.utf8))
    let inner = try #require(try bytes.ranges(of: "a.b").first)
    let outer = try #require(try bytes.ranges(of: "a").first)
    let last = try #require(try bytes.ranges(of: "c").first)
    let changed = try bytes.replacing([
      (last, Array("null".utf8)), (inner, Array("9".utf8)), (outer, Array("[]".utf8)),
    ])
    #expect(changed.description == #"{ "a":[], "c" : null }"#)
    #expect(throws: JSONError.self) { try bytes.replacing([(last, Array("1 2".utf8))]) }
    #expect(try bytes.replacing([]) == bytes)
  }

  @Test(arguments: ["", "1 2", "{", "[1,]", "nul"])
  func `scanning accepts exactly one whole value`(text: String) {
    #expect(throws: JSONError.self) { try JSONBytes(scanning: Array(text.utf8)) }
  }

  @Test func `protection marks read back in any order of members`() {
    for mark in [
      .sealed(subject: "s", key: "k", box: "b"), .shredded(subject: ""),
      .unreadable(subject: "s", reason: "\""),
    ] as [ProtectionMark] {
      #expect(ProtectionMark(mark.json) == mark)
      let members = mark.json.object?.members ?? []
      #expect(ProtectionMark(.object(JSONObject(members.reversed()))) == mark)
      #expect(ProtectionMark(.object(JSONObject(members + members.prefix(1)))) == nil)
      #expect(ProtectionMark(.object(JSONObject(Array(members.dropLast())))) == nil)
    }
    #expect(ProtectionMark(["$shredded": "v2", "subject": "s"]) == nil)
  }
}
