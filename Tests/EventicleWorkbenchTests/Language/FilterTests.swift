import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

/// A filter and the positions in the sample log that pass it.
struct FilterCase: Sendable, CustomTestStringConvertible {
  let text: String
  let places: [Int]

  init(_ text: String, _ places: [Int]) {
    self.text = text
    self.places = places
  }

  var testDescription: String { text }
}

@Suite struct FilterTests {
  static let cases = [
    FilterCase("", [1, 2, 3, 4, 5]),
    FilterCase("type:Order*", [1, 2]), FilterCase("type:Order", []),
    FilterCase("type:order*", []), FilterCase("type:*ed", [1, 2, 3, 4, 5]),
    FilterCase("type:/^Order(Created|Paid)$/", [1]), FilterCase("type:/^order/i", [1, 2]),
    FilterCase("type:user.created", [5]), FilterCase("type:*Priced or type:Pay*", [2, 3, 4]),
    FilterCase("type=OrderPriced", [2]), FilterCase("type!=Order*", [3, 4, 5]),
    FilterCase("type~decl", [4]), FilterCase("type in [OrderPriced, \"user.created\"]", [2, 5]),
    FilterCase("!type:Order*", [3, 4, 5]), FilterCase("not type:Order* stream:pay*", [3, 4]),
    FilterCase("NOT (type:Order* OR stream:payments)", [5]),
    FilterCase("type:Order* !type:*Priced since:-5m", []),
    FilterCase("type:Order* !type:*Priced since:-15m", [1]),
    FilterCase("since:-8m30s", [3, 4, 5]), FilterCase("since:5m", [4, 5]),
    FilterCase("until:-9m", [1, 2]), FilterCase("until:08:52", [1, 2, 3]),
    FilterCase("since:2026-01-01T08:59:00Z", [4, 5]),
    FilterCase("stream:système", [5]), FilterCase("id:order-1", [1, 2]), FilterCase("id:e-3", [3]),
    FilterCase("id:pay-?", [3, 4]),
    FilterCase("saga:Payment", [1]), FilterCase("saga:PaymentSaga", [1]),
    FilterCase("saga:PaymentSaga/order-1", [1]), FilterCase("saga:Pay", []),
    FilterCase("agg:Order", [1, 2]), FilterCase("agg:Order/order-1", [1, 2]),
    FilterCase("agg:Order/*", [1, 2]), FilterCase("agg:Payment", []),
    FilterCase("cmd:PlaceOrder", [1, 2]), FilterCase("by:user", [1, 2, 4, 5]),
    FilterCase("by:PaymentSaga", [3]), FilterCase("source:shop", [1, 2, 3, 4, 5]),
    FilterCase("cause:#1", [2, 3]), FilterCase("cause:e-1", [2, 3]), FilterCase("cause:#2", []),
    FilterCase("is:error", [4]), FilterCase("error", [4]), FilterCase("\"error\"", []),
    FilterCase("is:orphan", [5]), FilterCase("is:error or is:orphan", [4, 5]),
    FilterCase("#>2", [3, 4, 5]), FilterCase("#3", [3]), FilterCase("# >= 2 #<4", [2, 3]),
    FilterCase("#!=3", [1, 2, 4, 5]),
    FilterCase("total>59", [2]), FilterCase("data.total >= 59", [1, 2]),
    FilterCase("total=59", [1]), FilterCase("total=59.0", [1]), FilterCase("total=\"59\"", []),
    FilterCase("amount=59", [3]), FilterCase("amount=\"59\"", [4]), FilterCase("amount='59'", [4]),
    FilterCase("amount!=59", [1, 2, 4, 5]), FilterCase("!amount=59", [1, 2, 4, 5]),
    FilterCase("amount<100", [3]), FilterCase("missing<1", []),
    FilterCase("missing!=1", [1, 2, 3, 4, 5]),
    FilterCase("note=null", [3]), FilterCase("note!=null", [1, 2, 4, 5]),
    FilterCase("currency=GBP", [1, 2]), FilterCase("currency=G*", [1, 2]),
    FilterCase("currency=\"G*\"", []), FilterCase("currency=/^g/i", [1, 2]),
    FilterCase("currency>=GBP", [1, 2]), FilterCase("currency<GBP", []),
    FilterCase("customer in [c-18, c-19]", [1]), FilterCase("total in [59, 60]", [1]),
    FilterCase("reason ~ DECLINED", [4]), FilterCase("reason~/card\\b/i", [4]),
    FilterCase("lines[0].sku=A1", [1]), FilterCase("data.lines[0].quantity>1", [1]),
    FilterCase("lines~a1", [1]), FilterCase("lines=[{\"quantity\":2,\"sku\":\"A1\"}]", [1]),
    FilterCase("orderId=order-1 amount=59", [3]), FilterCase("data.type=x", []),
    FilterCase("order-1", [1, 2, 3, 4]), FilterCase("ORDER-1", [1, 2, 3, 4]),
    FilterCase("declined", [4]), FilterCase("\"card declined\"", [4]),
    FilterCase("card declined", [4]), FilterCase("zoë", [5]), FilterCase("ZOË", [5]),
    FilterCase("SYSTÈME", [5]), FilterCase("c-1?", [1]), FilterCase("e-2", [2]),
    FilterCase("/c-\\d+/", [1]), FilterCase("nothing", []), FilterCase("\"(admin)\"", [5]),
    FilterCase("\\(admin\\)", [5]), FilterCase("(type:Order* or error) !#1", [2, 4]),
    FilterCase("a or b c or declined", [1, 2, 3, 4, 5]), FilterCase("type:Order* and #1", [1]),
    FilterCase("type:Order* && #1 || #5", [1, 5]),
  ]

