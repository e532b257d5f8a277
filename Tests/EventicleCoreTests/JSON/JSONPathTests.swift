import Testing

@testable import EventicleCore

@Suite struct JSONPathTests {
  static let value: JSON = ["a": ["b": [["c": 1], nil]], "x.y": 2, "0": 3]

  @Test(
    arguments: [
      ("a.b[0].c", "1"), ("a.b[1]", "null"), ("a[b][0][c]", "1"), ("[\"x.y\"]", "2"), ("0", "3"),
      ("a.b[\"0\"]", nil), ("a.b[2]", nil), ("a.nope", nil), ("a.b.c", nil), ("x.y", nil),
      ("[0]", nil),
    ] as [(String, String?)])
  func `a path finds the value it leads to`(text: String, found: String?) throws {
    let path = try #require(JSONPath(parsing: text))
    #expect(Self.value.value(at: path)?.description == found)
  }

  @Test(arguments: ["", ".", "a.", ".a", "a..b", "a[", "a]", "[]", "a[0]b", "a b]"])
  func `text that is not a path gives nil`(text: String) {
    #expect(JSONPath(parsing: text) == nil)
  }

  @Test(arguments: ["a", "a.b[0].c", "[2].x", "lines[10][3]"])
  func `a printed path reads back as equal`(text: String) throws {
    let path = try #require(JSONPath(parsing: text))
    #expect(path.description == text)
    #expect(JSONPath(parsing: path.description) == path)
  }

  @Test func `setting a value creates the objects and arrays on its path`() {
    var value = JSON.emptyObject
    value.set(1, at: "a.b[2].c")
    #expect(value == ["a": ["b": [nil, nil, ["c": 1]]]])
    value.set(2, at: "a.b[0]")
    value.set("gone", at: "a.b[2]")
    #expect(value == ["a": ["b": [2, nil, "gone"]]])
    value.set(3, at: JSONPath([.member("a"), .element(Limits.jsonGrowth)]))
    #expect(value == ["a": ["b": [2, nil, "gone"]]])
  }
}
