import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

@Suite struct ExpressionRoundTripTests {
  @Test(arguments: [
    "#12", "#0", "j7", "@12:04:00", "@12:04:31.120", "@2026-01-01T09:00:00.000Z", "+5m", "-30s",
    "+0s", "0%", "100%", "mark:before lunch", "start", "end", "live", "-1h30m", "@-5m",
    "#-3", "#+3", "j-1", "j+12", "last OrderPaid", "last Payment*",
  ])
  func `a printed position reads back as equal`(text: String) throws {
    #expect(try PositionExpression(parsing: text).description == text)
  }

  @Test(arguments: [
    ("12:04", "@12:04:00"), ("2026-01-01T09:00:00Z", "@2026-01-01T09:00:00.000Z"),
    ("+10", "#+10"), ("-10", "#-10"), ("last \"Order Paid\"", "last \"Order Paid\""),
  ])
  func `another way to write a position reads as the same one`(text: String, printed: String) throws
  {
    let position = try PositionExpression(parsing: text)
    #expect(position.description == printed)
    #expect(try PositionExpression(parsing: printed) == position)
  }

  @Test(arguments: UInt64(0)..<100)
  func `every position prints and reads back`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let number = random.below(1_000)
    let positions: [PositionExpression] = [
      .event(Position(number)), .moment(MomentName(Position(number), steps: random.below(9))),
      .events(number), .events(-number), .entries(number), .entries(-number),
      .entry(JournalIndex(number)), .percent(random.below(101)), .mark("m \(number)"),
      .relative(Interval(milliseconds: Int64(number))), .time(.relative(.minutes(-3))),
      .time(.instant(.standardStart)), .last(TextPattern(exactly: "T \(number)")),
      .start, .end, .live,
    ]
    for position in positions {
      #expect(try PositionExpression(parsing: position.description) == position, "\(position)")
    }
  }

  @Test func `a time of day belongs to the current day in UTC`() throws {
    let time = try #require(TimeExpression(parsing: "12:04"))
    #expect(time.instant(now: .standardStart).description == "2026-01-01T12:04:00.000Z")
    let old = Instant(milliseconds: -1)
    #expect(time.instant(now: old).description == "1969-12-31T12:04:00.000Z")
  }

  @Test(arguments: [
    "E PaymentDeclined", "E user.created", "E Order*", "E X .amount > 100", "C PlaceOrder",
    "S PaymentSaga/order-1.attempts >= 2", "A Order/order-1.status = paid", "V Revenue/GBP.paid",
    "T PaymentSaga/order-1/timeout", "T PaymentSaga", "error", "change Order/order-77.hold",
    "A Order/\"a.b c\".lines[0][\"x y\"] in [1,\"b\"]", "A Order/a:b", "A Order .status = onHold",
    "V V/1.a ~ /x y/i", "S S/1.a = \"true\"", "A A/1[\"x y\"]",
  ])
  func `a printed selector reads back as equal`(text: String) throws {
    let selector = try Selector(parsing: text)
    #expect(try Selector(parsing: selector.description) == selector)
    if !text.hasPrefix("A A/1[") { #expect(selector.description == text) }
  }

  @Test func `a selector is read into its parts`() throws {
    #expect(
      try Selector(parsing: "A Order/order-1.lines[0].sku=A1")
        == Selector(
          .aggregate, "Order", id: "order-1", path: "lines[0].sku",
          test: ValueTest(.equal, .json("A1"))))
    #expect(
      try Selector(parsing: "E PaymentDeclined data.amount>100")
        == Selector(
          .event, "PaymentDeclined", path: "amount", test: ValueTest(.greater, .json(100))))
    #expect(
      try Selector(parsing: "A Order state=onHold")
        == Selector(.aggregate, "Order", path: "state", test: ValueTest(.equal, .json("onHold"))))
    #expect(
      try Selector(parsing: "T S/a.b/t") == Selector(.timer, "S", id: "a.b", timer: "t"))
    #expect(try Selector(parsing: "E Order*").isNamed("OrderPaid"))
    #expect(try !Selector(parsing: "E Order").isNamed("OrderPaid"))
  }

  @Test(arguments: [
    ("count(type:OrderPaid) = 1", "count(type:OrderPaid) = 1"),
    ("count(type:X and (a=1 or \")\"))>=2", "count(type:X (a=1 or \")\")) >= 2"),
    ("count() in [1,2]", "count() in [1,2]"), ("count( ) == 3", "count() = 3"),
    ("A Order/order-1.status=paid", "A Order/order-1.status = paid"),
    (
      "A Order/order-1.hold = payment failed after 3 attempts",
      "A Order/order-1.hold = \"payment failed after 3 attempts\""
    ),
    ("S PaymentSaga/order-1.ended = true", "S PaymentSaga/order-1.ended = true"),
    ("S PaymentSaga/order-1.steps in [1, 2]", "S PaymentSaga/order-1.steps in [1,2]"),
    ("V Revenue/GBP.paid=59", "V Revenue/GBP.paid = 59"),
    ("V Revenue/GBP.paid != \"59\"", "V Revenue/GBP.paid != \"59\""),
    ("V V/1.a = null", "V V/1.a = null"), ("V V/1.a = {\"b\": [1]}", "V V/1.a = {\"b\":[1]}"),
    ("V V/1.a ~ card declined", "V V/1.a ~ \"card declined\""),
    ("V V/1.a ~ /card .*/", "V V/1.a ~ /card .*/"),
    ("V V/1.a = What's *this*?", "V V/1.a = \"What's *this*?\""),
    ("V V/1.a = 'it''s'x", ""),
    ("T PaymentSaga/order-1/retry in 30s", "T PaymentSaga/order-1/retry in 30s"),
    ("missing A Order/order-9", "missing A Order/order-9"),
    ("missing E X a>1", "missing E X .a > 1"),
    ("error", "error"), ("error ~ must be more than 0", "error ~ \"must be more than 0\""),
    ("error ~can't", "error ~ \"can't\""),
  ])
  func `a printed expectation reads back as equal`(text: String, printed: String) throws {
    guard !printed.isEmpty else {
      #expect(throws: LanguageError.self) { try Expectation(parsing: text) }
      return
    }
    let expectation = try Expectation(parsing: text)
    #expect(expectation.description == printed)
    #expect(try Expectation(parsing: printed) == expectation)
  }

  @Test func `an expectation on a line ends at a semicolon`() throws {
    let all = try Instruction.parse("expect A Order/1.a = x y ; hold")
    #expect(all.count == 2)
    guard case .expect(let expectation) = all[0] else { throw Unexpected("expect") }
    #expect(expectation.value.description == "A Order/1.a = \"x y\"")
  }

  @Test(arguments: UInt64(0)..<200)
  func `quoted words read back`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let parts = [
      "a", "\"", "'", "`", "\\", " ", "\n", "\t", ";", "#", "{{", "}}", "%{", "\0", "é", "e\u{301}",
      "👩‍👩‍👧", "=", ":", "\u{7F}", "\u{2028}",
    ]
    let text = (0..<random.below(8)).map { _ in random.pick(parts) }.joined()
    let line = "do X a=\(Quoting.word(text))"
    #expect(Array(try data(line)["a"].string?.utf8 ?? "".utf8) == Array(text.utf8), "\(line)")
  }
}
