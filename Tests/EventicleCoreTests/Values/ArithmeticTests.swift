import TestSupport
import Testing

@testable import EventicleCore

/// Numbers are reckoned with exactly, or not at all.
@Suite struct ArithmeticTests {
  private static func number(_ text: String) -> JSONNumber { JSONNumber(trusted: text) }

  @Test(arguments: seeds(50)) func `sums, differences and products are those of whole numbers`(
    seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let places = Int.random(in: 0...9, using: &random)
      let (a, b) = (
        Int.random(in: -1_000_000_000...1_000_000_000, using: &random),
        Int.random(in: -1_000_000_000...1_000_000_000, using: &random)
      )
      // The same numbers with a decimal point must give the same digits, as many places further.
      let (left, right) = (Self.number("\(a)e-\(places)"), Self.number("\(b)e-\(places)"))
      #expect(try left + right == Self.number("\(a + b)e-\(places)"))
      #expect(try left - right == Self.number("\(a - b)e-\(places)"))
      #expect(try left * right == Self.number("\(a * b)e-\(2 * places)"))
      let sum = try (left + right).text
      #expect(try JSON(parsing: sum) == .number(Self.number("\(a + b)e-\(places)")))
    }
  }

  @Test func `no size makes a number inexact`() throws {
    let cases: [(JSON, JSON, String)] = [
      (JSON.int(.max), 1, "9223372036854775808"),
      (JSON.int(.min), -1, "-9223372036854775809"),
      (try JSON(parsing: "0.1"), try JSON(parsing: "0.2"), "0.3"),
      (try JSON(parsing: "9007199254740993"), try JSON(parsing: "0.5"), "9007199254740993.5"),
      (try JSON(parsing: "1e30"), 1, "1" + String(repeating: "0", count: 29) + "1"),
      (
        try JSON(parsing: "1e-30"), try JSON(parsing: "2e-30"),
        "0." + String(repeating: "0", count: 29) + "3"
      ),
      (try JSON(parsing: "-12.50"), try JSON(parsing: "12.5"), "0"),
    ]
    for (left, right, sum) in cases { #expect(try left.plus(right).description == sum) }
    #expect(try JSON(parsing: "2e400").times(3).description == "6e400")
    #expect(try JSON(parsing: "1e500") != JSON(parsing: "1e501"))
    #expect(try JSON(parsing: "9007199254740993") > JSON(parsing: "9007199254740992.5"))
    #expect(try JSON(parsing: "9007199254740993.0").integer == 9_007_199_254_740_993)
  }

  @Test func `what is no number is refused in a sentence and changes nothing`() throws {
    var state: JSON = ["name": "Ada", "n": 1]
    let sentence =
      "Only a number can be added to, but this is a string: \"Ada\"; look whether the member is "
      + "there and what it holds."
    #expect(throws: NumberError(reason: sentence)) { try state["name"] += 1 }
    #expect(throws: NumberError.self) { try state["n"] += state["missing"] }
    #expect(throws: NumberError.self) { try JSON.null.times(2) }
    #expect(throws: NumberError.self) { try state["n"] += JSON(parsing: "1e2000") }
    #expect(state == ["name": "Ada", "n": 1])
    try state["missing"] += 2
    #expect(state["missing"] == 2)
  }

  @Test func `a reducer that cannot reckon fails the work that folds the state`() throws {
    let root = AggregateRoot(
      "A", stream: "as",
      reducers: ["Added": { state, event in try state["n"] += event.data["n"] }])
    let add = Command("Add", stream: "as") { data, transaction in
      var found = transaction.load(root, "a") ?? transaction.new(root, id: "a")
      found.raise("Added", data)
      try transaction.persist(&found)
      return .done
    }
    let app = try Eventicle(Domain("test", aggregates: [root], commands: [add]))
    try app.dispatch("Add", ["n": 1])
    let error = #expect(throws: OperationError.self) { try app.dispatch("Add", ["n": "x"]) }
    #expect(error?.cause == .badArgument)
    #expect(app.world.log.count == 1)
    try app.eventClient.emit([NewEvent("Added", "a", data: ["n": nil])], to: "as")
    #expect(throws: OperationError.self) { try app.dispatch("Add", ["n": 1]) }
    #expect(app.world.log.count == 2)
  }
}
