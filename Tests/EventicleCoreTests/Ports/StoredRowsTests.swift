import EventicleCore
import RecordedBytes
import Testing

@Suite struct StoredRowsTests {
  @Test func `there are recorded rows of every kind`() {
    let kinds = RecordedRows.all.map { StoredRows.Kind($0.type) }
    #expect(RecordedRows.all.count == 141)
    #expect(kinds.count { if case .aggregate = $0 { true } else { false } } == 51)
    #expect(kinds.count { $0 == .streamEvent } == 30)
    #expect(kinds.count { $0 == .saga } == 28)
    #expect(kinds.count { $0 == .cron } == 17)
    #expect(kinds.count { $0 == .timeout } == 15)
  }

  @Test func `every recorded row is read, and written as it was`() throws {
    for row in RecordedRows.all {
      let written: StoredRows.Row
      switch StoredRows.read(row) {
      case .aggregate(let aggregate): written = aggregate.row(writtenAt: row.writtenAt)
      case .saga(let saga): written = saga.row(writtenAt: row.writtenAt)
      case .timer(let timer): written = timer.row(writtenAt: row.writtenAt)
      case .event(let event): written = event.row
      case .passed, .unreadable:
        Issue.record("\(row.type) \(row.id) is not read")
        continue
      }
      #expect(written.id == row.id && written.type == row.type)
      #expect(written.workspace == row.workspace && written.writtenAt == row.writtenAt)
      #expect(try Self.members(written.content) == Self.members(row.content), "\(row.id)")
    }
  }

  @Test func `an event alone is written with the members that it was recorded with`() throws {
    var compared = 0
    for row in RecordedRows.all {
      switch StoredRows.read(row) {
      case .aggregate(let aggregate):
        for kept in aggregate.history { compared += try Self.compare(kept, .history) }
      case .saga(let saga):
        for kept in saga.events { compared += try Self.compare(kept, .whole) }
      default: break
      }
    }
    #expect(compared > 100)
  }

  /// Writes an event anew; one with an empty cause or without data has those members otherwise.
  private static func compare(
    _ kept: StoredRows.KeptEvent, _ form: StoredRows.KeptEvent.Form
  ) throws -> Int {
    let event = try #require(kept.event)
    var recorded = try members(Array(kept.text.utf8))
    for cause in ["causedById", "causedByType"] where recorded[cause] == .string("") {
      recorded[cause] = nil
    }
    if recorded["data"] == nil { recorded["data"] = .null }
    if form == .history, let trace = recorded["apmTrace"] {
      // A handler of its own put them there; histories have neither.
      #expect(trace.string != nil && recorded["stream"]?.string != nil)
      recorded["apmTrace"] = nil
      recorded["stream"] = nil
    }
    let written = StoredRows.KeptEvent(event, form)
    #expect(try members(Array(written.text.utf8)) == recorded)
    return 1
  }

  @Test func `an aggregate, an instance and a timer become values of the engine`() throws {
    let rows = try RecordedRows.rows(
      "saga running with a timeout and a cron timer, then kept", stage: 0)
    var (sagas, timers): ([SagaInstance], [Timer]) = ([], [])
    for row in rows {
      switch StoredRows.read(row) {
      case .saga(let saga): sagas.append(saga.instance(sequence: 1))
      case .timer(let timer): timers.append(try #require(timer.timer(sequence: 1)))
      default: break
      }
    }
    let saga = try #require(sagas.first)
    #expect(saga.key == SagaKey("LongSaga", "b34194fb-39a4-4f1d-b438-eed2c4ae601e"))
    #expect(saga.data["money"]["total"] == 59 && saga.data["events"].isNull)
    #expect(Set(saga.timers) == ["remind", "daily"] && !saga.hasEnded && saga.steps == 1)
    #expect(saga.startedAt == Instant(milliseconds: 1_795_865_244_950))
    #expect(timers.map(\.key.owner) == [saga.key, saga.key])
    #expect(timers.map(\.schedule) == [.once(.hours(1)), .cron(try CronExpression("0 4 * * *"))])
    #expect(timers[0].due == Instant(milliseconds: 1_795_868_844_952))
    #expect(timers[0].armedAt == Instant(milliseconds: 1_795_865_244_952))
  }

  @Test func `rows made of values have the members of recorded ones`() throws {
    let rows = try RecordedRows.rows(
      "saga running with a timeout and a cron timer, then kept", stage: 0)
    for row in rows {
      switch StoredRows.read(row) {
      case .saga(let saga):
        let made = StoredRows.SagaRow(
          id: row.id, saga.instance(sequence: 1), events: saga.events.compactMap(\.event),
          recurring: ["daily"])
        var members = try Self.members(made.row().content)
        let own = try #require(members["_eventicle"])
        #expect(own["version"] == 1 && own["steps"] == 1 && own["undos"] == [])
        members["_eventicle"] = nil
        #expect(try members == Self.members(row.content))
      case .timer(let timer):
        let made = StoredRows.TimerRow(id: row.id, try #require(timer.timer(sequence: 1)))
        #expect(try Self.members(made.row().content) == Self.members(row.content))
        #expect(made.row().type == row.type)
      case .event(let event):
        let made = StoredRows.StreamRow(id: row.id, event.event)
        #expect(try Self.members(made.row.content) == Self.members(row.content))
      default: break
      }
    }
  }

  @Test func `a history goes on behind what it has`() throws {
    let rows = try RecordedRows.rows(
      "aggregate with history and checkpoint, three writes", stage: 0)
    guard case .aggregate(var aggregate) = StoredRows.read(try #require(rows.first)) else {
      Issue.record("no aggregate")
      return
    }
    #expect(aggregate.key == AggregateKey("orders", "o-1") && aggregate.version == Version(1))
    #expect(aggregate.events.map(\.stream) == ["orders"])
    var event = try #require(aggregate.events.first)
    event.id = "e-2"
    event.type = "Changed"
    event.apmTrace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    aggregate.append([event])
    let history = try #require(Self.members(aggregate.row().content)["history"]?.array)
    #expect(history.count == 2 && history[1]["id"] == "e-2")
    #expect(history[1].object?["stream"] == nil && history[1].object?["apmTrace"] == nil)
    #expect(aggregate.checkpoint["count"] == 1)
  }

  @Test func `what an engine keeps of its own comes back`() throws {
    let content = """
      {"id":"r","saga":"S","instanceId":"i","ended":false,"events":[],"activeTimers":{},"a":1,\
      "_eventicle":{"version":3,"steps":7,"correlation":"o-1","undos":[{"type":"Undo","data":{"b":2},\
      "lock":"l"}],"firing":[{"name":"t","due":5,"off":true}]}}
      """
    let row = StoredRows.Row(id: "r", type: "saga-instance", content: Array(content.utf8))
    guard case .saga(let saga) = StoredRows.read(row) else {
      Issue.record("no saga")
      return
    }
    let instance = saga.instance(sequence: 1)
    #expect(instance.version == 3 && instance.steps == 7 && instance.correlation == "o-1")
    #expect(instance.undos == [CommandIntent("Undo", ["b": 2], lock: "l")])
    #expect(instance.data == ["a": 1])
    let again = StoredRows.SagaRow(id: "r", instance, events: [])
    #expect(again.bookkeeping == saga.bookkeeping)
  }

  static func members(_ content: [UInt8]) throws -> JSONObject {
    try #require(JSON(parsing: content).object)
  }
}
