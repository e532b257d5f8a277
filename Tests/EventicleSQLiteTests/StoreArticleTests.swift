import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// What the page about the file says can be done with it.
@Suite struct StoreArticleTests {
  private static let page = "Sources/EventicleSQLite/EventicleSQLite.docc/EventicleSQLite.md"

  /// The statements on the page.
  private static func statements() throws -> [String] {
    let text = try #require(Repository.text(at: page))
    var found: [String] = []
    var isInside = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix("```") {
        isInside = line == "```sql"
      } else if isInside {
        found.append(String(line))
      }
    }
    return found
  }

  @Test func `the statements on the page answer`() throws {
    let bench = try StoreBench()
    var session = try Session(.shop, store: Store.open(bench.path("shop")))
    for line in ["do PlaceOrder customer=c-1 total:=59", "do DeclinePayment paymentId=pay-1"] {
      #expect(session.run(line).problem == nil)
    }
    let count = session.head.log.count
    session.leaveStore()
    let statements = try Self.statements()
    #expect(statements.count >= 3)
    let database = try Database(bench.path("shop"), .read)
    defer { database.close() }
    for text in statements {
      let rows = try Statement(text, database)
      defer { rows.finish() }
      var (number, sum) = (0, 0)
      while try rows.next() {
        number += 1
        sum += rows.int(1)
      }
      if text.contains("GROUP BY") { #expect(sum == count, "\(text)") }
      if text.contains("FROM events WHERE") { #expect(number > 0, "\(text)") }
    }
  }
}
