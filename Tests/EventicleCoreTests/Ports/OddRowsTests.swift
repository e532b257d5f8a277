import EventicleCore
import RecordedBytes
import Testing

@Suite struct OddRowsTests {
  private static func reading(_ type: String, _ content: String) -> StoredRows.Reading {
    StoredRows.read(StoredRows.Row(id: "row", type: type, content: Array(content.utf8)))
  }

  private static func aggregate(_ content: String) throws -> StoredRows.AggregateRow {
    guard case .aggregate(let row) = reading("aggregate-events-orders", content) else {
      throw Missing()
    }
    return row
  }

  private static func saga(_ content: String) throws -> StoredRows.SagaRow {
    guard case .saga(let row) = reading("saga-instance", content) else { throw Missing() }
    return row
  }

  private static func timer(_ type: String, _ content: String) throws -> StoredRows.TimerRow {
    guard case .timer(let row) = reading(type, content) else { throw Missing() }
    return row
  }

  private static func event(_ content: String) throws -> StoredRows.StreamRow {
    guard case .event(let row) = reading("event-stream", content) else { throw Missing() }
    return row
  }

  private struct Missing: Error {}

  @Test func `a checkpoint that overwrites the history is said`() throws {
    let name = "checkpoint member named history (overwrites the history)"
    let row = try #require(RecordedRows.rows(name, stage: 0).first)
    guard case .aggregate(let aggregate) = StoredRows.read(row) else { throw Missing() }
    #expect(aggregate.oddities == [.noHistory(found: "a string")])
    #expect(aggregate.domainID == "other" && aggregate.events.isEmpty)
    #expect(aggregate.oddities[0].description.contains("overwrites the history"))
    let other = try Self.aggregate(
      #"{"id":"row","domainId":"b","history":[{"id":"e","type":"T","domainId":"a","createdAt":1}]}"#
    )
    #expect(other.oddities == [.otherDomainID(row: "b", event: "a")])
    let lost = try Self.aggregate(#"{"id":"mine","domainId":"b","history":[]}"#)
    #expect(lost.oddities == [.otherRowID("mine")])
  }

  @Test func `an aggregate without an id is read, and belongs to nobody`() throws {
    let row = try #require(RecordedRows.rows("aggregate whose id was never set", stage: 0).first)
    guard case .aggregate(let aggregate) = StoredRows.read(row) else { throw Missing() }
    #expect(aggregate.oddities == [.noDomainID] && aggregate.key == nil)
    #expect(aggregate.events.count == 1)
  }

  @Test func `of two rows for one aggregate the lowest id is read`() throws {
    let name = "two rows for one domainId: the lock is released before the commit"
    var rows: [StoredRows.AggregateRow] = []
    var survey = StoredRows.Survey()
    for row in try RecordedRows.rows(name, stage: 2) {
      let reading = StoredRows.read(row)
      survey.add(row, reading)
      if case .aggregate(let aggregate) = reading { rows.append(aggregate) }
    }
    let (read, hidden) = StoredRows.effective(rows)
    #expect(read.map(\.id) == ["88bc8989-a098-42eb-86ed-9768768b88ae"])
    #expect(hidden.map(\.id) == ["bb423e98-f033-40af-892b-7350d529c9f0"])
    #expect(
      survey.findings == [
        .severalRows(
          AggregateKey("plain", "dup-1"), read: "88bc8989-a098-42eb-86ed-9768768b88ae",
          others: ["bb423e98-f033-40af-892b-7350d529c9f0"])
      ])
  }

  @Test func `timers that an ended instance names are stale`() throws {
    let name = "saga kept while its timers are set: activeTimers is stale"
    let rows = try RecordedRows.rows(name, stage: 0)
    var survey = StoredRows.Survey()
    for row in rows {
      let reading = StoredRows.read(row)
      survey.add(row, reading)
      guard case .saga(let saga) = reading else { continue }
      #expect(saga.oddities == [.staleTimers(["daily", "remind"])])
      #expect(saga.instance(sequence: 1).timers == [] && saga.isPreserved && saga.hasEnded)
    }
    #expect(survey.findings.map { "\($0)" }.filter { $0.contains("never fire") }.count == 1)
  }

  @Test func `a cron timer that was set again has lost its id, and a timeout has two rows`() throws
  {
    let name = "saga running with a timeout and a cron timer, then kept"
    var survey = StoredRows.Survey()
    var odd: [StoredRows.Oddity] = []
    for row in try RecordedRows.rows(name, stage: 1) {
      let reading = StoredRows.read(row)
      survey.add(row, reading)
      if case .timer(let timer) = reading { odd += timer.oddities }
    }
    #expect(odd == [.noRowID])
    let key = TimerKey(SagaKey("LongSaga", "b34194fb-39a4-4f1d-b438-eed2c4ae601e"), "remind")
    #expect(survey.findings.contains(.severalTimers(key, rows: 2)))
  }

