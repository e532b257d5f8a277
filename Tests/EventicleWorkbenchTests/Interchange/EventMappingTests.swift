import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Events of other tools, by a mapping.
@Suite struct EventMappingTests {
  private func mapping(
    _ origins: [EventMapping.Member: String], keepsRest: Bool = true
  ) throws -> EventMapping {
    EventMapping(
      "m", try origins.mapValues { try #require(EventMapping.Origin(parsing: $0)) },
      keepsRest: keepsRest)
  }

  private func mapped(_ mapping: EventMapping, _ line: String) -> String {
    do throws(RecordError) {
      return String(decoding: try mapping.eventText(of: Array(line.utf8)), as: UTF8.self)
    } catch { return error.reason }
  }

  private let basic: [EventMapping.Member: String] = [
    .id: "$.key.id", .type: "$.kind", .stream: "orders", .createdAt: "$.at", .data: "$.body",
  ]

  @Test func `values keep their bytes, and what is not used stays beside them`() throws {
    let line =
      #"{"key":{"id":7},"kind":"Paid","at":"2026-01-01T09:00:00Z","body":{"a":1.0, "a":2},"#
      + #""type":"x","more":[1.0]}"#
    #expect(
      mapped(try mapping(basic), line)
        == #"{"id":"7","type":"Paid","stream":"orders","createdAt":1767258000000,"#
        + #""data":{"a":1.0, "a":2},"key":{"id":7},"_type":"x","more":[1.0]}"#)
    #expect(
      mapped(try mapping(basic, keepsRest: false), line)
        == #"{"id":"7","type":"Paid","stream":"orders","createdAt":1767258000000,"#
        + #""data":{"a":1.0, "a":2}}"#)
  }

  @Test func `a moment finer than a millisecond is cut, and stays beside the event`() throws {
    let line = #"{"key":{"id":"a"},"kind":"Paid","at":"2026-01-01T09:00:00.1239999+00:00"}"#
    #expect(
      mapped(try mapping(basic), line)
        == #"{"id":"a","type":"Paid","stream":"orders","createdAt":1767258000123,"#
        + #""key":{"id":"a"},"at":"2026-01-01T09:00:00.1239999+00:00"}"#)
  }

  @Test func `texts are put together, and JSON in a text is read`() throws {
    var origins = basic
    origins[.id] = "{$.stream}/{$.no}"
    origins[.data] = "json($.body)"
    origins[.domainId] = "$.lacking"
    origins[.source] = "tool"
    let line = #"{"stream":"order-1","no":3,"kind":"Paid","at":5,"body":"{\"a\":1.0}"}"#
    #expect(
      mapped(try mapping(origins, keepsRest: false), line)
        == #"{"id":"order-1/3","type":"Paid","source":"tool","stream":"orders","createdAt":5,"#
        + #""data":{"a":1.0}}"#)
  }

  @Test(arguments: [
    (#"{"kind":"Paid","at":1}"#, "the mapping m finds no id in the line"),
    (#"{"key":{"id":{}},"kind":"Paid","at":1}"#, "must be a text or a number to be the id"),
    (#"{"key":{"id":"\ud800"},"kind":"Paid","at":1}"#, "half of a surrogate pair"),
    (#"{"key":{"id":"a"},"kind":"Paid","at":"soon"}"#, "must be milliseconds since 1970"),
    (#"{"key":{"id":"a"},"kind":"Paid","kind":"x","at":1}"#, "the member kind is there twice"),
    ("[1]", "reads JSON objects, one a line"),
    ("{", "expected a member name"),
  ])
  func `what cannot be mapped is refused`(line: String, words: String) throws {
    let found = mapped(try mapping(basic), line)
    #expect(found.contains(words), "\(found)")
  }

  @Test(arguments: ["$x", "$.", "{$.a", "json(a)", "$.a[", "{$..}"])
  func `what is no path is no origin`(text: String) {
    #expect(EventMapping.Origin(parsing: text) == nil)
  }

  @Test func `a text without a path is a text`() {
    #expect(EventMapping.Origin(parsing: "orders") == .text([.fixed("orders")]))
    #expect(EventMapping.Origin(parsing: "$") == .path(JSONPath([])))
    #expect(
      EventMapping.Origin(parsing: "$.metadata.$causationId")
        == .path(JSONPath([.member("metadata"), .member("$causationId")])))
  }
}
