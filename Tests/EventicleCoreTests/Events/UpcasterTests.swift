import Testing

@testable import EventicleCore

@Suite struct UpcasterTests {
  static func event(_ type: EventType, _ data: String) -> Event {
    Event(
      id: "e1", type: type, source: "shop", stream: "orders", domainID: "o-1",
      createdAt: .standardStart, data: JSONBytes(trusted: Array(data.utf8)))
  }

  static func chain() throws -> UpcasterChain {
    try UpcasterChain([
      EventUpcaster("OrderPlaced", from: 2, renamedTo: "OrderCreated", version: 1),
      EventUpcaster("OrderPlaced", from: 1) { $0["currency"] = "EUR" },
      EventUpcaster("OrderCreated", from: 1) { data in
        let lines = data["items"]
        data["items"] = .null
        data["lines"] = lines
      },
      EventUpcaster(dropping: "OrderTouched", from: 1),
    ])
  }

  @Test func `an old event goes through every step to the newest version`() throws {
    let old = Self.event("OrderPlaced", #"{"items":[1]}"#)
    let new = try #require(try Self.chain().upcast(old))
    #expect(new.type == "OrderCreated")
    #expect(
      new.data.value
        == ["items": nil, "currency": "EUR", "lines": [1], "schemaVersion": 2])
    var rest = new
    (rest.type, rest.data) = (old.type, old.data)
    #expect(rest == old)
    #expect(try Self.chain().upcast(new) == new)
  }

  @Test func `an event enters the chain at its version`() throws {
    let chain = try Self.chain()
    let second = try #require(
      try chain.upcast(Self.event("OrderPlaced", #"{"schemaVersion":2,"items":[]}"#)))
    #expect(second.type == "OrderCreated")
    #expect(second.data.value["currency"] == .null)
    for data in [#"{ "schemaVersion":2.0, "n":1.50 }"#, #"{"schemaVersion":7}"#] {
      let newest = Self.event("OrderCreated", data)
      #expect(try chain.upcast(newest) == newest)
    }
    let declared = try UpcasterChain(
      [EventUpcaster("T", from: 3) { $0["x"] = 1 }], versions: ["T": 3])
    #expect(try declared.upcast(Self.event("T", "{}"))?.data.value["x"] == 1)
    #expect(try declared.upcast(Self.event("T", #"{"schemaVersion":4}"#))?.data.value["x"] == .null)
  }

  @Test func `events of other types keep their bytes`() throws {
    let chain = try Self.chain()
    let other = Self.event("Other", "no JSON at all")
    #expect(!chain.concerns(other.type))
    #expect(chain.concerns("OrderTouched"))
    #expect(try chain.upcast(other) == other)
    #expect(try UpcasterChain.empty.upcast(other) == other)
  }

  @Test func `an upcaster can drop an event`() throws {
    let chain = try Self.chain()
    #expect(try chain.upcast(Self.event("OrderTouched", "{}")) == nil)
    let second = Self.event("OrderTouched", #"{"schemaVersion":2}"#)
    #expect(try chain.upcast(second) == second)
  }

  @Test func `data that is not an object is upcast too`() throws {
    let chain = try UpcasterChain([EventUpcaster("T", from: 1) { $0 = ["value": $0] }])
    let new = try chain.upcast(Self.event("T", "5"))
    #expect(new?.data.value == ["value": 5, "schemaVersion": 2])
    let plain = try UpcasterChain([EventUpcaster("T", from: 1) { _ in }])
    #expect(try plain.upcast(Self.event("T", "5"))?.data.value == 5)
  }

  @Test func `an error of a step names the step and the event`() throws {
    let chain = try UpcasterChain([EventUpcaster("T", from: 1) { _ in throw Rejection("no items") }]
    )
    let error = #expect(throws: UpcasterError.self) { try chain.upcast(Self.event("T", "{}")) }
    #expect(error?.description.hasPrefix("The upcaster of T 1 failed at event e1: ") == true)
    #expect(error?.description.contains("no items") == true)
  }

  @Test(arguments: [
    (
      [
        EventUpcaster("A", from: 1, renamedTo: "B"),
        EventUpcaster("B", from: 2, renamedTo: "A", version: 1),
      ],
      "Upcasters go round in a circle: A 1, then B 2, then A 1."
    ),
    (
      [EventUpcaster("A", from: 1), EventUpcaster("A", from: 3)],
      "The upcaster of A 1 leads to A 2, but the next step is from version 3; "
        + "add one from version 2."
    ),
    (
      [EventUpcaster("A", from: 1, renamedTo: "B", version: 1), EventUpcaster("B", from: 2)],
      "The upcaster of A 1 leads to B 1, but the next step is from version 2; "
        + "add one from version 1."
    ),
    (
      [EventUpcaster("A", from: 2)],
      "The first upcaster of A is from version 2, but its events begin with version 1; add a step "
        + "from there, or declare the version of events that do not tell theirs."
    ),
    (
      [EventUpcaster("A", from: 1), EventUpcaster(dropping: "A", from: 1)],
      "There are two upcasters of A 1; leave one of them out."
    ),
    (
      [EventUpcaster("A", from: 2, version: 2)],
      "The upcaster of A 2 leads to version 2; it must lead to a later one."
    ),
    (
      [EventUpcaster("A", from: .max)],
      "The upcaster of A \(Int.max) leads to version \(Int.max); it must lead to a later one."
    ),
  ])
  func `steps that do not form a chain are refused`(steps: [EventUpcaster], sentence: String) {
    for steps in [steps, steps.reversed()] {
      let error = #expect(throws: UpcasterError.self) { try UpcasterChain(steps) }
      #expect(error?.description.first == sentence.first)
    }
    let error = #expect(throws: UpcasterError.self) { try UpcasterChain(steps) }
    #expect(error?.description == sentence)
  }

  @Test func `a chain may continue that of a renamed type`() throws {
    let chain = try UpcasterChain([
      EventUpcaster("A", from: 1, renamedTo: "B", version: 4),
      EventUpcaster("B", from: 4) { $0["x"] = 1 },
    ])
    #expect(try chain.upcast(Self.event("A", "{}"))?.data.value == ["schemaVersion": 5, "x": 1])
  }
}
