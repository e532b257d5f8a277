import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct TenantTests {
  static let order = AggregateRoot(
    "Order", stream: "orders",
    checkpoint: { ["total": $0["total"]] },
    reducers: ["Ordered": { state, event in state["total"] = event.data["total"] }])

  static var domain: Domain {
    Domain(
      "test", aggregates: [order],
      commands: [
        Command("TC", stream: "orders") { data, tx in
          var order = tx.new(order, id: "o-1")
          order.raise("Ordered", ["total": data["total"]])
          return CommandResult(events: try tx.persist(&order))
        },
        Command("Read", stream: "orders") { _, tx in
          CommandResult(response: tx.load(order, "o-1")?["total"])
        },
      ],
      views: [
        EventView(
          "Board", streams: ["orders"],
          on: ["Ordered": { event, tx in try tx.put("Board", "row", event.data.value) }])
      ])
  }

  @Test func `S-36 a tenant's events go to its stream, single's to the stream itself`() throws {
    let app = try Eventicle(Self.domain)
    for workspace in ["acme", "single"] as [Workspace] {
      try app.dispatch(CommandIntent("TC", ["total": 1], workspace: workspace))
    }
    #expect(app.world.log.count(of: "acme.orders") == 1)
    #expect(app.world.log.count(of: "orders") == 1)
    #expect(app.world.tenants == ["acme"])
  }

  @Test func `F-070 F-057 aggregates, rows and responses are each tenant's own`() throws {
    let app = try Eventicle(Self.domain)
    try app.dispatch(CommandIntent("TC", ["total": 1]))
    try app.dispatch(CommandIntent("TC", ["total": 2], workspace: "acme"))
    try app.dispatch(CommandIntent("TC", ["total": 3], workspace: "globex"))
    let totals = try ([nil, "acme", "globex"] as [Workspace?]).map {
      try app.dispatch(CommandIntent("Read", workspace: $0)).response
    }
    #expect(totals == [1, 2, 3])
    for (workspace, total) in [(Workspace.system, 1), ("acme", 2), ("globex", 3)] {
      let row = app.world.record(RecordKey("Board", "row", in: workspace))
      #expect(row?.content["total"].integer == total)
      let state = Self.order.state(of: "o-1", in: app.world, workspace: workspace)
      #expect(state?.state["total"].integer == total)
      #expect(app.world.histories.count(of: "Order", in: workspace) == 1)
    }
    #expect(AggregateKey("Order", "o-1").description == "Order/o-1")
    #expect(AggregateKey("Order", "o-1", in: "acme").description == "acme:Order/o-1")
    try app.dispatch(on: "s", in: "acme") { tx in
      let page = try tx.loadBulk(Self.order)
      #expect(page.totalCount == 1)
      #expect(tx.load(Self.order, "o-1", in: .system)?["total"] == 1)
      return CommandResult()
    }
  }

  @Test func `F-081 a consumer of the logical stream catches up with every tenant`() throws {
    let app = try Eventicle(Self.domain)
    let seen = HandlerLog()
    try app.dispatch(CommandIntent("TC", ["total": 2], workspace: "acme"))
    try app.dispatch(CommandIntent("TC", ["total": 1]))
    try app.eventClient.coldHotStream("orders", group: "all") { seen.note($0.stream.text) }
    try app.eventClient.coldHotStream("acme.orders", group: "acme") { _ in seen.note("acme alone") }
    try app.dispatch(CommandIntent("TC", ["total": 2], workspace: "globex"))
    #expect(seen.lines == ["acme.orders", "orders", "acme alone", "globex.orders"])
  }

  @Test(
    arguments: [
      ["orders"], ["ord*"], ["orders", "nobody"], ["acme.orders"], ["*"],
    ] as [[StreamName]])
  func `who reads a stream cold has the tenants' parts of it, as a group does`(
    names: [StreamName]
  ) throws {
    let app = try Eventicle(Self.domain)
    for workspace in ["acme", "single", "beta"] as [Workspace] {
      try app.dispatch(CommandIntent("TC", ["total": 1], workspace: workspace))
    }
    let seen = HandlerLog()
    if names.count == 1 {
      try app.eventClient.coldHotStream(names[0], group: "g") { seen.note($0) }
    } else {
      try app.eventClient.coldHotStream(names[0], names[1], group: "g") { seen.note($0) }
    }
    #expect(seen.lines.count == (names == ["acme.orders"] ? 1 : 3))
    var cold: [String] = []
    try app.eventClient.coldStream(names) { cold.append($0.id.text) }
    #expect(cold == seen.lines)
    let reader = StreamReaders(app.engine).reader(of: names)
    #expect(reader.hasNews(in: app.world, after: Position(0)))
    let part = reader.part(of: app.world, after: Position(0), upTo: Position(3), limit: 9)
    #expect(part.events.map(\.id.text) == seen.lines)
    try app.eventClient.pause("g")
    try app.eventClient.replay("g", from: .beginning)
    #expect(app.eventClient.groups.last?.lag == seen.lines.count)
  }

  @Test func `a stream with a dot is nobody's until its tenant is known`() throws {
    let app = try Eventicle(Self.domain)
    try app.eventClient.emit([new("Ordered", of: "o-1", ["total": 9])], to: "acme.orders")
    #expect(app.world.recordCount(of: "Board") == 0)
    #expect(app.world.logical("acme.orders") == "acme.orders")
    try app.dispatch(CommandIntent("TC", ["total": 2], workspace: "acme"))
    #expect(app.world.logical("acme.orders") == "orders")
    try app.eventClient.emit([new("Ordered", of: "o-2", ["total": 5])], to: "acme.orders")
    #expect(
      app.world.record(RecordKey("Board", "row", in: "acme"))?.content["total"].integer == 5)
  }
}
