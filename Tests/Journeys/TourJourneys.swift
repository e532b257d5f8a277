import Foundation
import TestSupport
import Testing

/// Who shows event sourcing to a team, with the real program on a real pty.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TourJourneys {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(
    _ arguments: [String], columns: Int = 80, rows: Int = 24
  ) throws -> Journey {
    try Journey(
      ProgramUnderTest.path(), arguments,
      environment: [
        "TERM": "xterm-256color", "HOME": folder.path, "XDG_STATE_HOME": folder.file("state"),
      ], columns: columns, rows: rows, directory: folder.path)
  }

  /// A caption, a piece of its text, and what the screen shows once it is done.
  private struct Stop {
    let heading: String
    let text: String
    let shown: [String]

    init(_ heading: String, _ text: String, _ shown: String...) {
      (self.heading, self.text, self.shown) = (heading, text, shown)
    }
  }

  private static let shop = [
    Stop("An event is a fact", "it will never be changed.", "OrderCreated", "1 event later"),
    Stop("A stream is a list of facts", "or neither.", "┌▌orders", "└▌orders", "▌payments"),
    Stop("State is what the facts add up to", "it is there.", "Order order-1  paying", "paying"),
    Stop(
      "A command asks, and may be refused", "Nothing was written.", "! 1 refused", "!PlaceOrder"),
    Stop("A view adds up the same facts differently", "Revenue a row a currency.", "[Revenue]"),
    Stop("A saga waits", "Here comes the no.", "▼PaymentDeclined", "▐declined▌"),
    Stop("A timer is a promise", "the promise is kept.", "OrderResumed", "#7"),
    Stop("Fail, and make good", "takes back what it began.", "↶OrderCancelled", "#13"),
    Stop("Go back in time", "Nothing runs while we look.", "PAST", "11 events later"),
    Stop("What if?", "this time the card is good.", "what-if-1", "≠"),
    Stop("Replay proves it", "not one differs.", "what-if-1", "steps the same"),
    Stop("It is one file", "the past comes along.", "saved shop.eventicle"),
  ]

  private func waitForCaption(
    _ number: Int, of stops: [Stop], _ journey: Journey
  ) throws {
    let stop = stops[number - 1]
    // A narrow box breaks a line anywhere between words.
    let words = stop.text.split(separator: " ")
    let last = words.suffix(2).joined(separator: " ")
    try journey.wait("caption \(number)") { screen in
      screen.contains("\(number) of \(stops.count)") && screen.contains(stop.heading)
        && (screen.contains(last) || screen.contains(String(words.last ?? "")))
        && stop.shown.allSatisfy { screen.contains($0) }
    }
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `the tour goes from the first event to a file that opens`(columns: Int, rows: Int) throws {
    let journey = try open(["demo", "--typing", "fast"], columns: columns, rows: rows)
    try journey.wait(for: "The tour of the shop")
    for number in 1...Self.shop.count {
      journey.send("<Space>")
      // Every other caption is watched being typed; the rest is done at once.
      if number % 2 == 0 {
        try journey.wait(for: "\(number) of \(Self.shop.count)")
        journey.send("<Space>")
      }
      try waitForCaption(number, of: Self.shop, journey)
    }
    journey.send("<Space>")
    try journey.wait(for: "that was the last caption")
    journey.send("q")
    try journey.wait(for: "tour is over")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))

    let again = try open(["--store", "shop.eventicle"], columns: columns, rows: rows)
    try again.wait("the history in the file") { $0.contains("↶OrderCancelled") }
    again.send("9]")
    try again.wait("its fork") { $0.contains("what-if-1") }
    again.send("q")
    try again.expectCleanEnd(.exited(code: 0))
  }

  @Test func `a file of an earlier tour stays, and the next one gets a name of its own`() throws {
    try folder.write("mine\n", to: "shop.eventicle")
    let journey = try open(["demo", "--typing", "off"])
    try journey.wait(for: "The tour of the shop")
    for number in 1..<Self.shop.count {
      journey.send("<Space>")
      try waitForCaption(number, of: Self.shop, journey)
    }
    journey.send("<Space>")
    try journey.wait(for: "saved shop-2.eventicle")
    journey.send("q")
    try journey.wait(for: "tour is over")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
    #expect(folder.text("shop.eventicle") == "mine\n")
  }

  @Test func `somebody asks what if, and the tour goes on where it was left`() throws {
    let journey = try open(["--at", "2026-01-01T09:00:00Z"])
    try journey.wait(for: "Take the tour")
    journey.send("<Enter>")
    try journey.wait(for: "The tour of the shop")
    journey.send(":set typing=off<Enter>")
    try journey.wait(for: "typing off")
    for number in 1...6 {
      journey.send("<Space>")
      try waitForCaption(number, of: Self.shop, journey)
    }
    // What if the payment came after the timeout? The caption stays meanwhile.
    journey.send("w")
    try journey.wait(for: ":fork what-if-1")
    #expect(journey.terminal.contains("6 of 12"))
    journey.send("<Enter>")
    try journey.wait(for: " what-if-1 ")
    journey.send(":clock +5m<Enter>")
    try journey.wait(for: "↶OrderCancelled")
    journey.send(":CapturePayment paymentId=pay-2<Enter>")
    try journey.wait("the money that nobody waits for") { $0.contains("PaymentSucceeded") }
    journey.send("?")
    try journey.wait(for: "stop or go")
    journey.send("<Esc>")
    try journey.wait(forGone: "stop or go")
    journey.send("7")
    try journey.wait("the map, and the caption") { $0.contains("7 Map") && $0.contains("6 of 12") }
    // On main something happens too, and the tour is left.
    journey.send("1:switch main<Enter>")
    try journey.wait(forGone: " what-if-1 ")
    journey.send(":PlaceOrder customer=c-7 total:=5<Enter>")
    try journey.wait(for: "order-2")
    journey.send("q")
    try journey.wait(for: "tour is left at caption 6 of 12")
    journey.send(":present<Enter>")
    try journey.wait(for: "6 of 12")
    for number in 7...9 {
      journey.send("<Space>")
      try waitForCaption(number, of: Self.shop, journey)
    }
    #expect(journey.terminal.contains(" tour "))
    journey.send(":switch main<Enter>L")
    try journey.wait("what was done on main") { $0.contains("order-2") }
    journey.send(":q!<Enter>")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `any tape is presented, with its comments as captions`() throws {
    let tape = try #require(Repository.text(at: "examples/shop/demo.tape"))
    try folder.write(tape, to: "demo.tape")
    let journey = try open(["--present", "demo.tape", "--typing", "off"])
    try journey.wait(for: "Space shows the next one.")
    journey.send("<Space>")
    try journey.wait(for: "1 of ")
    try journey.wait(for: "on the way.")
    journey.send("<Space>")
    try journey.wait("the second caption") {
      $0.contains("The card is declined") && $0.contains("▼OrderOnHold")
    }
    journey.send("qq")
    try journey.wait(for: "not saved")
    journey.send("d")
    try journey.expectCleanEnd(.exited(code: 0))
  }
}
