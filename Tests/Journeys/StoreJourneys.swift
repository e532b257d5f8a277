import Foundation
import TestSupport
import Testing

/// What is left of a session that a store keeps.
@Suite(.serialized, .timeLimit(.minutes(5))) struct StoreJourneys {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ arguments: [String] = []) throws -> Journey {
    try Journey(
      ProgramUnderTest.path(), ["--at", "2026-01-01T09:00:00Z"] + arguments,
      environment: [
        "TERM": "xterm-256color", "HOME": folder.path, "XDG_STATE_HOME": folder.file("state"),
      ], columns: 100, directory: folder.path)
  }

  private func placeOrder(_ journey: Journey, _ customer: String) throws {
    journey.send(":do PlaceOrder customer=\(customer) total:=59<Enter>")
    try journey.wait("the events of the order") {
      $0.contains("PaymentRequested") && !$0.contains(":do PlaceOrder")
    }
  }

  @Test func `what was answered is there after the program was killed`() throws {
    let journey = try open(["--store", "shop.eventicle"])
    try journey.wait(for: "1 Start")
    try placeOrder(journey, "c-19")
    // The console itself, which would else end its work with the store.
    let console = try #require(LiveProcess.firstChild(of: journey.process))
    kill(console.pid, SIGKILL)
    try journey.waitUntilNobodyIsLeft()

    let again = try open(["--store", "shop.eventicle"])
    try again.wait(for: "PaymentRequested")
    again.send("q")
    try again.expectCleanEnd(.exited(code: 0))
  }

  @Test func `a session in memory becomes a store, which one program writes at a time`() throws {
    let journey = try open()
    try journey.wait(for: "1 Start")
    try placeOrder(journey, "c-19")
    journey.send(":save mine.eventicle<Enter>")
    try journey.wait(for: "saved mine.eventicle")
    let other = try open(["--store", "mine.eventicle"])
    try other.wait(for: "READ ONLY pid")
    other.send("q")
    try other.expectCleanEnd(.exited(code: 0))
    journey.send(":do PlaceOrder customer=c-20 total:=60<Enter>")
    try journey.wait(for: "order-2")
    journey.send(":backup copy.eventicle<Enter>")
    try journey.wait(for: "copy.eventicle has all")
    // Nothing is unsaved, so leaving asks nothing.
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))

    let again = try open()
    try again.wait(for: "1 Start")
    again.send(":backup copy.eventicle<Enter>")
    try again.wait(for: "backup copies the store")
    again.send("<Esc>")
    try again.wait("the prompt is closed") { !$0.contains("backup copies the store") }
    again.send(":open copy.eventicle<Enter>")
    try again.wait(for: "opened copy.eventicle")
    try again.wait(for: "order-2")
    again.send(":open mine.eventicle<Enter>")
    try again.wait(for: "opened mine.eventicle")
    try again.wait(for: "order-2")
    again.send("q")
    try again.expectCleanEnd(.exited(code: 0))
  }

  @Test func `a filter, the past and a fork are there when the store is opened again`() throws {
    let journey = try open(["--store", "shop.eventicle"])
    try journey.wait(for: "1 Start")
    try placeOrder(journey, "c-19")
    journey.send(":fork late-pay<Enter>")
    try journey.wait(for: "shop   late-pay")
    journey.send(":do CapturePayment paymentId=pay-1<Enter>")
    try journey.wait("the payment in the fork") {
      $0.contains("OrderPaid") && !$0.contains(":do CapturePayment")
    }
    journey.send(":switch main<Enter>")
    try journey.wait(for: "LIVE")
    journey.send(":filter type:Order*<Enter>")
    try journey.wait(for: "/type:Order*  only these")
    journey.send(",")
    try journey.wait(for: "PAST")
    // Nothing asks about the lines of the fork, because they are kept.
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))

    let again = try open(["--store", "shop.eventicle"])
    try again.wait(for: "as you left it")
    try again.wait("the past, the filter and the fork") {
      $0.contains("PAST") && $0.contains("/type:Order*") && $0.contains("1 fork")
    }
    again.send(":switch late-pay<Enter>")
    try again.wait("the fork as it was") {
      $0.contains("shop   late-pay") && $0.contains("OrderPaid")
    }
    again.send("q")
    try again.expectCleanEnd(.exited(code: 0))
  }

  @Test func `a kill loses nothing of the session that was written, and the store opens`() throws {
    let journey = try open(["--store", "shop.eventicle"])
    try journey.wait(for: "1 Start")
    try placeOrder(journey, "c-19")
    journey.send(":filter type:Order*<Enter>")
    try journey.wait(for: "/type:Order*  only these")
    try journey.wait("the session on the disk") { _ in
      folder.text("shop.eventicle-session")?.contains("type:Order*") == true
    }
    journey.signal(SIGKILL)
    try journey.waitUntilNobodyIsLeft()
    let again = try open(["--store", "shop.eventicle"])
    try again.wait(for: "as you left it: only type:Order*")
    again.send("q")
    try again.expectCleanEnd(.exited(code: 0))
    _ = try folder.write("nonsense", to: "shop.eventicle-session")
    let damaged = try open(["--store", "shop.eventicle"])
    try damaged.wait(for: "shop.eventicle-session is not used: it is no session")
    try damaged.wait(for: "PaymentRequested")
    damaged.send("q")
    try damaged.expectCleanEnd(.exited(code: 0))
    #expect(folder.text("shop.eventicle-session-old") == "nonsense")
  }

  @Test func `the files that were opened last are offered by an empty console`() throws {
    let journey = try open(["--store", "shop.eventicle"])
    try journey.wait(for: "1 Start")
    try placeOrder(journey, "c-19")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
    let empty = try open()
    try empty.wait(for: "opened last")
    try empty.wait("the file with its domain and events") {
      $0.contains("shop.eventicle") && $0.contains("shop · today") && $0.contains("3 events")
    }
    empty.send("G<Enter>")
    try empty.wait(for: "shop.eventicle, 1 line")
    try empty.wait(for: "PaymentRequested")
    empty.send("q")
    try empty.expectCleanEnd(.exited(code: 0))
  }
}