  @Test(arguments: cases)
  func `a filter passes exactly these events`(one: FilterCase) throws {
    let filter = try FilterExpression(parsing: one.text)
    let places = SampleLog.all.filter(filter.matches).map(\.position.number)
    #expect(places == one.places)
    let naive = SampleLog.all.filter { NaiveFilter.matches(filter.root, $0) }
    #expect(places == naive.map(\.position.number))
  }

  @Test(arguments: cases)
  func `a printed filter reads back as equal`(one: FilterCase) throws {
    let filter = try FilterExpression(parsing: one.text)
    #expect(try FilterExpression(parsing: filter.description) == filter)
  }

  @Test(arguments: UInt64(0)..<400)
  func `random filters agree with a naive evaluation and read back`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let text = RandomFilter.text(&random, depth: 3)
    let filter = try FilterExpression(parsing: text)
    for facts in SampleLog.all {
      #expect(filter.matches(facts) == NaiveFilter.matches(filter.root, facts), "\(text)")
    }
    let printed = filter.description
    #expect(try FilterExpression(parsing: printed) == filter, "\(text) → \(printed)")
    #expect(try FilterExpression(parsing: printed).description == printed)
  }

  @Test func `data is not parsed when a cheaper condition decides`() throws {
    struct Careful: FilterFacts {
      let base: SampleFacts
      let touched: Touched
      var event: Event { base.event }
      var position: Position { base.position }
      var now: Instant { base.now }
      var actor: String { base.actor }
      var isError: Bool { base.isError }
      var isOrphan: Bool { base.isOrphan }
      var data: JSON {
        touched.count += 1
        return base.data
      }
      func states() -> (before: JSON, after: JSON)? { nil }
      func commandName() -> String? { base.commandName() }
      func sagaNames() -> [String] { base.sagaNames() }
      func aggregateName() -> String? { base.aggregateName() }
      func isCausedBy(_ position: Position) -> Bool { base.isCausedBy(position) }
      func isCausedBy(id: EventID) -> Bool { base.isCausedBy(id: id) }
    }
    final class Touched { var count = 0 }
    let touched = Touched()
    let facts = Careful(base: SampleLog.all[0], touched: touched)
    #expect(try !FilterExpression(parsing: "total>1 type:Payment*").matches(facts))
    #expect(try FilterExpression(parsing: "total>1 or type:Order*").matches(facts))
    #expect(touched.count == 0)
    #expect(try FilterExpression(parsing: "total>1 type:Order*").matches(facts))
    #expect(touched.count == 1)
  }

  @Test func `a filter typed at the prompt keeps its text`() throws {
    let line = "filter  type:Order*   or error "
    guard case .filter(let filter, let text) = try parsed(line) else { throw Unexpected(line) }
    #expect(text == "type:Order*   or error")
    #expect(filter?.value.description == "type:Order* or is:error")
    #expect(try parsed("filter") == .filter(nil, text: ""))
    #expect(try parsed("filter ''") == .filter(nil, text: ""))
  }
}
