import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleSQLite

/// What a console reads of a store at rest and for a key: counted.
@Suite struct OpeningCostTests {
  @Test func `older rows come at rest in bounded portions and are the same as in one go`() throws {
    let console = try StoredConsole(StoredShop(orders: 1_200))
    let moment = console.program.model.moment
    #expect(console.program.model.tail.unread > 0)
    let selected = console.program.model.selectedEntry
    let costs = console.rest()
    #expect(costs.allSatisfy { $0.statements <= 64 && $0.rows <= 20_000 }, "\(costs)")
    #expect(console.program.model.tail.unread == 0)
    #expect(console.program.model.selectedEntry == selected)
    var all = TailRows()
    all.extend(from: moment, within: .init(entries: .max, work: .max))
    #expect(console.program.model.tail.rows.packed == all.packed)
    #expect(console.program.model.tail.rows.total == all.total)
  }

  @Test func `a jump before the rows have come selects its row once they are there`() throws {
    let console = try StoredConsole(StoredShop(orders: 1_200))
    console.program.run(line: "goto #9")
    #expect(console.program.model.moment.world.log.count == 9)
    console.rest()
    #expect(console.program.model.selectedPosition == Position(9))
    try console.press("<Home>")
    #expect(console.program.model.selectedPosition == Position(1))
  }

  @Test func `the first row of all can be gone to before it has come`() throws {
    let console = try StoredConsole(StoredShop(orders: 1_200))
    try console.press("gg")
    console.rest()
    #expect(console.program.model.selectedPosition == Position(1))
  }

  @Test func `a key in the past takes a bounded number of statements`() throws {
    let console = try StoredConsole(StoredShop(orders: 1_200))
    console.rest()
    console.program.run(line: "goto #700")
    console.rest()
    var costs: [Int] = []
    for _ in 0..<12 {
      let cost = try console.cost {
        try console.press("<Up>")
        console.rest()
      }
      costs.append(cost.statements)
    }
    #expect(costs.sorted()[6] <= 300, "\(costs)")
  }
}
