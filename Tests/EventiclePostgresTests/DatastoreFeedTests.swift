import EventicleCore
import EventiclePostgres
import RecordedBytes
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.absence)))
struct DatastoreFeedTests {
  private static func events(_ notices: [DatastoreFeed.Notice]) -> [DatastoreFeed.Found] {
    notices.flatMap { notice -> [DatastoreFeed.Found] in
      if case .events(let found) = notice { found } else { [] }
    }
  }

  private static func hasEvents(_ notice: DatastoreFeed.Notice) -> Bool {
    if case .events = notice { true } else { false }
  }

  private static func begun(
    _ database: Database, newest: Int = 1_000
  ) throws -> (DatastoreFeed, [DatastoreFeed.Notice]) {
    let feed = DatastoreFeed(database.link(), newest: newest)
    let notices = try Pump.run(feed, feed.begin(now: PostgresSession.now)) { $0 == .caughtUp }
    return (feed, notices)
  }

  private static func event(_ id: String, at moment: Int) -> String {
    #"{"id":"\#(id)","type":"T","source":"s","stream":"s","domainId":"d","createdAt":\#(moment),"data":{}}"#
  }

  private static func stream(_ number: Int, _ event: String) -> String {
    #"{"id":"\#(uuid(number))","streamId":"s","internal":\#(event)}"#
  }

  private static func uuid(_ number: Int) -> String {
    let digits = String(number)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  @Test func `events of streams are told in their order, then those that come`() throws {
    let database = try Database("feed_streams")
    let rows = try RecordedRows.rows("event-stream rows of the datastore event client", stage: 1)
    try database.insert(rows)
    let before = try database.fingerprint()
    let (feed, notices) = try Self.begun(database)
    let found = Self.events(notices)
    #expect(found.map(\.event.type) == ["One", "Two", "Three", "Raw", "Opened"])
    #expect(found.allSatisfy { !$0.isFromHistory })
    #expect(try database.fingerprint() == before)
    try database.insert(Self.uuid(1), "event-stream", Self.stream(1, Self.event("e1", at: 5)))
    let more = try Pump.run(feed, until: Self.hasEvents)
    #expect(Self.events(more).map(\.event.id) == ["e1"])
    feed.close()
  }

  @Test func `an event that is committed after a later one is told all the same, and none twice`()
    throws
  {
    let database = try Database("feed_late")
    let late = try Database.session(database.address)
    try database.insert(Self.uuid(1), "event-stream", Self.stream(1, Self.event("e1", at: 1)))
    try late.script("BEGIN")
    _ = try late.rows(
      "INSERT INTO datastore VALUES ($1::uuid, 'event-stream', clock_timestamp()::timestamp, $2::jsonb)",
      [Self.uuid(2), Self.stream(2, Self.event("e2", at: 2))])
    try database.insert(Self.uuid(3), "event-stream", Self.stream(3, Self.event("e3", at: 3)))
    let (feed, notices) = try Self.begun(database)
    #expect(Self.events(notices).map(\.event.id) == ["e1", "e3"])
    try late.script("COMMIT")
    let more = try Pump.run(feed, until: Self.hasEvents)
    #expect(Self.events(more).map(\.event.id) == ["e2"])
    try database.insert(Self.uuid(4), "event-stream", Self.stream(4, Self.event("e4", at: 4)))
    let last = try Pump.run(feed, until: Self.hasEvents)
    #expect(Self.events(last).map(\.event.id) == ["e4"])
    feed.close()
  }

  @Test func `only the newest are told at first, and nothing before them later`() throws {
    let database = try Database("feed_newest")
    for number in 1...20 {
      try database.insert(
        Self.uuid(number), "event-stream", Self.stream(number, Self.event("e\(number)", at: number))
      )
    }
    let (feed, notices) = try Self.begun(database, newest: 3)
    #expect(Self.events(notices).map(\.event.id) == ["e18", "e19", "e20"])
    try database.insert(Self.uuid(21), "event-stream", Self.stream(21, Self.event("e21", at: 21)))
    let more = try Pump.run(feed, until: Self.hasEvents)
    #expect(Self.events(more).map(\.event.id) == ["e21"])
    feed.close()
  }

  @Test func `without streams the histories are merged, and told as such`() throws {
    let database = try Database("feed_histories")
    let steps = try RecordedRows.file("story.json")["steps"].array ?? []
    let after = (steps.last?["rowsAfter"].array ?? []).compactMap { RecordedRows.row($0) }
    try database.insert(after)
    let (feed, notices) = try Self.begun(database)
    let found = Self.events(notices)
    #expect(!found.isEmpty && found.allSatisfy(\.isFromHistory))
    #expect(found.map(\.event.createdAt) == found.map(\.event.createdAt).sorted())
    #expect(Set(found.map(\.event.stream)) == ["orders", "payments", "shipping"])
    let types = found.map(\.event.type)
    let (paid, shipped) = (types.firstIndex(of: "OrderPaid"), types.firstIndex(of: "OrderShipped"))
    #expect(try #require(paid) < #require(shipped))
    // One history grows, and only what is new is told.
    _ = try database.writer.rows(
      "UPDATE datastore SET content = jsonb_set(content, '{history}', content->'history' || $1::jsonb) "
        + "WHERE type = 'aggregate-events-orders'",
      ["[\(Self.event("new", at: 1_895_864_878_742))]"])
    let more = try Pump.run(feed, until: Self.hasEvents)
    #expect(Self.events(more).map(\.event.id) == ["new"])
    feed.close()
  }

  @Test func `instances and timers are told anew when they change`() throws {
    let database = try Database("feed_states")
    let name = "saga running with a timeout and a cron timer, then kept"
    try database.insert(RecordedRows.rows(name, stage: 0))
    let (feed, notices) = try Self.begun(database)
    let states = notices.compactMap { notice in
      if case .states(let sagas, let timers) = notice { (sagas.count, timers.count) } else { nil }
    }
    #expect(states.map(\.0) == [1] && states.map(\.1) == [2])
    _ = try database.writer.rows("DELETE FROM datastore WHERE type = 'lock-manager-timer'")
    _ = try database.writer.rows("SELECT pg_notify('eventicle', '')")
    let more = try Pump.run(feed) { notice in
      if case .findings = notice { true } else { false }
    }
    #expect(
      more.contains { notice in
        if case .states(let sagas, let timers) = notice {
          sagas.count == 1 && timers.count == 1
        } else {
          false
        }
      })
    let findings = more.flatMap { notice -> [StoredRows.Survey.Finding] in
      if case .findings(let found) = notice { found } else { [] }
    }
    #expect(findings.contains { "\($0)".contains("will never fire") })
    feed.close()
  }

