import EventicleCore
import Testing

@testable import EventicleConsole

@Suite struct NextPaneTests {
  @Test func `what waits is listed in the order of delivery, above the armed timers`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1", "clock +1s",
      "hold", "do PlaceOrder customer=c-20 total:=12")
    let rows = stage.rows(.next, stage.model(66, 12))
    #expect(rows[0].hasPrefix("┌5 Next  queue 4 · timers 2──"))
    #expect(rows[1].hasPrefix("│ queue, in the order of delivery"))
    #expect(rows[2].hasPrefix("│  ►#6 OrderCreated → V OrderBoard"))
    #expect(rows[3].hasPrefix("│   #6 OrderCreated → V Revenue"))
    #expect(rows[6].hasPrefix("│ timers"))
    #expect(rows[7].hasPrefix("│   in 29s    09:00:30  T retry  PaymentSaga order-1 30s"))
    #expect(rows[8].hasPrefix("│   in 4m59s  09:05:00  T timeout  PaymentSaga order-1 5m"))
  }

  @Test func `a cron timer is marked as one`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do CapturePayment paymentId=pay-1")
    let rows = stage.rows(.next, stage.model(76, 8))
    #expect(
      rows[4].contains("in 19h  04:00:00 +1d  T poll  ShippingSaga order-1 cron 0 4 * * *"))
  }

  @Test func `narrow panes keep the name and the remaining time`() throws {
    var stage = try SagaPaneFixture("do PlaceOrder customer=c-19 total:=59")
    let rows = stage.rows(.next, stage.model(28, 8))
    #expect(rows[4] == "│   in 5m  T timeout orde… │")
  }

  @Test func `parked work shows its reason`() throws {
    var stage = try SagaPaneFixture(
      "emit work Begun w id=1", "emit work Broken w id=1", domain: SagaPaneFixture.workbench)
    let model = stage.model(70, 10)
    let rows = stage.rows(.next, model)
    #expect(rows.contains { $0.hasPrefix("│ ✗ #2 Broken → S Work  The drill is broken") })
    let row = rows.firstIndex { $0.contains("✗ #2") } ?? 0
    #expect(stage.draw(.next, model)[26, row].style.role == .statusError)
  }

  @Test func `empty groups are marked as empty`() throws {
    var stage = try SagaPaneFixture()
    let rows = stage.rows(.next, stage.model(40, 8))
    #expect(rows[2].contains("empty: nothing waits"))
    #expect(rows[4].contains("none is armed"))
  }
}
