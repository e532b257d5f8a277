import CoreSupport
import EventicleCore
import Foundation
import Synchronization
import TestSupport
import Testing

/// What the program below prints.
private enum Printed {
  static let lines = Mutex<[String]>([])
}

/// Stands in for the function of the standard library, so that a test can read what is printed.
private func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {
  let line = items.map { "\($0)" }.joined(separator: separator)
  Printed.lines.withLock { $0.append(line) }
}

/// The quick start of the README, to the letter.
private func firstDomain() throws {
  // README begins
  enum Shop {
    struct TooLate: RejectionError {
      let order: DomainID
      var description: String { "Too late for \(order)." }
    }

    static let order = AggregateRoot(
      "Order", stream: "orders",
      reducers: [
        "OrderPlaced": { state, _ in state["status"] = "placed" },
        "OrderPaid": { state, _ in state["status"] = "paid" },
        "OrderCancelled": { state, _ in state["status"] = "cancelled" },
      ])

    static let buy = Command("Buy", stream: "orders", [.required("item")]) { data, transaction in
      var placed = transaction.new(order)
      placed.raise("OrderPlaced", data)
      try transaction.persist(&placed)
      return .done
    }

    /// A command that ends the wait for the money, one way or the other.
    static func close(_ command: String, _ event: EventType) -> Command {
      Command(command, stream: "orders", [.required("order")]) { data, transaction in
        var placed = try transaction.existing(order, data["order"])
        guard placed["status"] == "placed" else { throw TooLate(order: placed.id) }
        placed.raise(event)
        try transaction.persist(&placed)
        return .done
      }
    }

    static let board = EventView(
      "Board", streams: ["orders"], indexed: ["status"],
      rows: [
        "OrderPlaced": { row, event in row = ["item": event.data["item"], "status": "open"] },
        "OrderPaid": { row, _ in row["status"] = "paid" },
        "OrderCancelled": { row, _ in row["status"] = "cancelled" },
      ])

    static let patience = Saga("Patience", streams: ["orders"])
      .startOn("OrderPlaced", unlessLive: "order") { step, _ in
        try step.upsertTimer("unpaid", after: .minutes(15))
      }
      .on("OrderPaid", matching: "order") { step, _ in step.end() }
      .onTimer("unpaid") { step in
        try step.dispatch("Cancel", ["order": step["order"]])
        step.end()
      }

    static let mailer = EventAdapter(
      "Mailer", streams: ["orders"],
      on: ["OrderCancelled": { event, _ in print("mail:", event.key, "is cancelled") }])

    static let domain = Domain("shop") {
      order
      [buy, close("Pay", "OrderPaid"), close("Cancel", "OrderCancelled")]
      board
      patience
      mailer
    }
  }

  let app = try Eventicle(Shop.domain)
  try app.dispatch("Buy", ["item": "tea"])
  try app.dispatch("Buy", ["item": "milk"])
  try app.dispatch("Pay", ["order": "order-1"])
  try app.advance(by: .minutes(20))
  try app.eventClient.coldStream("orders") { print($0.createdAt, $0.key, $0.type) }
  let unpaid = try app.world.records(of: Shop.board, where: "status" != "paid")
  for row in unpaid { print(row.id, row["item"], row["status"]) }
  do { try app.dispatch("Pay", ["order": "order-2"]) } catch let late as Shop.TooLate {
    print(late)
  }
  // README ends
}

/// The quick start: the README, the example and the program that is compiled here are one.
@Suite struct FirstDomainTests {
  @Test func `the quick start prints the output in the README`() throws {
    try firstDomain()
    let lines = Printed.lines.withLock { $0 }
    let said = try block("what it prints")
    #expect(said == lines.map { $0 + "\n" }.joined())
  }

  @Test func `the quick start of the README is compiled here`() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let own = try part(of: source, from: "  // README begins\n", to: "  // README ends")
      .split(separator: "\n", omittingEmptySubsequences: false).map { $0.dropFirst(2) }
      .joined(separator: "\n")
    #expect(try block("Sources/main.swift") == "import EventicleCore\n\n" + own)
  }

  @Test func `the example is the quick start of the README, in less than 80 lines`() throws {
    let example = try #require(Repository.text(at: "examples/first-domain/Sources/main.swift"))
    #expect(try block("Sources/main.swift") == example)
    #expect(example.split(separator: "\n", omittingEmptySubsequences: false).count - 1 < 80)
  }

  /// The code block that follows a marker of the README.
  private func block(_ name: String) throws -> String {
    let readme = try #require(Repository.text(at: "README.md"))
    let fenced = try part(of: readme, from: "<!-- quick start: \(name) -->\n```", to: "```\n")
    return String(fenced.drop { $0 != "\n" }.dropFirst())
  }

  private func part(of text: String, from start: String, to end: String) throws -> String {
    let from = try #require(text.range(of: start))
    let to = try #require(text.range(of: end, range: from.upperBound..<text.endIndex))
    return String(text[from.upperBound..<to.lowerBound])
  }
}