  @Test func `after a lost connection it goes on where it was`() throws {
    let database = try Database("feed_again")
    try database.insert(Self.uuid(1), "event-stream", Self.stream(1, Self.event("e1", at: 1)))
    let (feed, _) = try Self.begun(database)
    _ = try database.writer.rows(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 "
        + "AND datname = $2", ["eventicle-attach", database.name])
    try Pump.run(feed) { notice in if case .lost = notice { true } else { false } }
    try database.insert(Self.uuid(2), "event-stream", Self.stream(2, Self.event("e2", at: 2)))
    let more = try Pump.run(feed, until: Self.hasEvents)
    #expect(Self.events(more).map(\.event.id) == ["e2"])
    feed.close()
  }

  @Test func `hostile rows are findings`() throws {
    let database = try Database("feed_hostile")
    try database.insert(Self.uuid(1), "event-stream", Self.stream(1, Self.event("good", at: 1)))
    try database.insert(Self.uuid(2), "event-stream", #"[1,2,{"a":"\u001b[2J"}]"#)
    try database.insert(Self.uuid(3), "event-stream", #"{"streamId":"\u202ex","internal":"none"}"#)
    try database.insert(Self.uuid(4), "saga-instance", #"{"saga":{"\u0001":1}}"#)
    try database.insert(Self.uuid(5), "lock-manager-timer", "null")
    let deep = String(repeating: #"{"a":"#, count: 400) + "1" + String(repeating: "}", count: 400)
    try database.insert(Self.uuid(6), "saga-instance", deep)
    _ = try database.writer.rows(
      "INSERT INTO datastore SELECT $1::uuid, 'saga-instance', now(), "
        + "jsonb_build_object('saga', 's', 'x', repeat('x', \(DatastoreTable.rowBytes)))",
      [Self.uuid(7)])
    let (feed, notices) = try Self.begun(database)
    #expect(Self.events(notices).map(\.event.id) == ["good"])
    let findings = notices.flatMap { notice -> [StoredRows.Survey.Finding] in
      if case .findings(let found) = notice { found } else { [] }
    }
    #expect(findings.count == 6)
    #expect(findings.contains { "\($0)".contains("at most \(DatastoreTable.rowBytes) are read") })
    #expect(findings.contains { "\($0)".contains("nested deeper") })
    feed.close()
  }

  @Test func `a table that is not there, or is another's, is refused with a sentence`() throws {
    let database = try Database("feed_none", table: "CREATE TABLE other (id uuid, type text)")
    for (name, part) in [
      ("datastore", "has no table datastore"), ("other", "lacks createdat, content"),
    ] {
      let feed = DatastoreFeed(database.link(), table: DatastoreTable(name))
      let notices = try Pump.run(feed, feed.begin(now: PostgresSession.now)) { notice in
        if case .refused = notice { true } else { false }
      }
      let sentences = notices.compactMap { notice in
        if case .refused(let error) = notice { error.sentence } else { nil }
      }
      #expect(sentences.contains { $0.contains(part) })
    }
  }
}
