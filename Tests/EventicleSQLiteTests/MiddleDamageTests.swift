import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// Damage before the end of a store, which no reading of its last steps meets.
@Suite struct MiddleDamageTests {
  private static let line = "do PlaceOrder customer=c-1 total:=5"

  /// A closed store whose derived tables have all steps.
  private func made(_ bench: StoreBench) throws -> Session {
    var session = try Session(.shop, store: Store.open(bench.path("shop")))
    for _ in 0..<8 { #expect(session.run(Self.line).problem == nil) }
    let whole = session
    session.storeFile?.offer(session.head.core(after: session.timeline.last))
    session.leaveStore()
    return whole
  }

  private func change(_ bench: StoreBench, _ sql: String) throws {
    let database = try Database(bench.path("shop"), .write)
    defer { database.close() }
    try database.run(sql)
    try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  /// Opens the store without a look at what is far before its end.
  private func unlooked(
    _ bench: StoreBench, _ access: Store.Access = .write
  ) throws -> SQLiteJournal {
    var opening = SQLiteJournal.Opening(path: bench.path("shop"), now: 1)
    opening.comparedEntries = 1
    return try SQLiteJournal.open(opening, access)
  }

  private static let event = "UPDATE event SET data = '{\"x\":1}' WHERE position = 3"

  @Test(arguments: [
    event, "DELETE FROM event WHERE position = 3",
    "UPDATE journal SET instant = instant + 1 WHERE entry = 12",
  ])
  func `it is found when the store is opened, and what is whole is shown`(sql: String) throws {
    let bench = try StoreBench()
    let whole = try made(bench)
    try change(bench, sql)
    let before = try bytes(bench.path("shop"))
    var sentence = ""
    do { _ = try Store.open(bench.path("shop")) } catch { sentence = error.description }
    let store = try Store.open(bench.path("shop"), .readWhole)
    let damage = try #require(store.damage)
    #expect(damage.whole.number < 13)
    #expect(damage.untrusted == whole.timeline.count - damage.whole.number)
    #expect(sentence.hasPrefix("The store is \(damage). "), "\(sentence)")
    var session = try Session(.shop, store: store)
    #expect(session.timeline.last == damage.whole && session.head.log.count == damage.events)
    #expect(session.run(Self.line).problem?.message == sentence)
    #expect(store.file.fault == nil)
    session.leaveStore()
    #expect(try bytes(bench.path("shop")) == before)
  }

  @Test func `what is far before the end is looked at while nobody works`() throws {
    let bench = try StoreBench()
    _ = try made(bench)
    try change(bench, Self.event)
    let before = try bytes(bench.path("shop"))
    let journal = try unlooked(bench)
    var session = try Session(.shop, store: Store(journal))
    #expect(session.storeNotice?.standing == .writing && session.restDelay != nil)
    let reply = session.rest().notice?.reply
    let damage = try #require(journal.damage)
    #expect(reply?.problem?.message == session.storeNotice?.refusal)
    #expect(session.storeNotice?.standing == .damaged(damage) && session.restDelay == nil)
    #expect(session.timeline.last == damage.whole && session.head.log.count == damage.events)
    #expect(session.run(Self.line).problem?.message == reply?.problem?.message)
    session.leaveStore()
    #expect(try bytes(bench.path("shop")) == before)
  }

  @Test func `a whole store is looked at once, and then rests`() throws {
    let bench = try StoreBench()
    _ = try made(bench)
    let journal = try unlooked(bench)
    var session = try Session(.shop, store: Store(journal))
    #expect(session.restDelay != nil)
    for _ in 0..<50 where session.restDelay != nil { #expect(session.rest().notice == nil) }
    #expect(session.restDelay == nil && journal.damage == nil)
    #expect(session.run(Self.line).problem == nil)
  }

  @Test(arguments: [Store.Access.write, .readWhole])
  func `who meets it in the past goes on with what is whole`(access: Store.Access) throws {
    let bench = try StoreBench()
    _ = try made(bench)
    try change(bench, Self.event)
    let before = try bytes(bench.path("shop"))
    let journal = try unlooked(bench, access)
    _ = journal.page(0)
    journal.forEachStep(after: JournalIndex(0), upTo: journal.last) { _ in true }
    guard case .broken(let damage)? = journal.fault else {
      Issue.record("\(String(describing: journal.fault))")
      return
    }
    // What was being written is not.
    #expect(journal.commit() == .broken(damage))
    #expect(journal.reload() == nil && journal.last == damage.whole)
    #expect(journal.refusal == .broken(damage) && journal.damage == damage)
    journal.close()
    #expect(try bytes(bench.path("shop")) == before)
  }

  // MARK: - Tables that are made from steps

  @Test(arguments: [
    ("record", "UPDATE record SET number = 1099511627776 WHERE number = 1"),
    ("record", "UPDATE record SET id = 'other' WHERE number = 1"),
    (
      "record_change",
      "DELETE FROM record_change WHERE record = 1; INSERT INTO record_change VALUES(1, 1, 0)"
    ),
    ("instance", "UPDATE instance SET number = -5000000000 WHERE number = 1"),
    ("timer", "UPDATE timer SET armed = 9223372036854775807 WHERE number = 1"),
    ("history", "UPDATE history SET event = 9223372036854775807 WHERE version = 1"),
    ("history", "UPDATE history SET version = 9223372036854775807 WHERE version = 2"),
    ("stream_event", "UPDATE stream_event SET place = 9223372036854775806 WHERE position = 1"),
    ("aggregate", "UPDATE aggregate SET place = 9223372036854775807 WHERE number = 1"),
    ("delivery", "INSERT INTO delivery VALUES(1, 9223372036854775807)"),
    ("problem", "INSERT INTO problem VALUES(9223372036854775807, 3)"),
  ])
  func `numbers that no history has are no answers`(table: String, sql: String) throws {
    let bench = try StoreBench()
    let whole = try made(bench)
    try change(bench, sql)
    #expect(
      try Store.verify(bench.path("shop")) == [
        "the table \(table) is not what the steps make of it"
      ])
    let before = try bytes(bench.path("shop"))
    for access in [Store.Access.write, .read] {
      guard let journal = try? unlooked(bench, access) else { continue }
      let last = journal.last
      for type in ["OrderBoard", "Revenue"] {
        for row in journal.records(in: TableName(.system, type), asOf: last) {
          guard let found = journal.record(number: Int(row), asOf: last) else { continue }
          _ = journal.record(found.key, asOf: last)
        }
      }
      for number in 1...8 { _ = journal.record(number: number, asOf: last) }
      for saga in ["PaymentSaga", "ShippingSaga"] {
        for number in journal.instances(of: saga, asOf: last) {
          _ = journal.instance(number: Int(number), asOf: last)
        }
      }
      for number in 1...8 { _ = journal.timer(number: number) }
      let log = whole.head.log
      for name in log.streamNames {
        let count = journal.count(of: name, upTo: log.count)
        if count < 1_000 { _ = journal.positions(of: name, at: 0..<count) }
      }
      for number in 1...log.count { _ = journal.deliveries(of: Position(number)) }
      _ = journal.problems(upTo: last)
      let bound = LogBound(events: log.count, kept: 0)
      for type in ["Order", "Payment", "Shipment"] {
        for place in 0..<min(20, journal.count(ofAggregates: type, upTo: bound)) {
          guard let id = journal.aggregate(of: type, at: place) else { continue }
          guard let history = journal.history(of: AggregateKey(type, id), upTo: bound) else {
            continue
          }
          _ = journal.entries(of: history, 0..<min(20, history.count))
        }
      }
      if let fault = journal.fault {
        guard case .derivedDamaged = fault else {
          Issue.record("\(fault)")
          continue
        }
        #expect(journal.reload() == nil && journal.last == whole.timeline.last)
        #expect(journal.refusal == fault)
      }
      journal.close()
    }
    #expect(try bytes(bench.path("shop")) == before)
  }
}
