import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

@testable import EventicleConsole

struct TailPaneTests {
  @Test func `a small tail has edge, number, time, step, stream, event, id and cause`() throws {
    var model = try Stage.model()
    model.tail.list.select(0, count: model.tail.count)
    let rows = Stage.tail(model, columns: 80, rows: 13).rows
    #expect(
      rows[0] == "┏1 Tail  all streams━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓")
    #expect(
      rows[1].hasPrefix("┃    # time          event              id      because          reacted"))
    #expect(
      rows[2].hasPrefix(
        "┃►   1 09:00:00 ┌or  OrderCreated       order-1 you              saga, 2 views"))
    #expect(
      rows[3].hasPrefix("┃    2          └or  OrderPriced        order-1 you              1 view"))
    #expect(
      rows[4].hasPrefix("┃↓   3           pa  PaymentRequested   pay-1   PaymentSaga ←1   nobody"))
    #expect(rows[5].contains("pa ▼PaymentDeclined    pay-1   you              saga, 1 view"))
    #expect(rows[7].hasPrefix("┃      ╌╌╌╌ 30s nothing happens ╌╌╌╌"))
    #expect(
      rows[8].hasPrefix("┃    T 09:00:30 ┌ti  retry fired        order-1 PaymentSaga      saga"))
    #expect(rows[12].hasSuffix("━ 1 of 16 · 14 events ┛"))
  }

  @Test func `a wide tail names streams, commands, instances and who reacted`() throws {
    let rows = Stage.tail(
      try Stage.model(columns: 200, rows: 50), columns: 118, rows: 23
    ).rows
    #expect(rows[1].contains("# time       stream    event              id      because"))
    #expect(rows[2].contains("1 09:00:00 ┌▌orders    OrderCreated       order-1 you: PlaceOrder"))
    #expect(rows[2].contains("PaymentSaga started · 2 views"))
    #expect(rows[4].contains("PaymentSaga order-1 ← #1   nobody"))
    #expect(
      rows[8].contains("T 09:00:30 ┌ timer    retry fired") || rows[8].contains("retry fired"))
    #expect(rows[17].hasPrefix("┃►  14"))
    #expect(rows[22].hasSuffix("━ 16 of 16 · 14 events ┛"))
  }

  @Test func `what has no room goes in order, and number and event stay`() throws {
    let model = try Stage.model()
    func head(_ columns: Int) -> String { Stage.tail(model, columns: columns, rows: 8).rows[1] }
    #expect(head(60).contains("event") && head(60).contains("id") && !head(60).contains("reacted"))
    for columns in 38...120 {
      let rows = Stage.tail(model, columns: columns, rows: 8).rows
      #expect(rows.contains { $0.contains("►  14") && $0.contains("OrderDel") }, "\(columns)")
    }
  }

  @Test func `rows after the moment are dim and marked but stay`() throws {
    var session = try Stage.session()
    _ = session.run("goto #5")
    var model = Stage.model(session)
    model.tail.list.select(4, count: model.tail.count)
    let drawn = Stage.tail(model, columns: 80, rows: 22)
    #expect(drawn.rows[6].hasPrefix("┃►   5"))
    #expect(drawn.rows[5].hasPrefix("┃↑   4"))
    #expect(drawn.rows[9].hasPrefix("┃┊   6") || drawn.rows[9].hasPrefix("┃┊   T"))
    #expect(role(drawn.roles, row: 10, column: 20) == "time.future")
    #expect(role(drawn.roles, row: 6, column: 20).hasSuffix("+ui.selection"))
    let unfocused = Stage.tail(model, columns: 80, rows: 22, focused: false)
    #expect(role(unfocused.roles, row: 6, column: 20).hasSuffix("+ui.selection.inactive"))
  }

  @Test func `an empty tail suggests lines to start with`() throws {
    let drawn = Stage.tail(Stage.model(try Stage.session([])))
    #expect(drawn.rows[0].hasPrefix("┏1 Start━"))
    #expect(drawn.rows.contains { $0.contains("► Take the tour") })
    #expect(drawn.rows.contains { $0.contains("Place the first order  :PlaceOrder customer") })
    #expect(drawn.rows.contains { $0.contains("Play a short story     :demo story") })
    let first = try #require(FirstLine.text(for: .shop))
    #expect(first == "PlaceOrder customer=c-19 total:=59")
    var session = try Stage.session([])
    #expect(session.run(first).problem == nil)
  }

  @Test func `a refused command is a row with a mark, and its sentence stands below`() throws {
    let session = try Stage.session(Stage.flow + ["do CancelOrder orderId=order-1 reason=late"])
    let rows = Stage.tail(Stage.model(session), columns: 100).rows
    let row = try #require(rows.firstIndex { $0.contains("!CancelOrder") })
    #expect(rows[row].hasPrefix("┃►   C") && rows[row].contains("! refused"))
    #expect(rows[row + 1].contains("! order-1 is"))
  }

  @Test func `an event for a saga that has ended is marked`() throws {
    let session = try Stage.session(
      Stage.flow + ["emit payments PaymentSucceeded pay-2 orderId=order-1"])
    let rows = Stage.tail(Stage.model(session), columns: 118).rows
    #expect(
      rows.contains {
        $0.contains("!PaymentSucceeded") && $0.contains("! nobody: PaymentSaga has ended")
      })
  }

  @Test func `a search is named in the title and counted in the footer`() throws {
    let session = try Stage.session()
    var model = Stage.model(session)
    let filter = try FilterExpression(parsing: "type:Payment*")
    model.tail.search(
      for: filter, text: "type:Payment*", isFolded: true, in: session.moment)
    var drawn = Stage.tail(model)
    #expect(drawn.rows[0].contains("/type:Payment*  only these"))
    #expect(drawn.rows[10].contains("4 of 15 rows"))
    #expect(drawn.rows[2].hasPrefix("┃▸     2 events"))
    #expect(role(drawn.roles, row: 3, column: 12).hasSuffix("+ui.match"))
    #expect(drawn.rows.contains { $0.hasPrefix("┃►─ #14, folded ─") })
    model.tail.fold(false)
    drawn = Stage.tail(model, rows: 20)
    #expect(!drawn.rows[0].contains("only these"))
    #expect(drawn.rows[19].contains("4 of 15 rows"))
    // What is no hit is dim.
    #expect(role(drawn.roles, row: 2, column: 12) == "ui.muted")
    #expect(role(drawn.roles, row: 4, column: 12) == "kind.event+ui.match")
  }

  @Test func `what was found is underlined in the event and the id`() throws {
    let session = try Stage.session()
    var model = Stage.model(session)
    model.tail.move(by: -50)
    model.tail.search(
      for: try FilterExpression(parsing: "ORDER"), text: "ORDER", isFolded: false,
      in: session.moment)
    let drawn = Stage.tail(model, columns: 80)
    #expect(role(drawn.roles, row: 2, column: 21) == "kind.event+ui.match")
    #expect(!role(drawn.roles, row: 2, column: 26).hasSuffix("ui.match"))
    #expect(role(drawn.roles, row: 2, column: 40) == "ui.text+ui.match")
  }

  @Test func `scrolling sideways moves the row but not the marks`() throws {
    var model = try Stage.model()
    model.tail.sideways = 8
    let drawn = Stage.tail(model)
    #expect(drawn.rows[9].hasPrefix("┃►"))
    #expect(!drawn.rows[9].contains("#14"))
  }

  @Test func `drawing cost depends on the visible rows, not on the log's length`() throws {
    var meters: Set<WorkMeter> = []
    for count in [200, 20_000] {
      var session = try Stage.session([])
      try session.importEvents(Stage.history(count))
      var model = Stage.model(session)
      model.tail.list.select(100, count: model.tail.count)
      meters.insert(Stage.tail(model, columns: 96, rows: 23).meter)
    }
    #expect(meters.count == 1)
    #expect((meters.first?.eventsRead ?? 0) <= 21 * 5)
  }

  private func role(_ plane: RolePlane, row: Int, column: Int) -> String {
    let letter = Array(plane.lines[row])[column]
    if letter == "." { return "ui.text" }
    return plane.legend.first { $0.hasPrefix("\(letter) ") }.map { String($0.dropFirst(2)) } ?? ""
  }
}
