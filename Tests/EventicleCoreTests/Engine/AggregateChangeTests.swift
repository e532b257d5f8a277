import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct AggregateChangeTests {
  @Test func `two versions differ by the events between them`() throws {
    let tx = try AggregateTests.store()
    let key = AggregateTests.user
    try tx.emit([new("UserCreated", of: "u", ["id": "u"])], to: "users")
    try tx.emit([new("UserNameSet", of: "u", ["name": "Ada"])], to: "users")
    try tx.emit([new("UserNameSet", of: "u", ["name": ["Eve", 1]])], to: "users")
    func changes(_ old: Int, _ new: Int) -> [String] {
      key.changes(of: "u", in: tx.world, from: Version(old), to: Version(new)).map(\.description)
    }
    #expect(changes(0, 1) == ["id: nothing → \"u\""])
    #expect(changes(1, 2) == ["name: nothing → \"Ada\""])
    #expect(changes(2, 3) == ["name: \"Ada\" → [\"Eve\",1]"])
    #expect(changes(3, 1) == ["name: [\"Eve\",1] → nothing"])
    #expect(changes(2, 2).isEmpty)
    #expect(key.changes(of: "nobody", in: tx.world, from: Version(0), to: Version(9)).isEmpty)
  }

  @Test func `members are compared by name, in any order, and arrays as a whole`() throws {
    let old: JSON = ["a": ["x": 1, "y": [1, 2]], "same": 1.50, "gone": true]
    let new: JSON = ["same": 1.5, "a": ["y": [1, 3], "x": 1], "b": nil]
    let found = AggregateChange.between(old, new)
    #expect(found.map(\.path) == [["a", "y"], ["b"], ["gone"]])
    #expect(found.map(\.old) == [[1, 2], nil, true])
    #expect(found.map(\.new) == [[1, 3], .null, nil])
    #expect(found[0].description == "a.y: [1,2] → [1,3]")
    #expect(AggregateChange.between(nil, nil).isEmpty)
    #expect(AggregateChange.between(old, old).isEmpty)
  }
}
