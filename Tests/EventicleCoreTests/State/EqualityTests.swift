import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Equal values have equal hashes and are found in sets; unequal ones are not.
@Suite struct EqualityTests {
  /// Checks groups of equal values, each group different from all others.
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

  @Test func `keys differ by bytes and by tenant`() {
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

  @Test func `records with equal content are equal`() throws {
    func record(_ content: JSON) throws -> Record {
      let tx = try transaction()
      try tx.create("T", content, id: "1")
      return try #require(tx.record("T", "1"))
    }
    check([
      [try record(["a": 1.50, "b": 2]), try record(["b": 2, "a": 1.5])], [try record(["a": 1])],
    ])
  }

  @Test func `sort values compare by meaning`() {
    check([
      [SortValue(nil)], [SortValue(.null)], [SortValue(true)], [SortValue(false)],
      [SortValue(1), SortValue(1.0)], [SortValue("1")], [SortValue(""), SortValue("")],
      [SortValue([1]), SortValue([])], [SortValue(["a": 1]), SortValue([:])],
    ])
  }

  @Test func `cron expressions, filters and objects compare by what they say`() throws {
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

  @Test func `position sets are equal whatever they contained before`() {
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
