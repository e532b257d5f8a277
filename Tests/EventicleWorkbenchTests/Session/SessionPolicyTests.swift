import CoreSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// How a session reports deliveries under each error policy.
@Suite struct SessionPolicyTests {
  static func domain(_ policies: [(String, ErrorPolicy)]) -> Domain {
    Domain(
      "test",
      commands: [
        Command("Refuse", stream: "s") { _, _ in throw Rejection("never") },
        Command("Break", stream: "s") { _, tx in
          try tx.emit([new("")], to: "s")
          return CommandResult()
        },
      ],
      views: policies.map { name, policy in
        EventView(
          name, streams: ["s"], options: ConsumerOptions(policy: policy, isIdempotent: true),
          on: [
            "Good": { _, _ in },
            "Bad": { _, _ in throw Rejection("cannot") },
          ])
      })
  }

  private static func outcomes(_ session: inout Session, _ consumer: String) -> [JSON] {
    (session.run("journal").output?.array ?? []).filter { $0["consumer"].string == consumer }
      .map { $0["outcome"] }
  }

  @Test func `the journal shows skipped, parked, retried and stopped deliveries`() throws {
    var session = try Session(
      Self.domain([
        ("Skips", .skip), ("Parks", .park), ("Stops", .stop),
        ("Retries", .retry(1, after: .seconds(5), then: .skip)),
      ]))
    _ = session.run("emit s Good; emit s Bad")
    #expect(Self.outcomes(&session, "Skips") == ["handled", "skipped"])
    #expect(Self.outcomes(&session, "Parks") == ["handled", "failed"])
    #expect(Self.outcomes(&session, "Stops") == ["handled", "stopped"])
    #expect(Self.outcomes(&session, "Retries") == ["handled", "retrying"])
    let groups = session.run("groups").output?.array ?? []
    #expect(groups.map { $0["status"] } == ["live", "live", "stopped", "live"])
    #expect(groups[2]["reason"].string?.contains("cannot") == true)
    #expect(groups[0]["reason"] == .null)
    _ = session.run("clock +6s")
    #expect(Self.outcomes(&session, "Retries") == ["handled", "retrying", "skipped"])
    let retries = (session.run("journal").output?.array ?? []).filter {
      $0["outcome"] == "retrying"
    }
    #expect(retries.map { $0["attempt"] } == [1])
    #expect(retries.first?["until"].string == "\(session.start + .seconds(5))")
  }

  @Test func `moving a group back makes handled events duplicates`() throws {
    var session = try Session(Self.domain([("Once", .park)]))
    _ = session.run("emit s Good; emit s Other")
    _ = session.run("group move view-Once start")
    #expect(Self.outcomes(&session, "Once").filter { $0 == "duplicate" }.count == 1)
    #expect(Self.outcomes(&session, "Once").filter { $0 == "handled" }.count == 1)
  }

  @Test func `rejected and failed commands differ in the journal`() throws {
    var session = try Session(Self.domain([]))
    #expect(session.run("do Refuse").problem?.message == "never")
    #expect(session.run("do Break").problem?.message.contains("needs a type") == true)
    let outcomes = (session.run("journal").output?.array ?? []).map { $0["outcome"] }
    #expect(outcomes == ["rejected", "failed"])
    #expect(session.run("metrics").message.hasPrefix("0 commands done, 2 refused · 0 events"))
  }

  @Test func `imported events are import entries in the journal`() throws {
    var session = try Session(Self.domain([("V", .park)]))
    let line = #"{"id":"e","type":"Good","stream":"s","createdAt":1767258000001,"data":{}}"#
    try session.importEvents(Array(line.utf8))
    let first = session.run("journal 1").output?[0]
    #expect(first?["kind"] == "import")
    #expect(first?["type"] == "Good")
    #expect(first?["position"] == 1)
  }

  @Test func `passing time moves neither the time cursor nor a held engine`() throws {
    let saga = Saga("Clock", streams: ["s"]).startOn("Start") { step, _ in
      try step.upsertTimer("tick", after: .seconds(10))
    }
    .onTimer("tick") { step in step["ticked"] = true }
    var session = try Session(Domain("test", sagas: [saga]))
    _ = session.run("emit s Start")
    _ = session.run("goto start")
    let hasFired = session.pass(until: session.start + .seconds(20))
    #expect(hasFired)
    #expect(session.cursor.entry.number == 0)
    #expect(session.shown.log.count == 0)
    #expect(session.head.instance("Clock")?.data["ticked"] == true)
    let firesAgain = session.pass(until: session.start + .seconds(30))
    #expect(!firesAgain)
    _ = session.run("emit s Start; hold")
    let firesHeld = session.pass(until: session.start + .minutes(9))
    #expect(!firesHeld)
    #expect(session.head.timers.count == 1)
    #expect(session.run("saga Clock").output?.array?.count == 2)
    let timers = session.run("timers").output?.array ?? []
    #expect(timers.map { $0["timer"] } == ["tick"])
    let source = SessionCompletion(session.moment)
    #expect(source.sagaKeys(of: "Clock", prefix: "", limit: 1).count == 1)
    #expect(source.sagaKeys(of: "Clock", prefix: "", limit: 9)[0].note.hasPrefix("live"))
    let name = try #require(source.timers().first?.text)
    #expect(session.run("fire \(name)").problem == nil)
    #expect(session.head.timers.count == 0)
  }

  @Test(arguments: [
    (ExpectedVersion.any, "any number"), (.none, "no events"), (.exists, "to have events"),
    (.exactly(Version(3)), "to have 3 events"),
  ])
  func `a stream conflict says what was expected`(expected: ExpectedVersion, words: String) {
    let error = TransactionError.streamConflict("s", expected: expected, actual: Version(7))
    #expect(error.description.contains(words))
    #expect(error.description.contains("but it has 7; read it again."))
  }
}
