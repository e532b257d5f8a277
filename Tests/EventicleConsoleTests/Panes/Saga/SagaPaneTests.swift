import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

@Suite struct SagaPaneTests {
  @Test func `a declined payment is drawn with its timers at 80 columns`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1")
    let rows = stage.rows(.saga, stage.model(80, 19), focused: true)
    #expect(
      rows == [
        "┏4 Saga  PaymentSaga order-1  declined  2 steps  2 timers━━━━━━━━━━━━━━━━━━━━━━┓",
        "┃ came in                 │ became                    │ sent · armed           ┃",
        "┃─────────────────────────┼───────────────────────────┼────────────────────────┃",
        "┃ E #1 OrderCreated     ──┼►1 awaitingPayment         │                        ┃",
        "┃   09:00:00.000          │   orderId  + \"order-1\"    ├►C RequestPayment       ┃",
        "┃                         │   amount   + 59           ├►T timeout 5m ────────┐ ┃",
        "┃                         │   currency + \"GBP\"        │   due 09:05:00       ┊ ┃",
        "┃                         │   attempts + 0            │                      ┊ ┃",
        "┃                         │                           │                      ┊ ┃",
        "┃ E #4 PaymentDeclined  ──┼►2 declined         ◄ here │                      ┊ ┃",
        "┃   +0ms                  │   attempts 0 → 1          ├►C HoldOrder          ┊ ┃",
        "┃                         │                           ├►T retry 30s ───────┐ ┊ ┃",
        "┃                         │                           │   due 09:00:30     ┊ ┊ ┃",
        "┃                         │                           │                    ┊ ┊ ┃",
        "┃┄┄┄┄┄┄ not yet happened ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┊ ┊ ┃",
        "┃ waits for  E PaymentDeclined  E PaymentSucceeded                         ┊ ┊ ┃",
        "┃ will fire  T retry in 30s (09:00:30) ◄───────────────────────────────────┘ ┊ ┃",
        "┃            T timeout in 5m (09:05:00) ◄────────────────────────────────────┘ ┃",
        "┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ step 2 of 2 ┛",
      ])
  }

  @Test func `steps after the cursor are visible in the style of the future`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1", "clock +30s",
      "goto #3")
    let model = stage.model(80, 24)
    let rows = stage.rows(.saga, model)
    #expect(rows[0].contains("awaitingPayment  1 step  1 timer"))
    #expect(rows[3].contains("►1 awaitingPayment  ◄ here │"))
    #expect(rows[9].contains("┄ later ┄"))
    #expect(rows[12].hasPrefix("│ E #4 PaymentDeclined  ┄┄┼►2 declined"))
    #expect(rows[17].contains("│◄───────────────────┘ ┊"))
    #expect(rows[21].contains("will fire  T timeout in 5m (09:05:00) ◄───"))
    let buffer = stage.draw(.saga, model)
    #expect(buffer[2, 12].style.overlay == .timeFuture)
    #expect(buffer[2, 3].style.overlay == nil)
  }

  @Test func `one step back in time, the rail of a fired timer is still open`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1", "clock +30s")
    let now = stage.rows(.saga, stage.model(80, 22))
    #expect(now[12].hasSuffix("│   due 09:00:30     │ ┊ │"))
    #expect(now[13].hasPrefix("│╌╌╌╌╌╌ 30.0s idle ╌╌"))
    #expect(now[14].hasSuffix("►3 retrying         ◄ here │◄───────────────────┘ ┊ │"))
    stage.run("goto #5")
    let then = stage.rows(.saga, stage.model(80, 26))
    #expect(then.contains { $0.hasSuffix("│   due 09:00:30     ┊ ┊ │") })
  }

  @Test func `an ended saga waits for nothing`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do CapturePayment paymentId=pay-1")
    let rows = stage.rows(.saga, stage.model(80, 20))
    #expect(rows[0].hasPrefix("┌4 Saga  PaymentSaga order-1  paid ■  2 steps──"))
    #expect(rows.contains { $0.hasSuffix("├►T timeout cancelled ─┘ │") })
    #expect(rows.contains { $0.hasSuffix("│ ■ ended, kept          │") })
    #expect(rows.contains { $0.hasPrefix("│────── ended 09:00:00, kept ────") })
    #expect(!rows.contains { $0.contains("not yet happened") || $0.contains("waits for") })
  }

  @Test func `two instances have separate timelines`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do PlaceOrder customer=c-20 total:=12",
      "do DeclinePayment paymentId=pay-1")
    let first = stage.rows(.saga, stage.model(80, 20))
    let second = stage.rows(
      .saga,
      stage.model(80, 20) { $0.saga.subject = .instance(SagaKey("PaymentSaga", "saga-2")) })
    #expect(first[0].contains("PaymentSaga order-1  declined  2 steps  2 timers"))
    #expect(second[0].contains("PaymentSaga order-2  awaitingPayment  1 step  1 timer"))
    #expect(!second.contains { $0.contains("PaymentDeclined  ──") || $0.contains("order-1") })
  }

  @Test func `before the saga starts, all its steps are in the future`() throws {
    var stage = try SagaPaneFixture("do PlaceOrder customer=c-19 total:=59", "goto start")
    let rows = stage.rows(.saga, stage.model(80, 20))
    #expect(rows[0].contains("not started"))
    #expect(rows[3].contains("later"))
  }

  @Test func `a cron timer stays armed after it has fired`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do CapturePayment paymentId=pay-1", "clock +2d")
    let model = stage.model(80, 24) {
      $0.saga.subject = .instance(SagaKey("ShippingSaga", "saga-2"))
    }
    let rows = stage.rows(.saga, model)
    #expect(rows.contains { $0.hasSuffix("├►T poll 0 4 * * * ────┐ │") })
    #expect(rows.count { $0.hasSuffix("◄─────────────────────┤ │") } == 2)
    #expect(rows.contains { $0.contains("will fire  T poll in 19h (04:00:00 +1d) ◄──") })
  }

  @Test func `drawing a saga of many steps costs the rows on screen`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do CapturePayment paymentId=pay-1", "clock +300d")
    let key = SagaKey("ShippingSaga", "saga-2")
    let count = stage.session.moment.timeline.steps(
      of: key, upTo: stage.session.moment.timeline.last
    ).all
    #expect(count > 200)
    for step in [0, 1, count / 2, count - 1] {
      let model = stage.model(80, 24) {
        $0.saga.subject = .instance(key)
        $0.saga.step = step
      }
      let rows = stage.rows(.saga, model, focused: true)
      #expect(rows.contains { $0.contains("┼►\(step + 1) ") }, "\(step)")
      #expect(rows.contains { $0.contains("step \(step + 1) of \(count)") }, "\(step)")
      #expect(stage.meter.entriesRead + stage.meter.eventsRead < 300, "\(step)")
      // The poll is armed all along, so its rail is drawn in every window.
      #expect(step == 0 || rows.contains { $0.hasSuffix("┤ │") || $0.hasSuffix("│ │") }, "\(step)")
    }
  }

  @Test func `whole states replace changes`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1")
    let rows = stage.rows(.saga, stage.model(80, 30) { $0.saga.showsWholeState = true })
    #expect(rows.count { $0.contains("orderId  \"order-1\"") } == 2)
    #expect(rows.contains { $0.contains("status   \"declined\"") })
  }

  @Test func `deliveries waiting for the saga are at the bottom`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "hold", "do CapturePayment paymentId=pay-1")
    let rows = stage.rows(.saga, stage.model(80, 18))
    #expect(rows[16].hasPrefix("│ queue  ►"))
    #expect(rows[16].contains("→S PaymentSaga"))
  }

  @Test func `narrow panes stack the cells`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1")
    let rows = stage.rows(.saga, stage.model(44, 22))
    #expect(rows[1].hasPrefix("│1 E #1 OrderCreated  09:00:00.000"))
    #expect(rows[9].hasPrefix("│     due 09:05:00"))
    #expect(rows.contains { $0.contains("│  ►T retry 30s ───────────────────────┐ ┊ │") })
  }

  @Test func `failures and rejections are shown in full`() throws {
    var stage = try SagaPaneFixture(
      "emit work Begun w id=1", "emit work Refused w id=1", "emit work Broken w id=1",
      domain: SagaPaneFixture.workbench)
    let model = stage.model(80, 30) { $0.saga.subject = .instance(SagaKey("Work", "saga-1")) }
    let text = stage.rows(.saga, model).joined(separator: "\n")
    #expect(text.contains("✗ 1"))
    #expect(text.contains("├►C Refuse ✗"))
    #expect(text.contains("The shelf is"))
    #expect(text.contains("►3 ✗ failed"))
    #expect(text.contains("The drill is broken and"))
    #expect(text.contains("another one."))
  }

  @Test func `timers without a rail are counted`() throws {
    var stage = try SagaPaneFixture(
      "emit work Begun w id=1 many:=true", domain: SagaPaneFixture.workbench)
    let model = stage.model(80, 30) { $0.saga.subject = .instance(SagaKey("Work", "saga-1")) }
    let text = stage.rows(.saga, model).joined(separator: "\n")
    #expect(text.contains("►T d 20s  +1 T"))
    #expect(text.contains("►T e 10s  +2 T"))
  }

  @Test func `the selected step is visible for any scroll position`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1", "clock +30s")
    for (step, scroll) in [(0, 0), (0, 900), (1, 0), (1, 900), (2, 0), (2, 900)] {
      let model = stage.model(80, 9) {
        $0.saga.step = step
        $0.saga.scroll = scroll
      }
      let rows = stage.rows(.saga, model)
      #expect(rows.contains { $0.contains("┼►\(step + 1) ") }, "\(step) \(scroll)")
    }
  }

  @Test func `lines report the rows in which they are drawn`() throws {
    let stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1", "clock +30s")
    let model = stage.model(80, 24)
    let lines = SagaLines.make(
      model.shown.history(of: SagaPaneFixture.payment), model.context(of: .saga), width: 78,
      isSpacious: false, showsWholeState: false)
    #expect(lines.lines.count == 16)
    #expect(lines.rows.map(\.lowerBound) == [0, 5, 10])
  }
}