  @Test func `timers and instances that lack each other are found`() throws {
    var survey = StoredRows.Survey()
    for (type, content) in [
      (
        "saga-instance",
        #"{"id":"row","saga":"S","instanceId":"i","ended":false,"events":[],"activeTimers":{"t":"timeout"}}"#
      ),
      (
        "lock-manager-timer",
        #"{"id":"row","component":"S","timerId":"j","name":"u","config":{"isCron":false,"timeout":5},"data":{},"nextExecutionTime":9}"#
      ),
    ] {
      let row = StoredRows.Row(id: "row", type: type, content: Array(content.utf8))
      survey.add(row, StoredRows.read(row))
    }
    #expect(
      survey.findings == [
        .noTimerRow(SagaKey("S", "i"), ["t"]),
        .noInstance(TimerKey(SagaKey("S", "j"), "u"), row: "row"),
      ])
  }

  @Test func `events that lack something are read, and what they lack is said`() throws {
    let row = try Self.aggregate(
      #"{"id":"row","domainId":"o","history":[5,{"type":"A","createdAt":"soon"},{"id":"b","createdAt":7.5},{"id":"c","type":"C"},{"id":"d","type":"D","createdAt":1e300,"data":[1]}]}"#
    )
    #expect(
      row.oddities == [
        .noEvent(0, found: "a number"), .noMoment(1), .noEventID(1, made: "row/2"), .fineMoment(2),
        .noEventType(2), .noMoment(3), .noMoment(4),
      ])
    #expect(row.events.map(\.id) == ["row/2", "b", "c", "d"])
    #expect(row.events.map(\.createdAt.milliseconds) == [7, 7, 7, 7])
    #expect(row.events.map(\.type) == ["A", "?", "C", "D"])
    #expect(row.events[0].data.description == "null" && row.version == Version(5))
  }

  @Test func `the text of the column createdat is no moment`() throws {
    // Three processes in three zones wrote within seconds.
    let rows = try RecordedRows.file("postgres.json")["zones"]["rows"].array ?? []
    let moments = rows.compactMap { RecordedRows.row($0) }.compactMap { row -> Instant? in
      guard case .aggregate(let aggregate) = StoredRows.read(row) else { return nil }
      return aggregate.events.first?.createdAt
    }
    #expect(moments.count == 3)
    let (first, last) = (try #require(moments.min()), try #require(moments.max()))
    #expect(last - first < .seconds(10))
  }

  @Test func `a raw event is read from its body`() throws {
    let name = "event-stream rows of the datastore event client"
    let events = try RecordedRows.rows(name, stage: 0).map { row -> StoredRows.StreamRow in
      guard case .event(let event) = StoredRows.read(row) else { throw Missing() }
      return event
    }
    #expect(events.map(\.event.type) == ["One", "Two", "Three", "Raw"])
    #expect(events.map(\.stream) == ["e.first", "e.first", "acme.e.first", "e.raw"])
    // An event without an id has that of its row.
    #expect(events[1].event.id == EventID(events[1].id))
    #expect(events[1].oddities == [.noEventID(0, made: events[1].id)])
    #expect(events[3].event.id == "77777777-7777-4777-8777-777777777777")
    #expect(events[3].event.data["via"] == "codec")
    #expect(events[3].oddities == [.rawEvent])
  }

  @Test func `the body of a raw event that is none is kept as bytes`() throws {
    let row = try Self.event(
      #"{"id":"row","streamId":"s","internal":{"buffer":{"type":"Buffer","data":[1,2]},"headers":{"type":"T","id":"h"},"timestamp":5}}"#
    )
    #expect(row.event.type == "T" && row.event.id == "h" && row.event.createdAt.milliseconds == 5)
    #expect(row.event.data["$bytes"] == "AQI=")
    #expect(row.oddities.count == 2 && row.oddities.contains(.rawEvent))
    let other = try Self.event(
      #"{"id":"row","streamId":"s","internal":{"id":"e","type":"T","stream":"u","createdAt":1}}"#)
    #expect(other.event.stream == "s")
    #expect(other.oddities == [.otherStream(row: "s", event: "u")])
  }

  @Test func `schedules that nobody can keep are said`() throws {
    let cron =
      #"{"id":"row","component":"S","timerId":"i","name":"t","config":{"isCron":true,"crontab":"every day"},"data":{},"nextExecutionTime":9}"#
    let row = try Self.timer("lock-manager-cron", cron)
    #expect(row.schedule == .cron("every day") && row.timer(sequence: 1) == nil)
    #expect(row.oddities.count == 1)
    let empty = try Self.timer(
      "lock-manager-timer", #"{"id":"row","component":"S","timerId":"i","name":"t"}"#)
    #expect(empty.schedule == .unknown && empty.due == nil && empty.oddities.count == 2)
    let swapped = try Self.timer("lock-manager-timer", cron)
    #expect(swapped.oddities.contains(.otherTimerKind))
  }

  @Test(arguments: [
    "", "null", "[]", "5", "{", "\u{1}", #"{"saga":5}"#, #"{"saga":""}"#, #"{"component":"c"}"#,
    #"{"streamId":"s"}"#, #"{"streamId":"s","internal":[]}"#, #"{"internal":{}}"#,
    String(repeating: "[", count: 100_000), #"{"saga":"s","saga":{}}"#,
  ]) func `a row that is not its type is unreadable, and says why`(content: String) {
    for type in ["saga-instance", "lock-manager-timer", "lock-manager-cron", "event-stream"] {
      guard case .unreadable(let reason) = Self.reading(type, content) else {
        if type == "saga-instance" { #expect(content.contains("saga")) }
        continue
      }
      #expect(reason.hasSuffix(".") && reason.contains("must be"))
    }
    if case .unreadable = Self.reading("aggregate-events-x", content) {
    } else {
      #expect(content.hasPrefix("{"))
    }
  }

  @Test func `keys and other types are never read`() {
    for type in ["domain-crypto-key", "orders-crypto-key", "customers", "", "aggregate-event"] {
      #expect(Self.reading(type, "no JSON") == .passed)
    }
  }

  @Test func `no cut of a recorded row makes the reader trap`() throws {
    for row in RecordedRows.all.prefix(60) where row.content.count < 2_000 {
      for length in stride(from: 0, to: row.content.count, by: 7) {
        var content = Array(row.content.prefix(length))
        _ = StoredRows.read(StoredRows.Row(id: row.id, type: row.type, content: content))
        content += row.content.dropFirst(length + 1)
        _ = StoredRows.read(StoredRows.Row(id: row.id, type: row.type, content: content))
      }
    }
  }
}
