import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// Indexes that the engine adopts by itself for what handlers search often.
@Suite struct SearchCountTests {
  /// What the searches of one command have cost.
  private final class Costs: @unchecked Sendable {
    var works: [QueryWork] = []
  }

  private let costs = Costs()

  private func domain(_ indexes: [RecordIndex] = []) -> Domain {
    let costs = costs
    return Domain(
      "test",
      commands: [
        Command("Fill", stream: "st") { data, transaction in
          for number in 0..<(data["count"].integer ?? 0) {
            try transaction.put(
              "Row", "r\(number)",
              ["n": .int(number), "parity": .int(number % 2), "part": ["n": .int(number)]])
          }
          return CommandResult()
        },
        Command("Find", stream: "st") { data, transaction in
          let query: Query = "n" == data["n"]
          let found = try transaction.records(of: "Row", where: query)
          costs.works.append(transaction.queryWork)
          return CommandResult(response: .array(found.map { .string($0.key.id) }))
        },
        Command("FindAll", stream: "st") { data, transaction in
          let parity = try transaction.count(of: "Row", where: "parity" == data["n"])
          let both = try transaction.records(
            of: "Row", where: .and(["part.n" == data["n"], "parity" == 0]), page: 1, size: 5)
          let more = try transaction.records(of: "Row", where: "n" > 5, limit: 3)
          return CommandResult(response: [
            .int(parity), .int(both.totalCount), .array(more.map { .string($0.key.id) }),
          ])
        },
      ], indexes: indexes)
  }

  @Test(arguments: [100, 1_000, 10_000])
  func `from the eighth search for an equal value on, an index leads to the records`(
    count: Int
  ) throws {
    var engine = try Engine(domain())
    _ = engine.perform(.dispatch(CommandIntent("Fill", ["count": .int(count)])))
    for number in 0..<20 {
      let step = engine.perform(.dispatch(CommandIntent("Find", ["n": .int(number)])))
      #expect(step.response == .array([.string("r\(number)")]))
    }
    #expect(costs.works.prefix(7).allSatisfy { $0.visited == count && $0.indexed == 0 })
    #expect(costs.works.dropFirst(7).allSatisfy { $0.visited == 1 })
    #expect(costs.works.map(\.indexed).reduce(0, +) == count)
    #expect(costs.works[7].indexed == count)
    #expect(engine.world.automaticIndexes == [RecordIndex("Row", on: "n")])
    #expect(engine.world.indexes(of: "Row") == [RecordIndex("Row", on: "n")])
  }

  @Test func `a declared index is not adopted again, and other conditions adopt none`() throws {
    let declared = [RecordIndex("Row", on: "n"), RecordIndex("Row", on: "parity")]
    var engine = try Engine(domain(declared))
    _ = engine.perform(.dispatch(CommandIntent("Fill", ["count": 50])))
    for number in 0..<20 {
      _ = engine.perform(.dispatch(CommandIntent("Find", ["n": .int(number)])))
      _ = engine.perform(.dispatch(CommandIntent("FindAll", ["n": .int(number)])))
    }
    // The conjunction is served by the index on one of its values.
    #expect(engine.world.automaticIndexes.isEmpty)
    #expect(engine.world.indexes(of: "Row") == declared)
  }

  @Test func `adopted indexes outlast another declaration of the domain, unless it has them`()
    throws
  {
    var engine = try Engine(domain())
    _ = engine.perform(.dispatch(CommandIntent("Fill", ["count": 20])))
    for _ in 0..<8 { _ = engine.perform(.dispatch(CommandIntent("Find", ["n": 3]))) }
    let index = RecordIndex("Row", on: "n")
    _ = try engine.adopt(domain())
    #expect(engine.world.indexes(of: "Row") == [index])
    let resumed = try Engine(
      resuming: engine.world, domain(), nextEntry: engine.nextEntry)
    #expect(resumed.world.indexes(of: "Row") == [index])
    _ = try engine.adopt(domain([RecordIndex("Row", on: "n", unique: true)]))
    #expect(engine.world.indexes(of: "Row") == [RecordIndex("Row", on: "n", unique: true)])
  }

  @Test func `a search deeper than a query may be is refused, not counted`() throws {
    var query: Query = "n" == 1
    for _ in 0..<2_000 { query = .and([query]) }
    let deep = query
    let app = try Eventicle(domain())
    #expect(throws: (any Error).self) {
      try app.dispatch(on: "st") { transaction in
        _ = try transaction.records(of: "Row", where: deep)
        return CommandResult()
      }
    }
  }

  @Test(arguments: seeds(40))
  func `the same inputs adopt the same indexes and give the same steps`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bench = try RecordedEngine(domain(), seed: seed)
    for _ in 0..<40 {
      let n = JSON.int(Int.random(in: 0..<20, using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bench.run("Fill", ["count": n])
      case 1: bench.run("FindAll", ["n": n])
      default: bench.run("Find", ["n": n])
      }
    }
    #expect(!bench.world.automaticIndexes.isEmpty)
    try expectSameSteps(bench.timeline, domain(), seed: seed)
    var again = try Engine(domain(), seed: seed)
    // An engine whose searches never adopt answers the same.
    var scanning = try Engine(domain(), seed: seed)
    for (_, input) in bench.timeline.inputs {
      scanning.world.searches = nil
      let steps = (again.perform(Input(input)), scanning.perform(Input(input)))
      #expect(steps.0.response == steps.1.response)
    }
    #expect(again.world.automaticIndexes == bench.world.automaticIndexes)
    #expect(scanning.world.automaticIndexes.isEmpty)
    for moment in bench.moments.suffix(10) {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }
}
