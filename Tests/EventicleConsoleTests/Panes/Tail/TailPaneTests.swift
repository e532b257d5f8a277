import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

@testable import EventicleConsole

struct TailPaneTests {
  @Test func `a small tail has mark, position, time, stream, type, id and maker`() throws {
    var model = try Stage.model()
    model.tail.list.select(0, count: model.tail.count)
    let drawn = Stage.tail(model)
    #expect(drawn.rows[0] == "┏2 Tail orders,payments,shipping  follow━━━━━━━━━━━━━━━━━━━┓")
    #expect(drawn.rows[1].hasPrefix("┃   #1 00.000▌orders   OrderCreated       order-1 C PlaceO…"))
    #expect(drawn.rows[3].hasPrefix("┃   #3 00.000▌payments └PaymentRequested  pay-1   S Payment"))
    #expect(drawn.rows[6].hasPrefix("┃  ╌╌ 30s idle ╌╌╌╌"))
    #expect(drawn.rows[7].hasPrefix("┃    T 30.000 timer    retry fired*    PaymentSaga/order-1 "))
    #expect(drawn.rows[10].hasSuffix("━ 1 of 16 ┛"))
  }

  @Test func `a wide tail has column heads, full times and delivery outcomes`() throws {
    let drawn = Stage.tail(try Stage.model(columns: 200, rows: 50), columns: 96, rows: 23)
    #expect(drawn.rows[1].contains("time          stream   type               id      by"))
    #expect(drawn.rows[1].contains("delivered to"))
    #expect(
      drawn.rows[2].contains("#1 09:00:00.000 ▌orders   OrderCreated       order-1 C PlaceOrder"))
    #expect(drawn.rows[2].contains("V✓ V✓ S✓started S· X·"))
    #expect(drawn.rows[11].contains("V· S✓"))
    #expect(drawn.rows[13].contains(" └ShipmentCreated"))
    #expect(drawn.rows[17].hasPrefix("┃► #14"))
    #expect(drawn.rows[22].hasSuffix("━ 16 of 16 ┛"))
  }

  @Test func `rows after the cursor are dim but stay`() throws {
    var session = try Stage.session()
    _ = session.run("goto #5")
    var model = Stage.model(session)
    model.tail.list.select(1, count: model.tail.count)
    let drawn = Stage.tail(model, rows: 22)
    #expect(drawn.rows[5].hasPrefix("┃► "))
    #expect(drawn.rows[8].contains("#6 30.000▌orders   OrderResumed"))
    #expect(role(drawn.roles, row: 5, column: 12) == "ui.muted")
    #expect(role(drawn.roles, row: 8, column: 12) == "ui.muted+time.future")
    #expect(role(drawn.roles, row: 2, column: 12) == "ui.muted+ui.selection")
    #expect(!drawn.rows[0].contains("follow"))
    let unfocused = Stage.tail(model, rows: 22, focused: false)
    #expect(role(unfocused.roles, row: 2, column: 12) == "ui.muted+ui.selection.inactive")
  }

  @Test func `an empty tail suggests lines to start with`() throws {
    let drawn = Stage.tail(Stage.model(try Stage.session([])))
    #expect(drawn.rows[2].contains("start here"))
    #expect(drawn.rows[3].contains("► :do PlaceOrder customer=c-19 total:=59  Enter runs it"))
    #expect(drawn.rows[4].contains("?                                       keys"))
    #expect(drawn.rows[5].contains(":demo") && drawn.rows[6].contains(":help"))
    #expect(drawn.rows[7].contains("q  ") && drawn.rows[7].contains("leave"))
    let first = try #require(FirstLine.text(for: .shop))
    #expect(first == "do PlaceOrder customer=c-19 total:=59")
    var session = try Stage.session([])
    #expect(session.run(first).problem == nil)
  }

  @Test func `a rejected command is a row with a cross and the reason`() throws {
    let session = try Stage.session(Stage.flow + ["do CancelOrder orderId=order-1 reason=late"])
    let rows = Stage.tail(Stage.model(session), columns: 100).rows
    #expect(rows.contains { $0.contains("►✗") && $0.contains("C 09:00:30.000  command") })
    #expect(rows.contains { $0.contains("CancelOrder refused: ") })
  }

  @Test func `a filter is named in the title and counted in the footer`() throws {
    let session = try Stage.session()
    var model = Stage.model(session)
    model.tail.filter = try FilterExpression(parsing: "type:Payment*")
    model.tail.filterText = "type:Payment*"
    model.tail.rebuild(from: session.moment)
    model.tail.list.select(1, count: model.tail.count)
    var drawn = Stage.tail(model)
    #expect(drawn.rows[0].contains("&type:Payment*"))
    #expect(drawn.rows[10].contains("4 of 14 (filter 1)"))
    #expect(role(drawn.roles, row: 1, column: 24) == "kind.event+ui.match")
    model.tail.showsContext = true
    model.tail.rebuild(from: session.moment)
    drawn = Stage.tail(model)
    #expect(drawn.rows[0].contains("(context)"))
    model.tail.filter = try FilterExpression(parsing: "type:Nothing")
    model.tail.showsContext = false
    model.tail.rebuild(from: session.moment)
    #expect(Stage.tail(model).rows[1].contains("No event passes the filter."))
  }

  @Test func `matches of a search are marked in the type and the id`() throws {
    var model = try Stage.model()
    model.tail.list.select(2, count: model.tail.count)
    model.tail.search = TextPattern(containing: "ORDER")
    let drawn = Stage.tail(model)
    #expect(role(drawn.roles, row: 1, column: 23) == "kind.event+ui.match")
    #expect(role(drawn.roles, row: 1, column: 29) == "kind.event")
    #expect(role(drawn.roles, row: 1, column: 42) == "ui.text+ui.match")
  }

  @Test func `the title shows whether the tail follows`() throws {
    var session = try Stage.session(Array(Stage.flow.prefix(1)))
    var model = Stage.model(session)
    model.frozen = session.moment
    _ = session.run("do DeclinePayment paymentId=pay-1")
    model.moment = session.moment
    #expect(Stage.tail(model).rows[0].contains("PAUSED +2 new ↓"))
    model.frozen = nil
    model.isHeld = true
    #expect(Stage.tail(model).rows[0].contains("  HELD━"))
    model.isHeld = false
    model.tail.isFollowing = false
    #expect(!Stage.tail(model).rows[0].contains("follow"))
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
