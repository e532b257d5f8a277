import EventicleCore
import EventicleWorkbench
import Testing

/// A source without any names.
private struct EmptySource: CompletionSource {}

@Suite struct ExpressionCompletionTests {
  private func texts(_ line: String, _ source: some CompletionSource = ShopSource()) -> [String] {
    Completion.complete(line, caret: line.count, source: source).candidates.map(\.text)
  }

  @Test(arguments: [
    ("filter stream:", ["orders", "payments", "shipping"]),
    ("filter id:order-499", ["order-499"]), ("filter saga:S", ["ShippingSaga"]),
    ("filter cmd:", ["PlaceOrder", "DeclinePayment"]), ("filter agg:", ["Order", "Payment"]),
    ("filter agg:P", ["Payment"]), ("filter colour:", []), ("filter is:", ["error", "orphan"]),
    ("filter until:-5", ["-5m"]), ("filter by:us", ["user"]),
    ("run to C ", ["PlaceOrder", "DeclinePayment"]), ("run to S Sh", ["ShippingSaga"]),
    ("run to V Rev", ["Revenue"]), ("run to V Revenue/", ["GBP"]),
    ("run to change Or", ["Order"]), ("run to A Order/order-7", ["order-77"]),
    ("run to error ", []), ("run to C X/", []), ("run to X ", []),
    ("run to A Order/order-1.st", ["status"]), ("run to E X if is:o", ["orphan"]),
    (
      "expect missing ",
      ["E", "C", "S", "A", "V", "T", "error", "change", "stream", "failure", "refusal"]
    ),
    ("expect S PaymentSaga/", ["order-1"]), ("expect V Revenue/GBP.", ["status", "total"]),
    ("expect count(stream:p", ["payments"]), ("expect mis", ["missing"]),
    ("expect count(type:X) = ", []), ("filter a~\"x y\" is:e", ["error"]),
    ("emit orders OrderCreated o-1 source:", []),
  ])
  func `only what fits at the caret is offered`(line: String, wanted: [String]) {
    #expect(texts(line) == wanted)
  }

  @Test(arguments: [
    "emit ", "emit orders ", "emit orders T ", "do ", "do X a=", "agg ", "agg Order/", "saga ",
    "saga S/", "view ", "view V/", "fire ", "group pause ", "redrive ", "rebuild ",
    "theme ", "set ", "set order=", "demo ", "open ", "run to C ", "run to S S/", "run to T ",
    "run to A Order/1.", "run to V V/", "filter id:", "filter source:", "retain ",
  ])
  func `without data only words of the language are offered`(line: String) {
    let words = [
      "causedBy:", "at:", "createdAt:", "source:", "type:", "id:", "domainId:", "--count",
      "--every", "story",
    ]
    #expect(texts(line, EmptySource()).allSatisfy { words.contains($0) }, "\(line)")
    #expect(texts("emi", EmptySource()) == ["emit"])
    #expect(texts("goto m", EmptySource()).isEmpty)
  }
}
