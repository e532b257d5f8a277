import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

/// The shop, as completion sees it.
struct ShopSource: CompletionSource {
  func list(_ texts: String...) -> [CompletionCandidate] { texts.map { CompletionCandidate($0) } }

  func streams() -> [CompletionCandidate] { list("orders", "payments", "shipping") }
  func eventTypes(in stream: String?) -> [CompletionCandidate] {
    stream == "payments"
      ? list("PaymentRequested", "PaymentSucceeded", "PaymentDeclined")
      : list("OrderCreated", "OrderPriced", "PaymentDeclined")
  }
  func domainIDs(type: String?, prefix: String, limit: Int) -> [CompletionCandidate] {
    (1...500).map { CompletionCandidate("order-\($0)") }
  }
  func commands() -> [CompletionCandidate] { list("PlaceOrder", "DeclinePayment") }
  func fields(ofCommand command: String) -> [FieldHint] {
    command == "PlaceOrder"
      ? [
        FieldHint("currency", isRequired: false, example: "GBP"),
        FieldHint("customer", isRequired: true),
        FieldHint("total", isRequired: true, isText: false),
      ]
      : [
        FieldHint("paymentId", isRequired: true, idType: "Payment"),
        FieldHint("reason", isRequired: false, example: "card declined"),
      ]
  }
  func fields(ofEventType type: String) -> [FieldHint] {
    type == "PaymentSucceeded"
      ? [
        FieldHint("amount", isRequired: true, isText: false, example: "59"),
        FieldHint("currency", isRequired: true), FieldHint("auth", isRequired: false),
      ] : []
  }
  func ids(
    forField field: String, ofCommand command: String, prefix: String, limit: Int
  ) -> [CompletionCandidate] {
    field == "paymentId"
      ? [
        CompletionCandidate("pay-1", note: "Payment requested"),
        CompletionCandidate("pay 2", note: "Payment declined"),
      ] : []
  }
  func aggregateTypes() -> [CompletionCandidate] { list("Order", "Payment") }
  func aggregateIDs(type: String, prefix: String, limit: Int) -> [CompletionCandidate] {
    type == "Order" ? list("order-1", "order 2", "order-77") : []
  }
  func sagas() -> [CompletionCandidate] { list("PaymentSaga", "ShippingSaga") }
  func sagaKeys(of saga: String, prefix: String, limit: Int) -> [CompletionCandidate] {
    saga == "PaymentSaga" ? list("order-1") : []
  }
  func views() -> [CompletionCandidate] { list("OrderBoard", "Revenue") }
  func viewKeys(of view: String, prefix: String, limit: Int) -> [CompletionCandidate] {
    view == "Revenue" ? list("GBP") : []
  }
  func timers() -> [CompletionCandidate] { list("PaymentSaga/order-1/timeout") }
  func marks() -> [CompletionCandidate] { list("lunch") }
  func themes() -> [CompletionCandidate] { list("nord", "dracula") }
  func settings() -> [CompletionCandidate] { list("order", "glyphs") }
  func values(ofSetting setting: String) -> [CompletionCandidate] {
    setting == "order" ? list("oldest", "newest") : []
  }
  func domains() -> [CompletionCandidate] { list("shop", "bank") }
  func paths(prefix: String, limit: Int) -> [CompletionCandidate] { list("shop.eventicle") }
  func dataPaths(limit: Int) -> [CompletionCandidate] { list("data.amount") }
  func statePaths(limit: Int) -> [CompletionCandidate] { list("status") }
  func fields(of kind: Selector.Kind, name: String) -> [CompletionCandidate] {
    list("status", "total")
  }
}

/// A line with the caret as `|`, and the line after taking the first candidate.
struct CompletionCase: Sendable, CustomTestStringConvertible {
  let line: String
  let completed: String
  let count: Int?

  init(_ line: String, _ completed: String, _ count: Int? = nil) {
    self.line = line
    self.completed = completed
    self.count = count
  }

  var testDescription: String { line }
}

@Suite struct CompletionTests {
  private func complete(_ marked: String, limit: Int = 50) -> (CompletionResult, String) {
    let caret = marked.firstIndex(of: "|").map { marked.distance(from: marked.startIndex, to: $0) }
    let line = marked.filter { $0 != "|" }
    let result = Completion.complete(
      line, caret: caret ?? line.count, source: ShopSource(), limit: limit)
    var characters = Array(line)
    if let first = result.candidates.first {
      characters.replaceSubrange(result.replaceRange, with: Array(first.text))
    }
    return (result, String(characters))
  }

