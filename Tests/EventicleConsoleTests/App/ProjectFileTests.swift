import EventicleCore
import Foundation
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleWorkbench

/// `eventicle.yaml` and its mappings.
@Suite struct ProjectFileTests {
  private func problem(_ text: String) -> String {
    do throws(FileProblem) {
      _ = try ProjectFile(text, path: "p.yaml")
      return ""
    } catch { return error.text }
  }

  private let needed = "id: $.id\n    type: $.t\n    stream: s\n    createdAt: $.at"

  @Test func `a mapping has an origin for each member`() throws {
    let project = try ProjectFile(
      "shop: {}\nmappings:\n  tool:\n    \(needed)\n    rest: drop\n", path: "p.yaml")
    let mapping = try #require(project.mapping("tool"))
    #expect(project.mapping("other") == nil)
    let text = try mapping.eventText(of: Array(#"{"id":5,"t":"T","at":7,"x":1}"#.utf8))
    #expect(
      String(decoding: text, as: UTF8.self)
        == #"{"id":"5","type":"T","stream":"s","createdAt":7}"#)
    #expect(try ProjectFile("", path: "p.yaml").mapping("tool") == nil)
  }

  @Test(arguments: [
    ("mappings: [1]", "p.yaml, line 1: mappings has a mapping by each name."),
    ("mappings:\n  a: 5", "line 2: the mapping a has a line for each member of an event."),
    (
      "mappings:\n  a:\n    id: $.id\n    kind: $.kind",
      "line 4: an event has no member kind; a mapping has id, type, source"
    ),
    ("mappings:\n  a:\n    id: $..id", "line 3: $..id is no path; write one such as"),
    ("mappings:\n  a:\n    id: [1]", "line 3: id takes a path such as $.id, or a text."),
    ("mappings:\n  a:\n    rest: some", "line 3: rest is keep or drop, not some."),
    ("mappings:\n  a:\n    id: $.id", "the mapping a lacks type, stream, createdAt, which every"),
    ("mappings:\n  kcat:\n    id: $.id", "kcat is the name of a format"),
    ("mappings: {", "p.yaml is no YAML: line 2, column 1: did not find"),
    ("a: &a [x]\nb: [*a]", "p.yaml, line 2: an alias such as *name repeats a part of the file"),
    ("? {&a a: 1, b: {*a: 2}}", "line 1: an alias such as *name"),
    (String(repeating: "[", count: 70), "line 1: lists and mappings are nested at most 64 deep."),
    (String(repeating: "- ", count: 70), "line 1: lists and mappings are nested at most 64 deep."),
    ("a: b\n" + String(repeating: " ", count: 70) + "c: d", "line 2: lists and mappings are"),
    ("mappings:\n  a:\n    id: $..\(String(repeating: "x", count: 99))", "xxx… is no path"),
    ("a: 1\na: \(String(repeating: "x", count: 999))", "the key a is there twice."),
  ])
  func `a mistake is told with its line`(text: String, words: String) {
    #expect(problem(text).contains(words), "\(problem(text))")
    #expect(problem(text).utf8.count < 300)
  }

  @Test func `signs that begin anchors and aliases are signs in a text`() throws {
    let text = "mappings:\n  a:\n    \(needed)\n    source: \"a&b * c {$.x}*\" # & and *\n"
    let project = try ProjectFile(text.replacingOccurrences(of: "& and ", with: ""), path: "p.yaml")
    #expect(project.mapping("a") != nil)
  }

  @Test func `a mapping makes no more of a line than a line may have`() throws {
    let source = String(repeating: "{$.long}", count: 3_000)
    let project = try ProjectFile(
      "mappings:\n  a:\n    \(needed)\n    source: '\(source)'\n", path: "p.yaml")
    let mapping = try #require(project.mapping("a"))
    let long = String(repeating: "x", count: 16_384)
    #expect(throws: RecordError.self) {
      try mapping.eventText(of: Array(#"{"id":5,"t":"T","at":7,"long":"\#(long)"}"#.utf8))
    }
    #expect(try !mapping.eventText(of: Array(#"{"id":5,"t":"T","at":7,"long":"x"}"#.utf8)).isEmpty)
  }

  @Test func `a format that is not known is told with those that are`() {
    do throws(FileProblem) {
      _ = try EventImport(ImportedFile("a.ndjson", as: "nothing-of-the-kind"))
      Issue.record("it was found")
    } catch {
      #expect(
        error.text.hasPrefix(
          "There is no format and no mapping nothing-of-the-kind; the formats are eventicle, kcat, "
        ))
    }
  }
}
