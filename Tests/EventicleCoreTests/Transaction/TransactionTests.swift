import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct TransactionTests {
  static let names = WorldNames(domain)
  static let domain = Domain(
    "test", aggregates: [AggregateRoot("Thing", stream: "things", reducers: [:])],
    sagas: [Saga("S", streams: ["things"]).onTimer("t") { _ in }])

  /// Makes one random change in a transaction; some of them fail.
  static func act(_ transaction: Transaction, _ random: inout SeededRandom) throws {
    let id = "\(Int.random(in: 1...5, using: &random))"
    switch Int.random(in: 0..<9, using: &random) {
    case 0: try transaction.create("row", ["n": .string(id)], id: id)
    case 1: try transaction.put("row", id, ["n": .int(Int.random(in: 0...3, using: &random))])
    case 2: try transaction.delete("row", id)
    case 3: try transaction.emit("Happened", DomainID(id), to: "things", data: ["n": 1])
    case 4:
      var thing =
        transaction.load(domain.aggregates[0], DomainID(id))
        ?? transaction.new(domain.aggregates[0], id: DomainID(id))
      thing.raise("Raised")
      let events = try transaction.persist(&thing)
      if Bool.random(using: &random) { try transaction.emit(events, to: "things") }
    case 5: try transaction.arm(TimerKey(SagaKey("S", id), "t"), .once(.seconds(5)))
    case 6: transaction.disarm(TimerKey(SagaKey("S", id), "t"))
    case 7: _ = transaction.nextID("thing")
    default:
      let number = transaction.nextNumber(.parked)
      transaction.make(
        .parked(
          number, old: nil,
          new: Parked(
            number: number, work: .timer(TimerKey(SagaKey("S", id), "t"), due: transaction.now),
            reason: "", parkedAt: transaction.now, entry: JournalIndex(1))))
    }
  }

  @Test(arguments: seeds(200))
  func `a rolled back transaction leaves the world unchanged`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var world = World(startingAt: .standardStart, seed: seed)
    for _ in 0..<6 {
      let before = fingerprint(world, Self.names)
      let kept = world
      let tx = try transaction(world, of: Self.domain)
      for _ in 0..<8 { try? Self.act(tx, &random) }
      if Bool.random(using: &random) {
        world = tx.rollBack()
        #expect(fingerprint(world, Self.names).difference(from: before) == nil)
      } else {
        let changes: StepChanges
        (world, changes) = tx.commit()
        var undone = world
        undone.revert(changes)
        #expect(fingerprint(undone, Self.names).difference(from: before) == nil)
        undone.apply(changes)
        let after = fingerprint(world, Self.names)
        #expect(fingerprint(undone, Self.names).difference(from: after) == nil)
      }
      #expect(fingerprint(kept, Self.names).difference(from: before) == nil)
    }
  }

  @Test(arguments: seeds(200))
  func `a failed attempt leaves nothing, whatever was written before`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let tx = try transaction(of: Self.domain)
    for _ in 0..<5 { try? Self.act(tx, &random) }
    let before = fingerprint(tx.world, Self.names)
    let notes = tx.notes.count
    try? tx.attempt {
      for _ in 0..<6 { try? Self.act(tx, &random) }
      throw Rejection("no")
    }
    #expect(fingerprint(tx.world, Self.names).difference(from: before) == nil)
    #expect(tx.notes.count == notes)
  }

  @Test func `a finished transaction refuses to write`() throws {
    let tx = try transaction()
    try tx.create("row", [:], id: "a")
    let world = tx.commit().0
    #expect(throws: TransactionError.transactionOver) { try tx.create("row", [:], id: "b") }
    #expect(throws: TransactionError.transactionOver) { try tx.emit("T", to: "s") }
    #expect(throws: TransactionError.transactionOver) { try tx.delete("row", "a") }
    #expect(world.recordCount(of: "row") == 1)
  }

  @Test func `reads see the transaction's own writes`() throws {
    let tx = try transaction()
    try tx.create("row", ["a": 1], id: "r")
    try tx.emit("T", to: "s")
    #expect(tx.record("row", "r")?.content == ["a": 1])
    #expect(tx.world.log.count(of: "s") == 1)
  }
}
