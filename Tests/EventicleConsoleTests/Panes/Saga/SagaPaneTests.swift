import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

@Suite struct SagaPaneTests {
  private static let declined = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s", "do DeclinePayment paymentId=pay-1",
  ]

  private static func stage(_ more: String...) throws -> SagaPaneFixture {
    var stage = try SagaPaneFixture()
    for line in declined + more { stage.run(line) }
    return stage
  }

  @Test func `a declined payment is drawn with its timers at 80 columns`() throws {
    var stage = try Self.stage()
    let rows = stage.rows(.saga, stage.model(80, 20), focused: true)
    #expect(
      rows == [
        "┏4 Saga  PaymentSaga order-1  declined  2 steps · 2 s · 2 timers━━━━━━━━━━━━━━━┓",
        "┃ awaitingPayment → ▐declined▌ ┄ retrying · paid · failed · expired            ┃",
        "┃───────────────────────┬─────────────────────────┬────────────────────────────┃",
        "┃ came in               │ became                  │ sent · armed               ┃",
        "┃ #1 OrderCreated ──────│ 1 awaitingPayment       │                            ┃",
        "┃   09:00:00            │   orderId  + order-1    │ → RequestPayment  #3       ┃",
        "┃                       │   amount   + 59         │ T timeout 5m ────────────┐ ┃",
        "┃                       │   currency + GBP        │                          │ ┃",
        "┃                       │   attempts + 0          │                          │ ┃",
        "┃                       │                         │                          │ ┃",
        "┃►#4 PaymentDeclined ───│ 2 declined              │                          │ ┃",
        "┃   +2s                 │   attempts 0 → 1        │ → HoldOrder  #5          │ ┃",
        "┃                       │                         │ T retry 30s ───────────┐ │ ┃",
        "┃┄┄┄┄ not yet happened ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┊┄┊┄┃",
        "┃ will fire  retry    in 30s    09:00:32 → ResumeOrder, RequestPayment ◄┄┄┄┘ ┊ ┃",
        "┃ will fire  timeout  in 4m58s  09:05:00 → CancelOrder, ends ◄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┘ ┃",
        "┃ waits for  PaymentDeclined  PaymentSucceeded                                 ┃",
        "┃                                                                              ┃",
        "┃                                                                              ┃",
        "┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ step 2 of 2 ┛",
      ])
  }

  @Test func `steps after the moment are dim, below a rule, with dotted rails`() throws {
    var stage = try Self.stage("clock +30s", "goto #3")
    let model = stage.model(80, 24)
    let rows = stage.rows(.saga, model)
    #expect(rows[0].contains("awaitingPayment  1 step · 1 timer"))
    #expect(
      rows[1] == "│ ▐awaitingPayment▌ ┄ declined ┄ retrying                                      │")
    #expect(rows[4].hasPrefix("│►#1 OrderCreated ──────│ 1 awaitingPayment"))
    #expect(rows[9].hasPrefix("│┄┄┄┄ later ┄┄┄"))
    #expect(rows[10].hasPrefix("│┊#4 PaymentDeclined ┄┄┄│ 2 declined"))
    #expect(rows[12].hasSuffix("│ T retry 30s ┄┄┄┄┄┄┄┄┄┄┄┐ ┊ │"))
    #expect(rows[13].hasPrefix("│┊T retry fired ┄┄┄┄┄┄┄┄│ 3 retrying              │ ◄┄┄┄┄"))
    #expect(!rows.contains { $0.contains("will fire") || $0.contains("waits for") })
    let buffer = stage.draw(.saga, model)
    #expect(buffer[2, 10].style.overlay == .timeFuture)
    #expect(buffer[2, 4].style.overlay == nil)
  }

  @Test func `the rail of a timer is closed where it fires`() throws {
    var stage = try Self.stage("clock +30s")
    let rows = stage.rows(.saga, stage.model(80, 24))
    #expect(rows.contains { $0.hasSuffix("│ T retry 30s ───────────┐ │ │") })
    #expect(rows.contains { $0.hasPrefix("│►T retry fired ────────│ 3 retrying") })
    #expect(rows.contains { $0.hasSuffix("│ ◄──────────────────────┘ │ │") })
    #expect(rows.contains { $0.contains("│ → RequestPayment  #7     │ │") })
  }

  @Test func `an ended saga waits for nothing`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do CapturePayment paymentId=pay-1")
    let rows = stage.rows(.saga, stage.model(80, 20))
    #expect(rows[0].hasPrefix("┌4 Saga  PaymentSaga order-1  paid ■  2 steps──"))
    #expect(rows[1].hasPrefix("│ awaitingPayment → ▐paid▌ ■   "))
    #expect(rows.contains { $0.contains("│ 2 paid  ■ ended ") })
    #expect(rows.contains { $0.hasSuffix("│ T timeout off ◄──────────┘ │") })
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
    #expect(first[0].contains("PaymentSaga order-1  declined  2 steps · 2 timers"))
    #expect(second[0].contains("PaymentSaga order-2  awaitingPayment  1 step · 1 timer"))
    #expect(!second.contains { $0.contains("#5 PaymentDeclined") || $0.contains("order-1") })
  }

  @Test func `before the saga starts, all its steps are later`() throws {
    var stage = try SagaPaneFixture("do PlaceOrder customer=c-19 total:=59", "goto start")
    let rows = stage.rows(.saga, stage.model(80, 20))
    #expect(rows[0].contains("not started"))
    #expect(rows[1].hasPrefix("│  ┄ awaitingPayment "))
    #expect(rows[4].contains("later"))
    #expect(rows[19].hasSuffix(" step 0 of 1 ┘"))
    // Its timer is still armed at the end of what is recorded.
    #expect(rows[9].hasSuffix("┊ │"))
  }

  @Test func `a cron timer stays armed after it has fired`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do CapturePayment paymentId=pay-1", "clock +2d")
    let model = stage.model(80, 24) {
      $0.saga.subject = .instance(SagaKey("ShippingSaga", "saga-2"))
    }
    let rows = stage.rows(.saga, model)
    #expect(rows.contains { $0.hasSuffix("│ T poll 0 4 * * * ────────┐ │") })
    #expect(rows.count { $0.hasSuffix("◄────────────────────────┤ │") } == 2)
    #expect(rows.contains { $0.contains("will fire  poll  in 19h  04:00:00 +1d ◄┄┄") })
  }

  @Test func `drawing a saga of many steps costs the rows on screen`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do CapturePayment paymentId=pay-1", "clock +300d")
    let key = SagaKey("ShippingSaga", "saga-2")
    let count = stage.session.moment.timeline.steps(
      of: key, upTo: stage.session.moment.timeline.last
    ).all
    #expect(count > 200)
    for step in [1, 2, count / 2, count] {
      let model = stage.model(80, 24) {
        $0.saga.subject = .instance(key)
        $0.saga.aim = step
      }
      let rows = stage.rows(.saga, model, focused: true)
      #expect(rows.contains { $0.hasPrefix("┃►") && $0.contains("│ \(step) ") }, "\(step)")
      #expect(rows.contains { $0.contains("step \(step) of \(count)") }, "\(step)")
      #expect(stage.meter.entriesRead + stage.meter.eventsRead < 300, "\(step)")
      // The poll is armed all along, so its rail is drawn in every window.
      #expect(rows.contains { $0.hasSuffix("┤ │") || $0.hasSuffix("│ │") }, "\(step)")
    }
  }

  @Test func `whole states replace changes`() throws {
    var stage = try Self.stage()
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
    var stage = try Self.stage()
    let rows = stage.rows(.saga, stage.model(44, 24))
    #expect(rows[1].hasPrefix("│ … → ▐declined▌ ┄ retrying · paid · faile…"))
    #expect(rows[3].hasPrefix("│ #1 OrderCreated  09:00:00  from you"))
    #expect(rows[4].hasPrefix("│   1 awaitingPayment"))
    #expect(rows.contains { $0.hasPrefix("│   → RequestPayment  #3") })
    #expect(rows.contains { $0.contains("│   T retry 30s ───────────────────────┐ │ │") })
    #expect(rows.contains { $0.hasPrefix("│►#4 PaymentDeclined  +2s  from you") })
  }

  @Test func `in a wide pane a step says who made its event`() throws {
    var stage = try Self.stage()
    let rows = stage.rows(.saga, stage.model(110, 20))
    #expect(rows.contains { $0.hasPrefix("│   09:00:00  from you ") })
    #expect(rows.contains { $0.contains("│   orderId   + \"order-1\"") })
  }

  @Test func `failures and rejections are shown in full, and what was kept`() throws {
    var stage = try SagaPaneFixture(
      "emit work Begun w id=1", "emit work Refused w id=1", "emit work Broken w id=1",
      domain: SagaPaneFixture.workbench)
    let model = stage.model(80, 30) { $0.saga.subject = .instance(SagaKey("Work", "saga-1")) }
    let buffer = stage.draw(.saga, model)
    let rows = SagaPaneFixture.text(of: buffer)
    let text = rows.joined(separator: "\n")
    #expect(text.contains("✗ 1 failed"))
    #expect(text.contains("│ → Refuse ! refused"))
    #expect(text.contains("The shelf is"))
    #expect(text.contains("│ 3 ✗ failed"))
    #expect(text.contains("│   The drill is broken "))
    #expect(text.contains("│   and nobody has brought"))
    #expect(text.contains("│   another one. "))
    #expect(text.contains("nothing of it was kept"))
    let row = try #require(rows.firstIndex { $0.contains("3 ✗ failed") })
    let column = try #require((0..<80).first { buffer[$0, row].glyph.text == "✗" })
    #expect(buffer[column, row].style.role == .statusError)
  }

  @Test func `timers without a rail are counted`() throws {
    var stage = try SagaPaneFixture(
      "emit work Begun w id=1 many:=true", domain: SagaPaneFixture.workbench)
    let model = stage.model(80, 30) { $0.saga.subject = .instance(SagaKey("Work", "saga-1")) }
    let text = stage.rows(.saga, model).joined(separator: "\n")
    #expect(text.contains("│ T d 20s  +1 T"))
    #expect(text.contains("│ T e 10s  +2 T"))
  }

  @Test func `the step stood on is visible for any scroll position`() throws {
    var stage = try Self.stage("clock +30s")
    for (step, scroll) in [(1, 0), (1, 900), (2, 0), (2, 900), (3, 0), (3, 900)] {
      let model = stage.model(80, 9) {
        $0.saga.aim = step
        $0.saga.scroll = scroll
      }
      let rows = stage.rows(.saga, model)
      #expect(
        rows.contains { $0.hasPrefix("│►") && $0.contains("│ \(step) ") }, "\(step) \(scroll)")
    }
  }

  @Test func `lines report the rows in which they are drawn`() throws {
    let stage = try Self.stage("clock +30s")
    let model = stage.model(80, 24)
    let history = model.shown.history(of: SagaPaneFixture.payment)
    var meter = WorkMeter()
    let facts = SagaFacts(history, model.shown, withAuthors: false, &meter)
    let lines = SagaLines.make(
      history, facts, model.context(of: .saga), width: 78, isSpacious: false,
      showsWholeState: false)
    #expect(lines.rows.map(\.lowerBound) == [0, 5, 8])
    #expect(lines.lines.count == 14)
  }
}
