import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct StoreProofTests {
  /// Three records: with a number, with `null`, with nothing.
  private func world() throws -> World {
    let step = try transaction()
    try step.create("row", ["k": 3, "list": ["a"], "text": "abc"], id: "full")
    try step.create("row", ["k": nil, "list": nil, "text": nil], id: "null")
    try step.create("row", [:], id: "none")
    return step.commit().0
  }

  private func ids(_ form: String) throws -> [String] {
    try world().records(of: "row", where: Query(JSON(parsing: form))).map(\.id)
  }

  @Test func `two engines of one process share nothing`() throws {
    let view = EventView(
      "V", streams: ["s"], onAny: { event, step in try step.put("V", event.id.text, [:]) })
    let one = try Eventicle(Domain("test", views: [view]))
    let two = try Eventicle(Domain("test", views: [view]))
    try one.eventClient.emit([new("T", "1")], to: "s")
    #expect(one.world.recordCount(of: "V") == 1)
    #expect(two.world.recordCount(of: "V") == 0)
    #expect(two.world.log.count == 0)
  }

  @Test(arguments: ["LT", "LTE", "GT", "GTE"])
  func `a missing value never compares`(operation: String) throws {
    for operand in ["-1e9", "0", "3", "1e9", "\"\"", "\"z\""] {
      let found = try ids(#"{"k":{"op":"\#(operation)","value":\#(operand)}}"#)
      #expect(Set(found).isSubset(of: ["full"]))
    }
  }

  @Test func `null is a value, and missing has an operator of its own`() throws {
    #expect(try ids(#"{"k":{"op":"EQ","value":null}}"#) == ["null"])
    let world = try world()
    #expect(try world.records(of: "row", where: .exists("k")).map(\.id) == ["full", "null"])
    #expect(try world.records(of: "row", where: .not(.exists("k"))).map(\.id) == ["none"])
  }

  @Test func `all conditions hold, in any order`() throws {
    let no = #""k":{"op":"EQ","value":4}"#
    let like = #""text":{"op":"LIKE","value":{"path":["text"],"like":"b"}}"#
    let object = #""x":{"op":"OBJECT","value":{"k":3}}"#
    #expect(try ids("{\(like)}") == ["full"])
    #expect(try ids("{\(object)}") == ["full"])
    for order in [[no, like, object], [like, no, object], [object, like, no]] {
      #expect(try ids("{\(order.joined(separator: ","))}") == [])
    }
  }

  @Test func `an unknown operator is an error`() throws {
    #expect(throws: QueryError.self) { try ids(#"{"k":{"op":"ALMOST","value":3}}"#) }
  }

  @Test func `a missing or null value contains nothing and raises no error`() throws {
    #expect(try ids(#"{"list":{"op":"ARRAY_CONTAINS","value":"a"}}"#) == ["full"])
    #expect(try ids(#"{"x":{"op":"LIKE","value":{"path":["text"],"like":"b"}}}"#) == ["full"])
    #expect(try ids(#"{"x":{"op":"OBJECT","value":{"list":["a"]}}}"#) == ["full"])
    #expect(try ids(#"{"x":{"op":"LIKE","value":{"path":["no","way"],"like":"b"}}}"#) == [])
  }
}
