import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct TraceTests {
  static let root = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  static func domain() -> Domain {
    Domain(
      "test",
      commands: [
        Command("C", stream: "s") { _, tx in
          try tx.dispatch("Inner")
          return CommandResult(events: [new("Done", "d")])
        },
        Command("Inner", stream: "s") { _, _ in CommandResult(events: [new("InnerDone", "i")]) },
      ],
      adapters: [
        EventAdapter(
          "A", streams: ["s"],
          on: [
            "Done": { event, tx in
              try tx.emit([new("Next", EventID("n-\(event.id)"))], to: "t")
            }
          ])
      ])
  }

  @Test func `events continue the trace of their command and of the event that caused them`()
    throws
  {
    let app = try Eventicle(Self.domain())
    var headers: [String: String] = [:]
    try app.eventClient.hotRawStream("s", "t", group: "raw") {
      headers[$0[header: "id"]] = $0[header: "traceparent"]
    }
    try app.dispatch("C", trace: Self.root)
    let parent = try TraceParent(Self.root)
    let done = parent.child(of: "d")
    #expect(headers["i"] == parent.child(of: "i").description)
    #expect(headers["d"] == done.description)
    #expect(headers["n-d"] == done.child(of: "n-d").description)
    let traces = try headers.values.map { try TraceParent($0).traceID }
    #expect(Set(traces) == [parent.traceID])
  }

  @Test func `without a trace none is added, and an event's own trace is kept`() throws {
    var bench = try RecordedEngine(Self.domain())
    bench.run("C")
    #expect(bench.world.events(in: "s").allSatisfy { $0.apmTrace == nil })
    var event = new("Done", "own")
    event.apmTrace = "tr"
    bench.emit(event, to: "s")
    #expect(bench.world.events(in: "s").last?.apmTrace == "tr")
    // What came from elsewhere in another form goes on as it is.
    #expect(bench.world.events(in: "t").map(\.apmTrace) == [nil, "tr"])
  }

  @Test(arguments: ["garbage", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7", "00--"])
  func `a command with an invalid trace is refused, and nothing is written`(
    text: String
  ) throws {
    let app = try Eventicle(Self.domain())
    let journal = HandlerLog()
    app.onStep { for entry in $0.entries { journal.note("\(entry.kind)") } }
    let error = #expect(throws: OperationError.self) { try app.dispatch("C", trace: text) }
    #expect(error?.description.hasPrefix("A traceparent is written 00-4bf9") == true)
    #expect(error?.description.contains("but in \"\(text)\" ") == true)
    #expect(app.world.log.count == 0)
    #expect(journal.lines.isEmpty)
    try app.dispatch("C", trace: "")
    #expect(app.world.events(in: "s").count == 2)
  }

  @Test func `the trace of one command does not leak into the next`() throws {
    var bench = try RecordedEngine(Self.domain())
    bench.perform(.dispatch(CommandIntent("Inner", trace: Self.root)))
    bench.emit(new("Later", "l"), to: "s")
    #expect(bench.world.events(in: "s").map { $0.apmTrace == nil } == [false, true])
  }
}
