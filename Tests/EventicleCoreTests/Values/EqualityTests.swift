import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What is equal hashes alike and is found in sets, and what is not is told apart.
@Suite struct EqualityTests {
  /// Groups of equal values, each group unlike all others.
  private func check<Value: Hashable>(_ groups: [[Value]]) {
    #expect(Set(groups.joined()).count == groups.count)
    for (index, group) in groups.enumerated() {
      for (other, others) in groups.enumerated() {
        for left in group {
          for right in others {
            #expect((left == right) == (index == other), "\(left) and \(right)")
            if index == other { #expect(left.hashValue == right.hashValue) }
          }
        }
      }
    }
  }

  @Test func `keys are told apart by their bytes and their tenant`() {
    check([
      [RecordKey("T", "é"), RecordKey("T", "é")], [RecordKey("T", "e\u{301}")],
      [RecordKey("U", "é")], [RecordKey("T", "é", in: Workspace("acme"))],
    ])
    check([
      [AggregateKey("T", "a"), AggregateKey("T", "a", in: .system)], [AggregateKey("U", "a")],
      [AggregateKey("T", "a", in: Workspace("acme"))],
    ])
    let tenant = AggregateKey("Order", "a", in: Workspace("acme"))
    #expect(AggregateKey(stored: tenant.storedType, "a") == tenant)
    #expect(AggregateKey(stored: "Order", "a") == AggregateKey("Order", "a"))
    let keys = ["b", "a"].map { TimerKey(SagaKey("S", $0), "t") }
    #expect(keys.sorted().map(\.owner.instanceID) == ["a", "b"])
  }

  @Test func `records are the same when they say the same`() throws {
    func record(_ content: JSON) throws -> Record {
      let tx = try transaction()
      try tx.create("T", content, id: "1")
      return try #require(tx.record("T", "1"))
    }
    check([
      [try record(["a": 1.50, "b": 2]), try record(["b": 2, "a": 1.5])], [try record(["a": 1])],
    ])
  }

  @Test func `values are ordered and told apart by what they mean`() {
    check([
      [SortValue(nil)], [SortValue(.null)], [SortValue(true)], [SortValue(false)],
      [SortValue(1), SortValue(1.0)], [SortValue("1")], [SortValue(""), SortValue("")],
      [SortValue([1]), SortValue([])], [SortValue(["a": 1]), SortValue([:])],
    ])
  }

  @Test func `rules, plans and filters are the same when they are written the same`() throws {
    check([
      [try CronExpression("0 4 * * *"), try CronExpression("0 4 * * *")],
      [try CronExpression("1 4 * * *")],
    ])
    check([
      [try FilterExpression(parsing: "a or b"), try FilterExpression(parsing: "a or b")],
      [try FilterExpression(parsing: "a b")],
    ])
    check([
      [JSONObject([("a", 1), ("b", 2)]), JSONObject([("b", 2), ("a", 1)])],
      [JSONObject([("a", 1)])],
    ])
  }

  @Test func `sets of places are the same whatever was in them before`() {
    var left = PositionSet()
    var right = PositionSet()
    for number in [3, 64, 200, 1_000] { left.set(Position(number), true) }
    for number in [200, 3, 64] { right.set(Position(number), true) }
    #expect(left != right)
    left.set(Position(1_000), false)
    check([[left, right], [PositionSet()]])
    right.set(Position(-1), true)
    #expect(left == right)
    right.set(Position(64), false)
    right.set(Position(65), true)
    #expect(left != right)
    #expect(!right.contains(Position(64)) && right.contains(Position(65)))
  }
}
