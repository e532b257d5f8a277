import EventicleSamples
import Foundation
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct ShopImportTests {
  /// The acceptance data, if the file exists beside the working copy.
  static let data: Data? = [
    Repository.root + "/../shared/data/shop-10k.ndjson", "/work/shared/data/shop-10k.ndjson",
  ].lazy.compactMap { FileManager.default.contents(atPath: $0) }.first

  @Test(
    .enabled(if: ShopImportTests.data != nil, "skipped: there is no shared/data/shop-10k.ndjson"))
  func `ten thousand imported events give the counts of a naive recount`() throws {
    let lines = try #require(Self.data).split(separator: UInt8(ascii: "\n")).map { Array($0) }
    var engine = try Engine(.shop)
    for line in lines {
      let step = engine.perform(.take(try EventReader.read(line), reaction: .viewsOnly))
      try #require(step.problem == nil)
    }
    #expect(engine.world.log.count == lines.count)
    #expect(engine.world.parkedCount == 0)
    #expect(engine.world.queue.isEmpty)
    let naive = try NaiveBoard(lines)
    for currency in ["GBP", "EUR", "USD"] {
      let row = engine.world.record(RecordKey("Revenue", currency))?.content
      #expect(row?["orders"].integer == naive.orders[currency])
      #expect(((row?["ordered"].double ?? 0) * 100).rounded() == naive.ordered[currency] ?? 0)
      #expect(((row?["paid"].double ?? 0) * 100).rounded() == naive.paid[currency] ?? 0)
    }
    let board = try engine.world.records(of: "OrderBoard")
    #expect(board.count == naive.status.count)
    for row in board {
      #expect(row.content["status"].string == naive.status[row.id])
      #expect(row.content["attempts"].integer == naive.attempts[row.id] ?? 0)
    }
    #expect(engine.world.counter("order") == naive.status.count)
  }
}

/// The shop's views computed with dictionaries and Foundation's parser.
private struct NaiveBoard {
  var status: [String: String] = [:]
  var attempts: [String: Int] = [:]
  var orders: [String: Int] = [:]
  var ordered: [String: Double] = [:]
  var paid: [String: Double] = [:]

  init(_ lines: [[UInt8]]) throws {
    let statuses = [
      "OrderPriced": "paying", "OrderOnHold": "onHold", "OrderResumed": "paying",
      "OrderPaid": "paid", "OrderShipped": "shipped", "OrderDelivered": "delivered",
      "OrderCancelled": "cancelled",
    ]
    var cents: [String: Double] = [:]
    var currencies: [String: String] = [:]
    for line in lines {
      let event = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] ?? [:]
      let data = event["data"] as? [String: Any] ?? [:]
      let type = event["type"] as? String ?? ""
      let id = event["domainId"] as? String ?? ""
      if type == "OrderCreated", let total = data["total"] as? Double,
        let currency = data["currency"] as? String
      {
        status[id] = "placed"
        cents[id] = (total * 100).rounded()
        currencies[id] = currency
        orders[currency, default: 0] += 1
        ordered[currency, default: 0] += cents[id] ?? 0
      } else if type == "PaymentDeclined", let order = data["orderId"] as? String {
        attempts[order, default: 0] += 1
      } else if let next = statuses[type] {
        status[id] = next
        if type == "OrderPaid", let currency = currencies[id] {
          paid[currency, default: 0] += cents[id] ?? 0
        }
      }
    }
  }
}
