import TestSupport
import Testing

@testable import EventicleCore

@Suite struct TraceParentTests {
  static let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  @Test func `a header is parsed and written unchanged`() throws {
    let parent = try TraceParent(Self.text)
    #expect(parent.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
    #expect(parent.spanID == "00f067aa0ba902b7")
    #expect(parent.isSampled)
    #expect(parent.description == Self.text)
    #expect(try !TraceParent(Self.text.dropLast(2) + "02").isSampled)
    let small = "00-00000000000000000000000000000001-0000000000000001-00"
    #expect(try TraceParent(small).description == small)
  }

  @Test func `a header of a later version is read as far as it is known`() throws {
    let later = "cc" + Self.text.dropFirst(2).dropLast(2) + "ff-what-comes-later"
    #expect(try TraceParent(later).description == Self.text)
    #expect(try TraceParent("01" + Self.text.dropFirst(2)).description == Self.text)
  }

  @Test(arguments: [
    ("", "the four parts"), ("00-abc", "the four parts"),
    ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0", "the four parts"),
    ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-", "something follows"),
    ("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x", "something follows"),
    ("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "the version"),
    ("0G-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "the version"),
    ("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "the trace"),
    ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", "the trace"),
    ("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", "the span"),
    ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902bx-01", "the span"),
    ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x", "the flags"),
  ])
  func `an invalid header is refused with the wrong part`(text: String, part: String) {
    let error = #expect(throws: TraceParentError.self) { try TraceParent(text) }
    #expect(error?.description.contains("but in \"\(text)\" \(part)") == true)
  }

  @Test func `child ids are unique and the same in every run`() throws {
    let parent = try TraceParent(Self.text)
    let child = parent.child(of: "event-1")
    #expect(child.description == "00-4bf92f3577b34da6a3ce929d0e0e4736-\(child.spanID)-01")
    #expect(child == parent.child(of: "event-1"))
    let spans =
      (0..<2_000).map { parent.child(of: "event-\($0)").spanID }
      + [parent.spanID, child.child(of: "event-1").spanID]
    #expect(Set(spans).count == spans.count)
    #expect(try TraceParent(child.description) == child)
  }

  @Test func `a trace made from a text is the same in every run`() throws {
    let first = TraceParent(startingFrom: "event-1")
    #expect(first == TraceParent(startingFrom: "event-1"))
    #expect(first != TraceParent(startingFrom: "event-2"))
    #expect(first.isSampled)
    #expect(!TraceParent(startingFrom: "event-1", isSampled: false).isSampled)
    #expect(try TraceParent(first.description) == first)
    #expect(
      first.description == "00-96e92735dff0f0b19f0de26bd7f871e0-40cdb062cdc6633c-01")
  }
}
