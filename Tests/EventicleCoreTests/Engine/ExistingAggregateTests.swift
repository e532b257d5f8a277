import CoreSupport
import EventicleCore
import Testing

/// Finding the aggregate that a command is about.
@Suite struct ExistingAggregateTests {
  private static let door = AggregateRoot(
    "Door", stream: "doors",
    reducers: ["DoorOpened": { state, _ in state["isOpen"] = true }])

  private func app() throws -> Eventicle {
    let open = Command("Open", stream: "doors") { _, transaction in
      var door = transaction.new(Self.door)
      door.raise("DoorOpened")
      return CommandResult(events: try transaction.persist(&door))
    }
    let look = Command("Look", stream: "doors", [.required("door", .any)]) { data, transaction in
      CommandResult(response: try transaction.existing(Self.door, data["door"]).state)
    }
    return try Eventicle(Domain("doors", aggregates: [Self.door], commands: [open, look]))
  }

  @Test func `an aggregate is found by the id in an argument`() throws {
    let app = try app()
    try app.dispatch("Open")
    #expect(try app.dispatch("Look", ["door": "door-1"]) == ["isOpen": true])
  }

  @Test(
    arguments: [
      ("door-2", "There is no Door with the id door-2; look for it by another one."),
      (7, "The id of Door must be a text, but it is a number; write door-1."),
    ] as [(JSON, String)])
  func `an unknown aggregate or invalid id is refused with a sentence`(id: JSON, sentence: String)
    throws
  {
    let app = try app()
    try app.dispatch("Open")
    do {
      try app.dispatch("Look", ["door": id])
      Issue.record("\(id) was found")
    } catch {
      #expect("\(error)" == sentence)
    }
  }
}
