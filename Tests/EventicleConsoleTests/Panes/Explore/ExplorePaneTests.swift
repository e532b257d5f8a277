import EventicleCore
import Testing

@testable import EventicleConsole

struct ExplorePaneTests {
  private func draw(_ model: Model, columns: Int = 20, rows: Int = 24) -> [String] {
    Stage.draw(columns: columns, rows: rows) { rect, canvas, meter in
      model.draw(.explore, in: rect, focused: true, on: &canvas, &meter)
    }.rows
  }

  @Test func `sections show counts and their contents`() throws {
    let rows = draw(try Stage.model(), rows: 34)
    #expect(rows[0] == "┏8 Explore━━━━━━━━━┓")
    #expect(rows[1] == "┃▾streams         3┃")
    #expect(rows[2] == "┃ ▌orders         7┃")
    #expect(rows.contains("┃▾sagas           2┃"))
    #expect(rows.contains("┃  ShippingSaga   1┃"))
    #expect(rows.contains("┃  PlaceOrder      ┃"))
  }

  @Test func `a folded section is one row`() throws {
    var model = try Stage.model()
    model.explore.folded = [.streams]
    let rows = draw(model)
    #expect(rows[1].hasPrefix("┃▸streams") && rows[2].hasPrefix("┃▾aggregates"))
  }

  @Test func `a lagging view shows its lag`() throws {
    let session = try Stage.session(["hold", "do PlaceOrder customer=c-19 total:=59"])
    #expect(
      draw(Stage.model(session)).contains { $0.contains("OrderBoard") && $0.contains("lag 2") })
  }

  @Test func `the selected row is always visible`() throws {
    var model = try Stage.model()
    model.explore.list.selected = 29
    #expect(draw(model, rows: 8).contains { $0.contains("Mailer") })
  }
}
