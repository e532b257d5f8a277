import EventicleCore
import Testing

/// Values of a program go into JSON and come back as they were.
@Suite struct JSONCodingTests {
  enum Kind: String, Codable { case big, small }
  enum Shape: Codable, Equatable {
    case circle(radius: Double)
    case line(Int, Int)
  }
  struct Item: Codable, Equatable {
    var name: String
    var count: UInt64
    var price: JSONNumber
    var weight: Double?
    var ratio: Float
    var tags: [String]
    var kind: Kind
    var shapes: [Shape]
    var extra: JSON
    var nested: [String: [Int8]]
    var id: DomainID
  }

  @Test func `every kind of member survives the way there and back`() throws {
    let item = Item(
      name: "tea", count: .max, price: 12, weight: nil, ratio: 0.1, tags: ["a", ""], kind: .big,
      shapes: [.circle(radius: 1e300), .line(-1, 2)], extra: ["a": [1, nil, true]],
      nested: ["x": [-128, 127]], id: "item-1")
    let json = try JSON(encoding: item)
    #expect(json["count"].description == "18446744073709551615")
    #expect(json["weight"].isNull && json.object?["weight"] == nil)
    #expect(json["id"] == "item-1")
    #expect(try json.decode(Item.self) == item)
    #expect(try JSONBytes(encoding: item).decode() == item)
  }

  @Test func `a number that does not fit is refused, and the member named`() throws {
    func refusal<Value: Decodable>(_ text: String, _ type: Value.Type) -> String {
      do {
        _ = try JSON(parsing: text).decode(type)
        return "taken"
      } catch { return "\(error)" }
    }
    #expect(
      refusal(#"{"a":[1,300]}"#, [String: [Int8]].self)
        == "a[1] must be a whole number from -128 to 127, but it is a number: 300.")
    #expect(
      refusal("9007199254740993", Double.self)
        == "The value must be a number that Double keeps exactly, but it is a number: "
        + "9007199254740993; decode it as a JSONNumber.")
    #expect(refusal("1.0", Int.self) == "taken")
    #expect(refusal("1e3", UInt16.self) == "taken")
    #expect(refusal("0.1", Double.self) == "taken")
    #expect(refusal("1.5", Int.self).hasPrefix("The value must be a whole number"))
    #expect(refusal(#"{"name":1}"#, Item.self).hasPrefix("name must be a string, but it is a num"))
    #expect(refusal("{}", Item.self) == "name is missing; add it.")
    #expect(refusal(#""huge""#, Kind.self).contains("huge"))
    #expect(throws: JSONCodingError.self) { try JSON(encoding: [Double.infinity]) }
  }

  @Test func `events, commands, records and responses take values as they are`() throws {
    struct Note: Codable, Equatable { var text: String }
    let write = Command("Write", stream: "notes", [.required("text")], taking: Note.self) {
      note, transaction in
      try transaction.put("Note", "n", note)
      return try CommandResult(response: note, events: [NewEvent("Written", "n", data: note)])
    }
    let app = try Eventicle(Domain("test", commands: [write]))
    let response = try app.dispatch("Write", Note(text: "hello"))
    #expect(try response?.decode() == Note(text: "hello"))
    #expect(try app.world.record("Note", "n")?.decode() == Note(text: "hello"))
    #expect(try app.world.records(of: "Note").decode(Note.self) == [Note(text: "hello")])
    let event = try #require(app.world.log.event(at: Position(1)))
    #expect(try event.data.decode() == Note(text: "hello"))
    #expect(event.data["text"] == "hello")
  }
}
