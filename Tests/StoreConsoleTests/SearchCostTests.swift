import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleSQLite

/// What filters and searches over a store read: many events with a statement, a portion at a time.
@Suite struct SearchCostTests {
  private func console() throws -> StoredConsole {
    let console = try StoredConsole(StoredShop(orders: 1_200))
    console.rest()
    return console
  }

  private func filter(_ text: String, _ console: StoredConsole) -> [(statements: Int, rows: Int)] {
    let first = console.cost { console.program.run(line: "filter \(text)") }
    return [first] + console.rest()
  }

  @Test func `a filter by type reads no event`() throws {
    let console = try console()
    let entries = console.program.model.moment.timeline.count
    let costs = filter("type:OrderShipped or type:*Created", console)
    let find = try #require(console.program.model.tail.find)
    #expect(find.isDone && find.hits.count == 1_200)
    let statements = costs.map(\.statements).reduce(0, +)
    #expect(statements <= entries / 512 + 200, "\(statements) for \(entries)")
    // What the key waits for is less than what looks do beside the screen.
    #expect(costs[0].rows <= 4_000, "\(costs)")
  }

  @Test func `a filter by data reads many events with a statement`() throws {
    let console = try console()
    let events = console.program.model.moment.log.count
    let costs = filter("data.total>40", console)
    let find = try #require(console.program.model.tail.find)
    #expect(find.isDone && find.hits.count > 300)
    let statements = costs.map(\.statements).reduce(0, +)
    #expect(statements <= events / 16 + 300, "\(statements) for \(events)")
    #expect(costs.allSatisfy { $0.rows <= 40_000 }, "\(costs)")
  }

  @Test func `what is found is the same as in a session in memory`() throws {
    let console = try console()
    let moment = console.program.model.moment
    for text in ["type:OrderCreated data.total>80", "c-7", "!type:Order*", "order-1190", "#<50"] {
      _ = filter(text, console)
      var all = TailHits()
      all.extend(
        from: moment, passing: try FilterExpression(parsing: text), cost: 1,
        within: .init(entries: .max, work: .max / 2))
      let hits = try #require(console.program.model.tail.find?.hits)
      #expect(hits.entries == all.entries && hits.packed == all.packed, "\(text)")
      #expect(hits.gaps == all.gaps && hits.looked == all.looked, "\(text)")
    }
  }

  @Test func `the newest hits are there before the older ones were looked at`() throws {
    let console = try console()
    console.program.run(line: "filter type:OrderCreated")
    let find = try #require(console.program.model.tail.find)
    #expect(find.hits.count > 0 && !find.isDone)
    try console.press("<C-c>")
    #expect(console.program.model.tail.find == nil)
    console.rest()
    #expect(console.program.model.tail.find == nil)
  }
}
