import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

struct EventPaneTests {
  private func lines(
    _ tab: EventModel.Tab, of row: Int, columns: Int = 58, _ session: Session? = nil
  ) throws -> [String] {
    var model = Stage.model(try session ?? Stage.session())
    model.tail.list.select(row, count: model.tail.count)
    model.event.tab = tab
    return Stage.lines(model, columns: columns).map(\.text.string)
  }

  @Test func `the title names the event, and a page other than the first`() throws {
    var model = try Stage.model()
    model.tail.list.select(2, count: model.tail.count)
    #expect(Stage.inspect(model).rows[0].hasPrefix("┌2 Event #3──"))
    model.event.tab = .raw
    #expect(
      Stage.inspect(model, columns: 70).rows[0]
        .hasPrefix("┌2 Event #3   Page  Diff  Cause  Deliveries [Raw]─"))
    #expect(Stage.inspect(model, columns: 40).rows[0].hasPrefix("┌2 Event #3  [Raw]──"))
  }

  @Test func `one page has the data, what changed, why, who reacted and what follows`() throws {
    let placed = try lines(.state, of: 0)
    #expect(placed[0].hasPrefix(" #1 OrderCreated  order-1 (written with #2)"))
    #expect(placed[1] == "  customer  \"c-19\"")
    #expect(placed.contains(" changed  A Order order-1 is new + status placed"))
    #expect(placed.contains(" because  C PlaceOrder ← you"))
    #expect(placed.contains { $0.hasPrefix(" reacted  V OrderBoard · V Revenue ·") })
    #expect(placed.contains { $0.contains("S PaymentSaga order-1 started awaitingPayment") })
    #expect(placed.contains(" later    → #3 PaymentRequested"))
    let held = try lines(.state, of: 4).joined(separator: "\n")
    #expect(held.contains(" changed  A Order order-1  v3 ~ status paying → onHold"))
    #expect(held.contains("+ hold card_declined"))
    #expect(held.contains("because  C HoldOrder ← S PaymentSaga order-1"))
    #expect(held.contains("← #4 PaymentDeclined ← C DeclinePayment ← you"))
    #expect(held.contains("later    nothing follows from it"))
    #expect(try lines(.state, of: 7).joined().contains("- hold card_declined"))
  }

  @Test func `an event that nobody handles says so`() throws {
    let asked = try lines(.state, of: 2).joined()
    #expect(asked.contains("reacted  nobody:"))
    #expect(asked.contains("no view, saga or adapter handles PaymentRequested"))
  }

  @Test func `the State tab of a timer shows its effect on the saga`() throws {
    let fired = try lines(.state, of: 6)
    #expect(fired[0].hasPrefix("T retry fired  PaymentSaga/order-1"))
    #expect(fired.contains { $0.contains("by   user") })
    #expect(fired.contains("~ status    \"declined\" → \"retrying\""))
  }

  @Test func `the Diff tab lists aggregates, views, sagas and timers`() throws {
    let placed = try lines(.diff, of: 0)
    #expect(placed.contains("A Order/order-1"))
    #expect(placed.contains("V OrderBoard order-1"))
    #expect(placed.contains("  + status   placed"))
    #expect(placed.contains("V Revenue GBP"))
    #expect(placed.contains("S PaymentSaga/order-1"))
    #expect(placed.contains("T timeout of PaymentSaga/order-1"))
    #expect(placed.contains("  + armed, due 09:05:00.000  in 5m"))
    let captured = try lines(.diff, of: 9)
    #expect(captured.contains("  ~ status retrying → paid"))
    #expect(captured.contains("  - no longer armed"))
    #expect(try lines(.diff, of: 14).contains("  ~ status onItsWay → delivered"))
  }

  @Test func `the Cause tab leads from the root through the event to its effects`() throws {
    let tree = try lines(.cause, of: 2)
    #expect(tree[0].hasPrefix("C PlaceOrder by user"))
    #expect(tree[1].hasPrefix("└─E #1 OrderCreated order-1"))
    #expect(tree[2].hasPrefix("  └─S PaymentSaga/order-1 started"))
    #expect(tree[4].contains("E #3 PaymentRequested pay-1 ◄"))
    let later = try lines(.cause, of: 7)
    #expect(later.contains { $0.contains("T retry fired") && $0.hasSuffix("+30s") })
    let effects = try lines(.cause, of: 0)
    #expect(effects.contains { $0.contains("├─V OrderBoard") })
    #expect(effects.contains { $0.contains("└─T timeout armed, due 09:05:00") })
  }

  @Test func `what comes of an event after the time cursor is said to be later`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).type("do PlaceOrder customer=c-1 total:=5")
    // The line at the bottom says what the command led to.
    func panes() -> String { pilot.lines.dropLast(2).joined(separator: "\n") }
    #expect(!panes().contains("S PaymentSaga order-1 started"))
    try pilot.type("goto #1.0").press("1 k")
    #expect(!panes().contains("S PaymentSaga order-1 started"))
    try pilot.press("2 ]")
    #expect(!pilot.text.contains("+ status    \"awaitingPayment\""))
    try pilot.press("L")
  }

  @Test func `the Cause tab names a cause that is not in the log`() throws {
    var session = try Stage.session([])
    let text =
      #"{"id":"b","type":"OrderCreated","source":"old","causedById":"gone","causedByType":"X","#
      + #""stream":"orders","domainId":"order-9","createdAt":1,"data":{}}"# + "\n"
      + #"{"id":"c","type":"OrderPaid","source":"old","causedById":"b","causedByType":"X","#
      + #""stream":"orders","domainId":"order-9","createdAt":2,"data":{}}"# + "\n"
    try session.importEvents(Array(text.utf8))
    let tree = try lines(.cause, of: 1, session)
    #expect(tree[0] == "cause not in store: gone")
    #expect(tree[1].hasPrefix("E #1 OrderCreated order-9 imported"))
    #expect(tree[2].hasPrefix("└─E #2 OrderPaid order-9"))
    #expect(try lines(.cause, of: 0, session).contains { $0.contains("└─E #2 OrderPaid") })
  }

  @Test func `the Deliveries tab is a table in declaration order`() throws {
    let table = try lines(.deliveries, of: 9)
    #expect(table[0].hasPrefix("consumer       outcome"))
    #expect(table[1].hasPrefix("V OrderBoard   · no handler for PaymentSucceeded"))
    #expect(table[2].hasPrefix("S PaymentSaga  ✓ handled") && table[2].hasSuffix("j27"))
    #expect(try lines(.deliveries, of: 6)[0].contains("this row is no event"))
  }

  @Test func `the Raw tab shows eight headers, the exact body and its first bytes`() throws {
    let raw = try lines(.raw, of: 0)
    #expect(raw[0] == "headers")
    #expect(raw[1] == "  type          OrderCreated")
    #expect(raw[8].hasPrefix("  traceparent"))
    #expect(raw.contains { $0.hasPrefix("  {\"id\":\"") })
    #expect(raw.contains { $0.hasPrefix("  0000  7b 22 69 64 22 3a 22") })
    #expect(raw.count == Stage.lines(try rawModel(), columns: 58).count)
  }

  private func rawModel() throws -> Model {
    var model = try Stage.model()
    model.tail.list.select(0, count: model.tail.count)
    model.event.tab = .raw
    return model
  }

  @Test func `a folded member takes one line`() {
    let value: JSON = ["a": ["b": 1, "c": [1, 2]], "d": 2]
    #expect(JSONTree(value, root: "data").lines.count == 6)
    let folded = JSONTree(value, root: "data", folded: ["data.a"]).lines
    #expect(folded.map(\.text.string) == ["  ▸ a  {…} 2 members", "  d  2"])
    #expect(folded[0].foldPath == "data.a")
  }

  @Test func `scrolling stops at the last line`() throws {
    var model = try rawModel()
    model.event.text.scroll = 100_000
    let drawn = Stage.inspect(model, rows: 9)
    #expect(drawn.rows[7].contains("0038") || drawn.rows[7].contains("00"))
    #expect(drawn.rows[8].contains(" of "))
  }
}
