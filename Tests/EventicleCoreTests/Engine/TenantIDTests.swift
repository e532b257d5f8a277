import CoreSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Ids of events are unique in a workspace, and mean nothing in another.
@Suite struct TenantIDTests {
  static let workspaces: [Workspace] = [.system, "a", "a.b"]

  static func event(_ id: EventID, _ workspace: Workspace, _ cause: EventID? = nil) -> Event {
    Event(
      id: id, type: "T", source: "", causedByID: cause, stream: workspace.stream("s"),
      domainID: "d", createdAt: .standardStart, data: JSONBytes(["of": .string(workspace.text)]))
  }

  @Test func `a given id may be used once in each workspace`() throws {
    let app = try Eventicle(Domain("test"))
    for workspace in Self.workspaces {
      let data: JSON = ["of": .string(workspace.text)]
      for _ in 0..<2 {
        try app.eventClient.emit([new("T", "x1", of: "d", data)], to: workspace.stream("s"))
      }
      #expect(throws: OperationError.self) {
        try app.eventClient.emit(
          [new("T", "x1", of: "d", ["of": "other"])], to: workspace.stream("s"))
      }
    }
    #expect(app.world.log.count == 3)
    for (index, workspace) in Self.workspaces.enumerated() {
      #expect(app.world.log.position(of: "x1", in: workspace) == Position(index + 1))
      try app.dispatch(on: "s", in: workspace) { tx in
        #expect(tx.event("x1")?.data.value["of"].string == workspace.text)
        #expect(tx.event("x1", in: "a.b")?.data.value["of"].string == "a.b")
        return CommandResult()
      }
    }
    #expect(app.world.log.position(of: "x1", in: "b") == nil)
    #expect(app.world.log.position(of: "x1") == Position(3))
  }

  @Test func `an import refuses an id only where it is taken`() throws {
    var bench = try RecordedEngine(Domain("test"))
    for workspace in Self.workspaces {
      #expect(
        bench.perform(.take(Self.event("x1", workspace), reaction: .viewsOnly)).problem == nil)
      var other = Self.event("x1", workspace)
      other.data = JSONBytes(["of": "somebody else"])
      #expect(bench.perform(.take(other, reaction: .viewsOnly)).problem != nil)
    }
    let bytes = EventFile.bytes(of: bench.world.log)
    #expect(try EventFile.read(bytes).map(\.workspace) == Self.workspaces)
    #expect(throws: EventFileError.self) { try EventFile.read(bytes + bytes) }
    #expect(throws: EventFileError.self) {
      try EventFile.read(bytes) { $0.workspace == "a.b" && $0.id == "x1" }
    }
  }

  @Test func `a cause is the event of the same workspace, else that of another`() throws {
    var bench = try RecordedEngine(Domain("test"))
    for workspace in Self.workspaces {
      bench.perform(.take(Self.event("x1", workspace), reaction: .viewsOnly))
    }
    bench.perform(.take(Self.event("only", "a"), reaction: .viewsOnly))
    for workspace in Self.workspaces {
      for (id, cause) in [("c1", "x1"), ("c2", "x1"), ("c3", "only")] as [(EventID, EventID)] {
        bench.perform(.take(Self.event(id, workspace, cause), reaction: .viewsOnly))
      }
    }
    let log = bench.world.log
    for (index, workspace) in Self.workspaces.enumerated() {
      for (id, wanted) in [("c1", index + 1), ("c2", index + 1), ("c3", 4)] as [(EventID, Int)] {
        let position = try #require(log.position(of: id, in: workspace))
        #expect(log.causePosition(at: position) == Position(wanted))
        let event = try #require(log.event(at: position))
        #expect(log.position(ofCauseOf: event) == Position(wanted))
      }
    }
  }

  @Test func `what was persisted for one tenant is not taken for another's event of the same id`()
    throws
  {
    let root = AggregateRoot("R", stream: "s", reducers: [:])
    let app = try Eventicle(Domain("test", aggregates: [root]))
    try app.dispatch(on: "s", in: "a") { tx in
      var instance = tx.new(root, id: "d")
      instance.raise("T", id: "x1")
      let own = try tx.persist(&instance, publish: false)
      try tx.within("b") { try $0.emit([new("T", "x1", of: "d", ["other": 1])], to: "s") }
      return CommandResult(events: own)
    }
    #expect(app.world.log.streamNames.map(\.workspace) == ["b", "a"])
    for workspace in ["a", "b"] as [Workspace] {
      #expect(
        app.world.histories.version(of: AggregateKey("R", "d", in: workspace)) == Version(1))
    }
  }

  @Test(arguments: [
    (#""stream":"a.s","workspace":"a""#, "a", "s"), (#""stream":"a.s""#, "system", "a.s"),
    (#""workspace":"a.b","stream":"a.b.s.t""#, "a.b", "s.t"),
    (#""stream":"s","workspace":"system""#, "system", "s"),
    (#""stream":"s","workspace":"""#, "system", "s"),
  ])
  func `whose an event is says its member workspace, and never its stream`(
    members: String, workspace: String, stream: String
  ) throws {
    let text = #"{"id":"1","type":"T",\#(members),"createdAt":0,"data":{}}"#
    let event = try EventReader.read(Array(text.utf8))
    #expect(event.workspace.text == workspace && event.stream.logical.text == stream)
    #expect(try EventReader.read(event.json) == event)
    let codec = JSONEventCodec()
    #expect(try codec.decode(codec.encode(event)) == event)
    #expect(
      String(decoding: event.json, as: UTF8.self).contains("workspace") == (workspace != "system"))
  }

  @Test(arguments: [("b.s", "a"), ("a", "a"), ("a.", "a"), ("as", "a"), ("a:b.s", "a:b")])
  func `a stream that is not the workspace's is refused`(stream: String, workspace: String) {
    let text =
      #"{"id":"1","type":"T","stream":"\#(stream)","workspace":"\#(workspace)","createdAt":0}"#
    let error = #expect(throws: EventFormatError.self) { try EventReader.read(Array(text.utf8)) }
    #expect(error?.reason.contains(workspace) == true)
  }
}
