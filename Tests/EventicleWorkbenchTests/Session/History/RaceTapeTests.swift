import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What the tapes of `examples` show about order and facts.
@Suite struct RaceTapeTests {
  @Test func `a race is told by its comparison: one moved delivery, another end`() throws {
    let text = try #require(Repository.text(at: "examples/shop/race.tape"))
    var session = try Session(.shop)
    var last = Reply()
    for line in text.split(separator: "\n") { last = session.run(String(line), comments: true) }
    let only = try #require(last.output?["events"]["onlyB"].array)
    #expect(only.contains { $0["text"].string?.contains("OrderPaid") == true })
    #expect(last.output?["same"] == false)
  }

  @Test func `the incident names the second shipment and the check that is missing`() throws {
    let events = try #require(Repository.text(at: "examples/shop/incident.ndjson"))
    var session = try Session(.shop)
    try session.importEvents(Array(events.utf8))
    #expect(session.run("fork sagas").problem == nil)
    let found = session.run("rebuild sagas").output?["unexplained"].array ?? []
    #expect(found.count == 1 && found.first?["event"] == 127 && found.first?["earlier"] == 126)
    #expect(
      found.first?["because"].string?.contains("nothing checks whether it was done already") == true
    )
  }
}
