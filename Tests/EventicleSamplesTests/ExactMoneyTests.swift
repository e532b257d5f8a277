import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

/// Sums of the samples that a double could not hold.
@Suite struct ExactMoneyTests {
  private func revenue(_ totals: [String]) throws -> Specification {
    try Specification(.shop).given(
      try totals.enumerated().map { index, total in
        ShopPast.event(
          "OrderCreated", DomainID("order-\(index)"),
          ["customer": "a", "currency": "GBP", "total": try JSON(parsing: total)])
      })
  }

  @Test(arguments: [
    (["100", "1e400", "1"], "1" + String(repeating: "0", count: 397) + "101"),
    (["9007199254740993"], "9007199254740993"),
    (["9007199254740993", "0.1", "0.2"], "9007199254740993.3"),
    (["0.1", "0.2"], "0.3"),
  ])
  func `revenue is the exact sum`(totals: [String], sum: String) throws {
    try revenue(totals).thenRecord(
      "Revenue", "GBP",
      ["orders": .int(totals.count), "ordered": try JSON(parsing: sum), "paid": 0])
  }

  @Test func `a sum with too many digits is refused and leaves the row as it was`() throws {
    var session = try Session(.shop)
    let lines = ["100", "1e5000"].map { total in
      #"{"id":"e-\#(total)","type":"OrderCreated","stream":"orders","domainId":"order-\#(total)","#
        + #""createdAt":0,"data":{"customer":"a","currency":"GBP","total":\#(total)}}"#
    }
    try session.importEvents(Array(lines.joined(separator: "\n").utf8))
    let row = session.head.record(RecordKey("Revenue", "GBP"))?.content
    #expect(row == ["orders": 1, "ordered": 100, "paid": 0])
    #expect(session.run("parked").output?.description.contains("more than 1000 digits") == true)
  }

  @Test(arguments: [
    ("9007199254740993", "9007199254740993"), ("59.999", "60"), ("0.005", "0.01"),
    ("9007199254740993.014", "9007199254740993.01"), ("1e21", "1e21"),
  ])
  func `an order's total is rounded to cents exactly`(total: String, kept: String) throws {
    let run = try Specification(.shop).given(
      "PlaceOrder", ["customer": "a", "total": try JSON(parsing: total)])
    run.thenRecord(
      "Revenue", "GBP", ["orders": 1, "ordered": try JSON(parsing: kept), "paid": 0])
  }

  @Test func `a balance is exact`() throws {
    let large = try JSON(parsing: "9007199254740993.01")
    let run = try Specification(.bank)
      .given("OpenAccount", ["owner": "Ada"])
      .given("Deposit", ["accountId": "acc-1", "amount": large])
      .given("Withdraw", ["accountId": "acc-1", "amount": 0.01])
    #expect(
      run.world.record(RecordKey("Balances", "acc-1"))?.content["balance"].description
        == "9007199254740993")
  }

  @Test(arguments: seeds(200))
  func `rounding agrees with whole numbers of cents`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let thousandths = random.number(-10_000_000...10_000_000)
    let exact = try JSON.int(thousandths).times(JSON(parsing: "0.001"))
    let away = (abs(thousandths) + 5) / 10 * (thousandths < 0 ? -1 : 1)
    let expected = try JSON.int(away).times(JSON(parsing: "0.01"))
    #expect(exact.roundedTo(places: 2) == expected, "\(exact)")
    #expect(exact.roundedTo(places: 3) == exact)
  }
}
