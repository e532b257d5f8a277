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
    try journey.wait(for: "start here")
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
    try journey.wait(for: "start here")
    try placeOrder(journey, "c-19")
    journey.send(":save mine.eventicle<Enter>")
    try journey.wait(for: "saved mine.eventicle")
    let other = try open(["--store", "mine.eventicle"])
    try other.wait(for: "FOLLOWS pid")
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
    try again.wait(for: "start here")
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
}
