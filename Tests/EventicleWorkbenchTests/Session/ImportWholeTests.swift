import EventicleCore
import EventicleWorkbench
import Testing

/// A file of events is taken whole or not at all.
@Suite struct ImportWholeTests {
  private func line(_ id: String, _ count: Int = 1, stream: String = "notes") -> String {
    #"{"id":"\#(id)","type":"Noted","stream":"\#(stream)","createdAt":"2026-01-01T09:00:00Z","#
      + #""data":{"a":"\#(String(repeating: "x", count: count))"}}"#
  }

  @Test func `a file with an event that is too large is refused, naming its line`() throws {
    var session = try Session(Domain("empty"))
    let file = [line("a"), "", line("b", Limits.eventBytes + 1), line("c")].joined(separator: "\n")
    let error = #expect(throws: EventFileError.self) {
      try session.importEvents(Array(file.utf8))
    }
    #expect(error?.line == 3)
    #expect(session.head.log.count == 0)
  }

  @Test func `the clock stays in the years that can be saved and read back`() throws {
    var session = try Session(Domain("empty"))
    #expect(session.run("clock +2912443d").problem?.message.contains("9999") == true)
    #expect(session.run("emit notes Noted n-1 createdAt:0000-06-01T00:00:00Z").problem != nil)
    #expect(session.run("clock set 9999-12-31T23:59:59.999Z").problem == nil)
    #expect(session.run("emit notes Noted n-1").problem == nil)
    var other = try Session(Domain("empty"))
    #expect(try other.importEvents(EventFile.bytes(of: session.head.log)) == 1)
  }
}
