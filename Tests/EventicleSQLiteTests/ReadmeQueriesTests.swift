import CSQLite
import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// The statements that the README shows for `sqlite3`, run without that program.
@Suite struct ReadmeQueriesTests {
  /// What each of them answers in a store that the tape of the examples made, as `sqlite3` prints it.
  private static let answers = [
    """
    OrderCreated|1
    OrderDelivered|1
    OrderOnHold|1
    OrderPaid|1
    OrderPriced|1
    OrderResumed|1
    OrderShipped|1
    PaymentDeclined|1
    PaymentRequested|2
    PaymentSucceeded|1
    ShipmentCreated|1
    ShipmentDelivered|1
    ShipmentDispatched|1
    """,
    #"""
    2026-01-01T09:00:00.000Z|PaymentRequested|pay-1|{"orderId":"order-1","amount":59,"currency":"GBP"}
    2026-01-01T09:00:00.000Z|PaymentDeclined|pay-1|{"orderId":"order-1","amount":59,"currency":"GBP",\#
    "reason":"card_declined"}
    2026-01-01T09:00:30.000Z|PaymentRequested|pay-2|{"orderId":"order-1","amount":59,"currency":"GBP"}
    2026-01-01T09:00:30.000Z|PaymentSucceeded|pay-2|{"orderId":"order-1","amount":59,"currency":"GBP"}
    """#,
    "order-1|7",
    "2026-01-01T09:00:30.000Z|CapturePayment|pay-2 is succeeded; only a payment that is requested can "
      + "be captured.",
  ]

  /// The statements of the README, in order.
  private static func statements() throws -> [String] {
    let readme = try #require(Repository.text(at: "README.md"))
    let start = "sqlite3 shop.eventicle \""
    return readme.split(separator: "\n").filter { $0.hasPrefix(start) && $0.hasSuffix("\"") }
      .map { String($0.dropFirst(start.count).dropLast()) }
  }

  /// The rows that a statement answers, as `sqlite3` prints them.
  private static func rows(_ text: String, _ path: String) throws -> [String] {
    var database: OpaquePointer?
    defer { sqlite3_close_v2(database) }
    try #require(sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    let code = sqlite3_prepare_v2(database, text, -1, &statement, nil)
    try #require(code == SQLITE_OK, "\(text): \(String(cString: sqlite3_errmsg(database)))")
    var rows: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      let cells = (0..<sqlite3_column_count(statement)).map { column in
        sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
      }
      rows.append(cells.joined(separator: "|"))
    }
    return rows
  }

  @Test func `every statement of the README answers what is in the store of the demo`() throws {
    // given
    let bench = try StoreBench()
    var session = try Session(.shop, store: Store.open(bench.path("shop")))
    let tape = try #require(Repository.text(at: "examples/shop/demo.tape"))
    for line in try TapeLine.lines(of: Array(tape.utf8)) {
      #expect(session.run(line.text, comments: true).problem == nil, "\(line.text)")
    }
    #expect(session.run("do CapturePayment paymentId=pay-2").problem != nil)
    session.leaveStore()
    // when
    let statements = try Self.statements()
    // then
    #expect(statements.count == Self.answers.count)
    for (text, answer) in zip(statements, Self.answers) {
      #expect(try Self.rows(text, bench.path("shop")).joined(separator: "\n") == answer, "\(text)")
    }
  }
}
