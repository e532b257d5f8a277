import TestSupport
import Testing

@testable import EventicleCore

@Suite struct DifferenceTests {
  @Test func `added, removed and changed values are reported at their paths`() {
    let old: JSON = ["a": 1, "b": ["x": true], "list": [1, 2, 3], "gone": "x"]
    let new: JSON = ["b": ["x": false], "a": 1, "list": [1, 5], "more": [:]]
    let found = differences(from: old, to: new)
    #expect(
      found.map { "\($0.sign)\($0.path)" } == ["~b.x", "~list[1]", "-list[2]", "+more", "-gone"])
    #expect(found.map(\.old) == [true, 2, 3, nil, "x"])
    #expect(found.map(\.new) == [false, 5, nil, [:], nil])
  }

  @Test func `an empty object does not differ from nothing`() {
    #expect(differences(from: nil, to: .emptyObject).isEmpty)
    #expect(differences(from: .emptyObject, to: nil).isEmpty)
    #expect(differences(from: nil, to: ["a": 1]).map(\.sign) == ["+"])
    #expect(differences(from: ["a": 1], to: nil).map(\.sign) == ["-"])
    #expect(differences(from: 1, to: [1]).map(\.sign) == ["~"])
    #expect(differences(from: ["a": [1]], to: ["a": [1, 2]]).map { "\($0.path)" } == ["a[1]"])
  }

  @Test(arguments: seeds(200))
  func `there are differences exactly when values are not equal`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let old = JSONTests.value(depth: 3).next(&random)
    let new = JSONTests.value(depth: 3).next(&random)
    #expect(differences(from: old, to: old).isEmpty)
    let isBeginning = [old, new].allSatisfy { $0 == .emptyObject }
    #expect(differences(from: old, to: new).isEmpty == (old == new || isBeginning))
  }
}
