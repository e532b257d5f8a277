import TestSupport
import Testing

@testable import EventicleCore

/// A store is asked only for what is not here.
@Suite struct AskingPagesTests {
  private static func resting(
    _ domain: Domain = .counting, events: Int = 3
  ) throws -> RestingEngine {
    var resting = try RestingEngine(domain, seed: 1)
    for number in 0..<events {
      resting.perform(.emit([NewEvent("Counted", DomainID("k\(number)"))], to: "counts"))
    }
    while resting.engine.hasWork { resting.perform(.deliver) }
    resting.rebase()
    resting.pages.forget()
    return resting
  }

  private static func write(
    _ resting: inout RestingEngine, _ body: @escaping @Sendable (Transaction) throws -> Void
  ) {
    resting.perform(
      .direct(
        DirectCommand("write", stream: "rows") { transaction in
          try body(transaction)
          return CommandResult()
        }))
  }

  @Test func `counting and listing types asks nothing`() throws {
    let resting = try Self.resting()
    #expect(resting.world.recordCount(of: "Counts") == 3)
    #expect(resting.world.recordTypes == ["Counts"])
    #expect(resting.pages.total == 0)
  }

  @Test func `a row that was written here is not asked for again`() throws {
    var resting = try Self.resting()
    #expect(resting.world.record("Counts", "k1") != nil)
    #expect(resting.pages.asked == ["record": 1])
    Self.write(&resting) { try $0.put("Counts", "k1", ["n": 7]) }
    resting.pages.forget()
    #expect(resting.world.record("Counts", "k1")?.content["n"] == 7)
    Self.write(&resting) { try $0.put("Counts", "k1", ["n": 8]) }
    Self.write(&resting) { try $0.delete("Counts", "k1") }
    #expect(resting.world.record("Counts", "k1") == nil)
    #expect(resting.pages.total == 0)
    #expect(resting.world.recordCount(of: "Counts") == 2)
  }

  @Test func `appending asks nothing, and a new row whether it is there`() throws {
    var resting = try Self.resting()
    resting.perform(.emit([NewEvent("Counted", "k9")], to: "counts"))
    #expect(resting.pages.total == 0)
    resting.perform(.deliver)
    #expect(resting.pages.asked.keys.sorted() == ["record"])
    resting.pages.forget()
    Self.write(&resting) { try $0.create("Other", ["n": 1], id: "a") }
    #expect(resting.pages.total == 0, "A table that the store does not have is not asked for.")
  }

  @Test func `a walk asks for the order once and for each row that is not here`() throws {
    var resting = try Self.resting()
    Self.write(&resting) { transaction in
      try transaction.put("Counts", "k0", ["n": 5])
      try transaction.delete("Counts", "k2")
      try transaction.put("Counts", "k7", ["n": 1])
    }
    resting.pages.forget()
    var ids: [String] = []
    resting.world.forEachRecord(of: "Counts") { record in
      ids.append(record.id)
      return true
    }
    #expect(ids == ["k0", "k1", "k7"])
    #expect(resting.pages.asked == ["records": 1, "record by number": 1])
  }

  @Test func `an index is built at the first search that uses it, and kept up`() throws {
    let domain = Domain(
      "counting", views: Domain.counting.views, indexes: [RecordIndex("Counts", on: "n")])
    var resting = try RestingEngine(domain, seed: 1)
    for number in 0..<40 {
      resting.perform(.emit([NewEvent("Counted", DomainID("k\(number)"))], to: "counts"))
    }
    while resting.engine.hasWork { resting.perform(.deliver) }
    resting.offer()
    try resting.reopen()
    resting.pages.forget()
    let query = Query.compare("n", .equal, 2)
    Self.write(&resting) { _ = try $0.records(of: "Counts", where: .exists("other")) }
    #expect(try resting.world.explain(of: "Counts", where: query).access == .scan)
    Self.write(&resting) { transaction in
      try transaction.put("Counts", "k5", ["n": 2])
      _ = try transaction.records(of: "Counts", where: query)
    }
    #expect(try resting.world.explain(of: "Counts", where: query).access != .scan)
    resting.pages.forget()
    Self.write(&resting) { try $0.put("Counts", "k5", ["n": 3]) }
    Self.write(&resting) { _ = try $0.records(of: "Counts", where: .compare("n", .equal, 3)) }
    #expect(resting.pages.total == 0)
    // A rebased world keeps what is built.
    resting.rebase()
    #expect(try resting.world.explain(of: "Counts", where: query).access != .scan)
  }

  private static let payments = Domain(
    "payments",
    sagas: [
      Saga("Payment", streams: ["pay"])
        .keyed(by: "order") { $0.domainID.map { .string($0.text) } }
        .startOn("Asked") { step, _ in try step.upsertTimer("late", after: .seconds(60)) }
        .on("Paid") { step, _ in step["paid"] = true }
        .onTimer("late") { step in step["late"] = true }
    ])

  @Test func `an instance and its timer are asked for until they change`() throws {
    var resting = try RestingEngine(Self.payments, seed: 1)
    resting.perform(.emit([NewEvent("Asked", "a"), NewEvent("Asked", "b")], to: "pay"))
    while resting.engine.hasWork { resting.perform(.deliver) }
    resting.rebase()
    resting.pages.forget()
    #expect(resting.world.sagas.count(of: "Payment") == 2)
    #expect(resting.world.timers.count == 2)
    #expect(resting.pages.total == 0)
    resting.perform(.emit([NewEvent("Paid", "a")], to: "pay"))
    resting.perform(.deliver)
    let key = try #require(resting.world.sagas.instance(of: "Payment", at: 0)?.key)
    resting.pages.forget()
    #expect(resting.world.sagas.instance(key)?.data["paid"] == true)
    #expect(resting.pages.total == 0)
    #expect(resting.world.timers.timer(TimerKey(key, "late")) != nil)
    #expect(resting.pages.asked == ["timer": 1])
  }
}
