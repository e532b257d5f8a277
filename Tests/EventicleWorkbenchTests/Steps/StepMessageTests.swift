import CoreSupport
import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What lines and steps come to, in the words of the message line.
@Suite struct StepMessageTests {
  /// A session in which some lines were run.
  private static func session(_ lines: String...) throws -> Session {
    var session = try Session(.shop)
    for line in lines { #expect(session.run(line).problem == nil, "\(line)") }
    return session
  }

  private static let declined = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s",
    "do DeclinePayment paymentId=pay-1 reason=card_declined",
  ]

  @Test func `a command says what it appended and what the sagas did`() throws {
    var session = try Session(.shop)
    #expect(
      session.run("do PlaceOrder customer=c-19 total:=59").message
        == "C PlaceOrder → #1 #2 · S PaymentSaga order-1 started, sent → #3, timeout 5m")
    #expect(session.run("clock +2s").message == "clock +2s, 09:00:02")
    #expect(
      session.run("do DeclinePayment paymentId=pay-1 reason=card_declined").message
        == "C DeclinePayment → #4 · S PaymentSaga order-1 awaitingPayment → declined, "
        + "sent → #5, retry 30s")
    #expect(
      session.run("fire").message
        == "T retry fired: clock +30s, 09:00:32 · PaymentSaga order-1 declined → retrying · "
        + "sent ResumeOrder → #6, RequestPayment → #7")
  }

  @Test func `a refusal says what was refused and why`() throws {
    var session = try Self.session(
      "do PlaceOrder customer=c-19 total:=59", "do CapturePayment paymentId=pay-1")
    let reply = session.run("do CapturePayment paymentId=pay-1")
    let reason =
      "pay-1 is succeeded; only a payment that is requested can be captured."
    #expect(reply.problem?.message == reason)
    #expect(reply.message == "! CapturePayment refused: \(reason)")
  }

  @Test func `a delivery says who did what`() throws {
    var session = try Self.session("hold", "do PlaceOrder customer=c-19 total:=59")
    let messages = (0..<5).map { _ in session.run("step delivery").message }
    #expect(
      messages == [
        "#1 OrderCreated → V OrderBoard: order-1 new: customer c-19, total 59, currency GBP, "
          + "status placed, 2 more · 3 wait",
        "#1 OrderCreated → V Revenue: GBP new: orders 1, ordered 59, paid 0 · 2 wait",
        "#1 OrderCreated → S PaymentSaga: started order-1 · sent RequestPayment → #3 · "
          + "armed timeout 5m · 1 waits",
        "#2 OrderPriced → V OrderBoard: order-1 status placed → paying",
        "nothing waits, 5 consumers up to date · t fires timeout (in 5m) · : gives a command",
      ])
  }

  @Test func `a step of a saga says from which state to which, and what it sent and armed`()
    throws
  {
    var session = try Self.session(Self.declined[0], "hold", Self.declined[1], Self.declined[2])
    _ = session.run("step delivery")
    #expect(
      session.run("step saga PaymentSaga").message
        == "#4 PaymentDeclined → S PaymentSaga order-1: awaitingPayment → declined · "
        + "attempts 0 → 1 · sent HoldOrder → #5 · armed retry 30s · 1 waits")
    #expect(
      session.run("back delivery").message
        == "before #4 PaymentDeclined → S PaymentSaga order-1 · it is awaitingPayment · "
        + "attempts 0 · 1 waits")
  }

  @Test func `the end of a saga and its timers are said`() throws {
    var session = try Self.session(Self.declined[0], "hold")
    _ = session.run("do CapturePayment paymentId=pay-1")
    #expect(
      session.run("step saga PaymentSaga").message
        == "#4 PaymentSucceeded → S PaymentSaga order-1: awaitingPayment → paid, ended · "
        + "sent MarkOrderPaid → #5 · timeout off · 4 wait")
  }

  @Test func `what nobody hears is said first`() throws {
    var session = try Self.session(Self.declined[0], "clock +1h")
    let message = session.run("do CapturePayment paymentId=pay-1").message
    #expect(
      message == "! C CapturePayment → #5 · nobody hears it: PaymentSaga has ended", "\(message)")
    _ = session.run("back 1; step delivery")
    #expect(
      session.run("step saga PaymentSaga").message.isEmpty == false)
  }

  @Test func `an event says why it is there and what it made of its aggregate`() throws {
    var session = try Self.session(Self.declined[0], Self.declined[1], Self.declined[2])
    #expect(
      session.run("goto #5").message
        == "#5 OrderOnHold order-1 by PaymentSaga ← #4 · Order order-1 paying → onHold")
    #expect(
      session.run("back").message
        == "#4 PaymentDeclined pay-1 by you: DeclinePayment · Payment pay-1 requested → declined · 1 waits"
    )
    #expect(
      session.run("goto start").message == "this is the start: nothing has happened yet")
  }

  @Test func `stopping and going on say where`() throws {
    var session = try Session(.shop)
    #expect(
      session.run("hold").message
        == "HELD at #0: events are still written, nothing is delivered until i")
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    #expect(
      session.run("release").message
        == "LIVE: 4 deliveries done, #2 → #3.1 · S PaymentSaga order-1 started, sent → #3, timeout 5m"
    )
  }

  @Test func `where there is no room, fields go first, then lists become counts`() {
    var message = StepMessage("#4 A → S B order-1: x → y")
    message.parts = [
      .fields(["attempts 0 → 1"]), .list("sent", ["Hold → #5", "Tell → #6"]),
      .list("armed", ["retry 30s"]), .words("timeout off"),
    ]
    #expect(
      message.texts == [
        "#4 A → S B order-1: x → y · attempts 0 → 1 · sent Hold → #5, Tell → #6 · "
          + "armed retry 30s · timeout off",
        "#4 A → S B order-1: x → y · sent Hold → #5, Tell → #6 · armed retry 30s · timeout off",
        "#4 A → S B order-1: x → y · 2 sent · 1 armed · timeout off",
        "#4 A → S B order-1: x → y · timeout off", "#4 A → S B order-1: x → y",
      ])
  }

  @Test(arguments: seeds(20))
  func `every line and every step of a random story has its words`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var session = try Session(.shop, seed: seed)
    let lines = [
      "do PlaceOrder customer=c-1 total:=59", "do DeclinePayment paymentId=pay-1 reason=no",
      "clock +30s", "do CapturePayment paymentId=pay-1", "fire", "hold", "release", "live",
      "step delivery", "back delivery", "step", "back", "back 3", "goto 50%",
      "emit orders OrderCancelled order-1 reason=x",
    ]
    for _ in 0..<30 {
      let line = random.pick(lines)
      let reply = session.run(line)
      #expect(!reply.message.isEmpty || reply.problem != nil, "\(line)")
      #expect(!reply.message.contains("  ") && !reply.message.hasSuffix(" "), "\(reply.message)")
      #expect(reply.shorter.allSatisfy { $0.count < reply.message.count }, "\(line)")
    }
  }
}