  static let cases = [
    CompletionCase("|", "PlaceOrder", min(Verb.all.count, 50)), CompletionCase("em|", "emit"),
    CompletionCase(":em|", ":emit"),
    CompletionCase("hold; em|", "hold; emit"), CompletionCase("vie|", "view", 2),
    CompletionCase("emit |", "emit orders", 3), CompletionCase("emit pa|", "emit payments", 1),
    CompletionCase("emit payments PaymentD|", "emit payments PaymentDeclined", 1),
    CompletionCase("emit payments |", "emit payments PaymentRequested", 3),
    CompletionCase("emit orders OrderCreated |", "emit orders OrderCreated causedBy:", 50),
    CompletionCase("emit orders OrderCreated order-49|", "emit orders OrderCreated order-49", 11),
    CompletionCase(
      "emit payments PaymentSucceeded pay-75 amount:=59 cur|",
      "emit payments PaymentSucceeded pay-75 amount:=59 currency=", 1),
    CompletionCase(
      "emit payments PaymentSucceeded pay-75 amount:=|",
      "emit payments PaymentSucceeded pay-75 amount:=59", 1),
    CompletionCase(
      "emit orders o-1:{\"a\": 1} type:|", "emit orders o-1:{\"a\": 1} type:OrderCreated", 3),
    CompletionCase(
      "emit orders OrderCreated order-{{C|", "emit orders OrderCreated order-{{Count}}", 1),
    CompletionCase(
      "emit orders OrderCreated o-1 a=x{{|", "emit orders OrderCreated o-1 a=x{{Count}}", 6),
    CompletionCase(
      "emit orders OrderCreated o-1 a:={{R|", "emit orders OrderCreated o-1 a:={{Random 1 9}}", 1),
    CompletionCase(
      "emit orders OrderCreated o-1 a=\"b {{T|", "emit orders OrderCreated o-1 a=\"b {{Time}}", 1),
    CompletionCase(
      "emit orders OrderCreated o-1 at:%{clo|", "emit orders OrderCreated o-1 at:%{clock}", 1),
    CompletionCase(
      "emit orders OrderCreated o-1 a={{ID}}-%{last.id|",
      "emit orders OrderCreated o-1 a={{ID}}-%{last.id}", 1),
    CompletionCase(
      "do PlaceOrder customer=%{|", "do PlaceOrder customer=%{clock}", LineVariable.names.count),
    CompletionCase(
      "emit orders OrderCreated o-1 a='{{T|", "emit orders OrderCreated o-1 a='{{T", 0),
    CompletionCase(
      "emit orders OrderCreated o-1 a={{ID}}|", "emit orders OrderCreated o-1 a={{ID}}", 0),
    CompletionCase(
      "emit orders OrderCreated o-1 note=@|", "emit orders OrderCreated o-1 note=@shop.eventicle", 1
    ),
    CompletionCase("do PlaceOrder total:=@sh|", "do PlaceOrder total:=@shop.eventicle", 1),
    CompletionCase(
      "emit orders OrderCreated o-1 note='@|", "emit orders OrderCreated o-1 note='@", 0),
    CompletionCase("filter state.s|", "filter state.status", 1),
    CompletionCase("events prev.|", "events prev.status", 1),
    CompletionCase("run to E X if st|", "run to E X if stream:", 2),
    CompletionCase("do |", "do PlaceOrder", 2), CompletionCase("do Dec|", "do DeclinePayment", 1),
    CompletionCase("do DeclinePayment |", "do DeclinePayment paymentId=", 7),
    CompletionCase("do DeclinePayment paymentId=|", "do DeclinePayment paymentId=pay-1", 2),
    CompletionCase(
      "do DeclinePayment paymentId=\"pay 2|", "do DeclinePayment paymentId=\"pay 2\"", 1),
    CompletionCase("do DeclinePayment reason=c|", "do DeclinePayment reason=\"card declined\"", 1),
    CompletionCase("do PlaceOrder --c|", "do PlaceOrder --count", 1),
    CompletionCase("do PlaceOrder cu| total:=1", "do PlaceOrder customer= total:=1", 2),
    CompletionCase("agg |", "agg Order", 2), CompletionCase("agg Order/|", "agg Order/order-1", 3),
    CompletionCase("agg Order/order\\ |", "agg Order/\"order 2\"", 1),
    CompletionCase("agg Order/order-7|", "agg Order/order-77", 1),
    CompletionCase("saga P|", "saga PaymentSaga", 1),
    CompletionCase("saga PaymentSaga/|", "saga PaymentSaga/order-1", 1),
    CompletionCase("view Revenue/|", "view Revenue/GBP", 1),
    CompletionCase("step 3 d|", "step 3 delivery", 1), CompletionCase("step |", "step event", 7),
    CompletionCase("n saga S|", "n saga ShippingSaga", 1),
    CompletionCase("back agg Order/|", "back agg Order/order-1", 3),
    CompletionCase("fire |", "fire PaymentSaga/order-1/timeout", 1),
    CompletionCase("clock s|", "clock set", 1), CompletionCase("goto m|", "goto mark:lunch", 1),
    CompletionCase("goto |", "goto start", 7),
    CompletionCase("filter |", "filter type:", 17),
    CompletionCase("filter type:P|", "filter type:PaymentDeclined", 1),
    CompletionCase("filter type:X (str|", "filter type:X (stream:", 1),
    CompletionCase("filter !ty|", "filter !type:", 1),
    CompletionCase("filter is:o|", "filter is:orphan", 1),
    CompletionCase("filter \"type:Or|", "filter \"type:OrderCreated", 2),
    CompletionCase("filter agg:Order/order-7|", "filter agg:\"Order/order-77\"", 1),
    CompletionCase("filter data.|", "filter data.amount", 1), CompletionCase("&ty|", "&type:", 1),
    CompletionCase("events by:|", "events by:user", 5),
    CompletionCase("filter since:|", "filter since:-30s", 4),
    CompletionCase("run |", "run to", 1), CompletionCase("run to |", "run to E", 11),
    CompletionCase("run to E Pay|", "run to E PaymentDeclined", 1),
    CompletionCase("run to S PaymentSaga/|", "run to S PaymentSaga/order-1", 1),
    CompletionCase("run to E X |", "run to E X if", 1),
    CompletionCase("run to E X if ty|", "run to E X if type:", 1),
    CompletionCase("expect |", "expect A", 7), CompletionCase("expect A Or|", "expect A Order", 1),
    CompletionCase("expect A Order/order-1.|", "expect A Order/order-1.status", 2),
    CompletionCase("expect count(ty|", "expect count(type:", 1),
    CompletionCase("expect T |", "expect T PaymentSaga/order-1/timeout", 1),
    CompletionCase("expect missing V |", "expect missing V OrderBoard", 2),
    CompletionCase("theme n|", "theme nord", 1), CompletionCase("set o|", "set order", 1),
    CompletionCase("set order=n|", "set order=newest", 1),
    CompletionCase("set order |", "set order oldest", 2),
    CompletionCase("mouse o|", "mouse on", 2), CompletionCase("help em|", "help emit"),
    CompletionCase("open |", "open shop.eventicle", 1), CompletionCase("demo b|", "demo bank", 1),
    CompletionCase("hold |", "hold ", 0), CompletionCase("xyzzy |", "xyzzy ", 0),
  ]

