import Foundation
import TestSupport
import Testing

/// What three people do with the console, key by key, as far as it can be done.
@Suite(.serialized, .timeLimit(.minutes(5))) struct PeopleJourneys {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ arguments: [String] = []) throws -> Journey {
    try Journey(
      ProgramUnderTest.path(), arguments,
      environment: [
        "TERM": "xterm-256color", "HOME": folder.path, "XDG_STATE_HOME": folder.file("state"),
      ], columns: 120, rows: 40, directory: folder.path)
  }

  private func place(_ journey: Journey) throws {
    try journey.wait(for: "1 Start")
    // The first row is the tour.
    journey.send("j<Enter>")
    try journey.wait("the order and the timer of its saga") {
      $0.contains("PaymentRequested") && $0.contains("T timeout 5m")
    }
  }

  @Test func `who explores learns what a domain does, and finds it again in a file`() throws {
    let journey = try open(["--at", "2026-01-01T09:00:00Z"])
    try place(journey)
    journey.send("k")
    try journey.wait(for: "2 Event #2")
    journey.send("gs")
    try journey.wait(for: "┏4 Saga  PaymentSaga order-1")
    journey.send("1ga")
    try journey.wait(for: "┏3 State  Order order-1")
    journey.send("<C-o>")
    try journey.wait(for: "┏1 Tail")
    journey.send("L:DeclinePayment paymentId=pay-1")
    try journey.wait("what the line would do") {
      $0.contains("if you press Enter") && $0.contains("awaitingPayment → declined")
    }
    journey.send("<Enter>")
    try journey.wait("the order on hold") {
      $0.contains("▼OrderOnHold") && !$0.contains("if you press Enter")
    }
    journey.send("t")
    try journey.wait(for: "T retry fired: clock +")
    journey.send(",,,")
    try journey.wait("the past") { $0.contains(" PAST ") && $0.contains("events later") }
    journey.send("L")
    try journey.wait(for: " LIVE ")
    journey.send("/type:Payment*<Tab>")
    try journey.wait(for: "Tab all rows")
    journey.send("<Enter>")
    try journey.wait(for: "/type:Payment*  only these")
    journey.send("<Esc>")
    try journey.wait(forGone: "only these")
    journey.send(":save shop.eventicle<Enter>")
    try journey.wait(for: "saved shop.eventicle")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))

    let again = try open(["--store", "shop.eventicle"])
    try again.wait("the history and its past") {
      $0.contains("▼OrderOnHold") && $0.contains("OrderResumed")
    }
    again.send("gg")
    try again.wait("the first moment") { $0.contains(" PAST ") && $0.contains("later") }
    again.send("q")
    try again.expectCleanEnd(.exited(code: 0))
  }

  @Test func `who debugs steps through a cascade and tries another way in a fork`() throws {
    let tape = """
      do PlaceOrder customer=c-19 total:=59
      clock +2s
      do DeclinePayment paymentId=pay-1
      """
    try folder.write(tape + "\n", to: "incident.tape")
    let journey = try open()
    try journey.wait(for: "1 Start")
    journey.send(":open incident.tape<Enter>")
    try journey.wait(for: "▼OrderOnHold")
    journey.send("/PaymentDeclined<Enter>")
    try journey.wait(for: "2 Event #4")
    journey.send("gs")
    try journey.wait(for: "┏4 Saga  PaymentSaga order-1")
    journey.send(":hold<Enter>")
    try journey.wait(for: " HELD ")
    journey.send(":CancelOrder orderId=order-1 reason=late<Enter>")
    try journey.wait("the queue") { $0.contains("↶OrderCancelled") && $0.contains("queue 2") }
    journey.send("i")
    try journey.wait(for: "OrderCancelled → V OrderBoard")
    journey.send("o")
    try journey.wait(for: "#6 and all that followed:")
    journey.send(":goto #3<Enter>w")
    try journey.wait(for: ":fork what-if-1")
    journey.send("<Enter>")
    try journey.wait(for: "fork what-if-1 left main at #3")
    journey.send(":CapturePayment paymentId=pay-1<Enter>")
    try journey.wait(for: "C CapturePayment → #4 · 1 waits")
    journey.send("o")
    try journey.wait("what followed in the fork") {
      $0.contains("#4 and all that followed:") && $0.contains("OrderPaid")
    }
    journey.send(":switch main<Enter>L")
    try journey.wait("main as it was") {
      $0.contains("↶OrderCancelled") && !$0.contains("OrderPaid")
    }
    journey.send(":q!<Enter>")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `who shows it to a team goes back, plays, and asks what if`() throws {
    let journey = try open(["demo", "--story"])
    try journey.wait(for: " HELD ")
    journey.send("gg")
    try journey.wait(for: " PAST ")
    journey.send("3")
    try journey.wait(for: "┏3 State  Order order-1")
    journey.send("1<Space>")
    try journey.wait("the past to go on by itself") { $0.contains("2 Event #5") }
    journey.send(",")
    try journey.wait(for: " PAST ")
    journey.send("7")
    try journey.wait(for: "┏7 Map  [Map]")
    journey.send("1:goto #3<Enter>w")
    try journey.wait(for: ":fork what-if-1")
    journey.send("<Enter>")
    try journey.wait(for: "fork what-if-1 left main at #3")
    journey.send("?")
    try journey.wait(for: "stop or go")
    journey.send("<Esc>")
    try journey.wait(forGone: "stop or go")
    journey.send(":q!<Enter>")
    try journey.expectCleanEnd(.exited(code: 0))
  }
}
