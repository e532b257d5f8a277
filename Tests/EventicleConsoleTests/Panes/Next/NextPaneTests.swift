import EventicleCore
import Testing

@testable import EventicleConsole

@Suite struct NextPaneTests {
  @Test func `armed timers are listed above waiting deliveries`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1", "clock +1s",
      "hold", "do PlaceOrder customer=c-20 total:=12")
    let rows = stage.rows(.timers, stage.model(66, 12))
    #expect(rows[0].hasPrefix("┌6 Timers and queue──"))
    #expect(rows[1].hasPrefix("│ timers"))
    #expect(rows[1].hasSuffix(" 2 │"))
    #expect(rows[2].hasPrefix("│   09:00:30 in 29s    PaymentSaga/order-1  T retry 30s"))
    #expect(rows[3].hasPrefix("│   09:05:00 in 4m59s  PaymentSaga/order-1  T timeout 5m"))
    #expect(rows[4].hasPrefix("│ queue"))
    #expect(rows[5].hasPrefix("│  ►#6 OrderCreated → V OrderBoard"))
    #expect(rows[6].hasPrefix("│   #6 OrderCreated → V Revenue"))
  }

  @Test func `a cron timer is marked as one`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do CapturePayment paymentId=pay-1")
    let rows = stage.rows(.timers, stage.model(76, 8))
    #expect(
      rows[2].contains("04:00:00 +1d in 19h  ShippingSaga/order-1  T poll cron 0 4 * * *"))
  }

  @Test func `narrow panes keep the name and the remaining time`() throws {
    var stage = try SagaPaneFixture("do PlaceOrder customer=c-19 total:=59")
    let rows = stage.rows(.timers, stage.model(28, 8))
    #expect(rows[2] == "│   in 5m T timeout order… │")
  }

  @Test func `parked work shows its reason`() throws {
    var stage = try SagaPaneFixture(
      "emit work Begun w id=1", "emit work Broken w id=1", domain: SagaPaneFixture.workbench)
    let model = stage.model(70, 10)
    let rows = stage.rows(.timers, model)
    #expect(rows.contains { $0.hasPrefix("│ ✗ #2 Broken → S Work  The drill is broken") })
    let row = rows.firstIndex { $0.contains("✗ #2") } ?? 0
    #expect(stage.draw(.timers, model)[26, row].style.role == .statusError)
  }

  @Test func `empty groups are marked as empty`() throws {
    var stage = try SagaPaneFixture()
    let rows = stage.rows(.timers, stage.model(40, 8))
    #expect(rows[2].contains("no timer is armed"))
    #expect(rows[4].contains("nothing waits"))
  }
}
