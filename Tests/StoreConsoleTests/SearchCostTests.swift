import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleSQLite

/// What filters and searches over a store find, a portion at a time.
@Suite struct SearchCostTests {
  private func console() throws -> StoredConsole {
    let console = try StoredConsole(StoredShop(orders: 1_200))
    console.rest()
    return console
  }

  @Test func `what is found is the same as in a session in memory`() throws {
    let console = try console()
    let moment = console.program.model.moment
    for text in ["type:OrderCreated data.total>80", "c-7", "!type:Order*", "order-1190", "#<50"] {
      console.program.run(line: "filter \(text)")
      console.rest()
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