  @Test(arguments: cases)
  func `the first candidate completes the line as expected`(one: CompletionCase) {
    let (result, completed) = complete(one.line)
    #expect(completed == one.completed)
    if let count = one.count { #expect(result.candidates.count == count) }
  }

  @Test func `the signature shows the arguments still missing`() {
    #expect(complete("do |").0.signature == "COMMAND")
    #expect(complete("do PlaceOrder |").0.signature == "customer= total:= [currency=]")
    #expect(complete("do PlaceOrder customer=c-1 |").0.signature == "total:= [currency=]")
    #expect(complete("emit |").0.signature == "STREAM TYPE [ID] [causedBy:]")
    #expect(
      complete("emit payments PaymentSucceeded pay-75 amount:=59 currency=GBP |").0.signature
        == "[auth=] [causedBy:]")
    #expect(complete("agg |").0.signature == "TYPE/ID [@vN]")
    #expect(complete("agg Order/order-1 |").0.signature == "[@vN]")
  }

  @Test func `ghost text shows the best candidate`() {
    #expect(complete("em|").0.ghost == "it")
    #expect(complete("do Pl|").0.ghost == "aceOrder")
    #expect(complete("do PlaceOrder |").0.ghost == "customer=")
    #expect(complete("|").0.ghost == nil)
  }

  @Test func `candidates have notes`() {
    #expect(complete("do |").0.candidates.first?.note == "customer= total:= [currency=]")
    #expect(
      complete("do DeclinePayment paymentId=|").0.candidates.first?.note == "Payment requested")
    #expect(complete("em|").0.candidates.first?.note == "Append an event to a stream.")
  }

  @Test func `there are never more candidates than the limit`() {
    #expect(complete("emit orders OrderCreated |", limit: 7).0.candidates.count == 7)
    #expect(complete("emit orders OrderCreated |", limit: 0).0.candidates.isEmpty)
  }

  @Test(arguments: UInt64(0)..<2_000)
  func `completion of any line is valid`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let line = RandomLine.mutated(&random)
    let caret = random.below(line.count + 3) - 1
    let result = Completion.complete(line, caret: caret, source: ShopSource())
    let typed = max(0, min(caret, line.count))
    #expect(result.replaceRange.lowerBound >= 0)
    #expect(result.replaceRange.upperBound == typed)
    #expect(result.candidates.count <= Completion.defaultLimit)
  }
}
