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

  @Test func `a tenant's events go to the tenant's stream, others to the stream itself`() throws {
    let app = try Eventicle(Self.domain)
    for workspace in ["acme", "single"] as [Workspace] {
      try app.dispatch(CommandIntent("TC", ["total": 1], workspace: workspace))
    }
    #expect(app.world.log.count(of: Workspace("acme").stream("orders")) == 1)
    #expect(app.world.log.count(of: "orders") == 1)
    #expect(app.world.log.streamNames.map(\.text) == ["acme.orders", "orders"])
    #expect(app.world.tenants == ["acme"])
  }

  @Test func `aggregates, rows and responses are separate for each tenant`() throws {
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

  @Test func `a consumer of the logical stream catches up with every tenant`() throws {
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
  func `a cold replay of a stream includes the tenants' parts, as a group does`(
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

  @Test func `a stream that is called like a tenant's part is the system's all the same`() throws {
    let app = try Eventicle(Self.domain)
    try app.dispatch(CommandIntent("TC", ["total": 2], workspace: "acme"))
    try app.eventClient.emit([new("Ordered", of: "o-1", ["total": 9])], to: "acme.orders")
    let part = Workspace("acme").stream("orders")
    #expect(app.world.log.streamNames == [part, "acme.orders"])
    #expect(app.world.log.streamNames.map(\.text) == ["acme.orders", "acme.orders"])
    #expect(app.world.log.count(of: part) == 1 && app.world.log.count(of: "acme.orders") == 1)
    #expect(app.world.recordCount(of: "Board") == 0)
    #expect(app.world.record(RecordKey("Board", "row", in: "acme"))?.content["total"] == 2)
    try app.eventClient.emit([new("Ordered", of: "o-2", ["total": 5])], to: part)
    #expect(app.world.record(RecordKey("Board", "row", in: "acme"))?.content["total"] == 5)
  }

  @Test func `who emits to a tenant's part makes the tenant known`() throws {
    let app = try Eventicle(Self.domain)
    let part = Workspace("globex").stream("orders")
    try app.eventClient.emit([new("Ordered", of: "o-1", ["total": 5])], to: part)
    #expect(app.world.tenants == ["globex"])
    #expect(
      throws: OperationError(TransactionError.workspaceWithColon("a:b").description)
    ) { try app.eventClient.emit([new("Ordered")], to: Workspace("a:b").stream("orders")) }
  }

  @Test func `what a tenant's aggregate raised goes to the tenant, whoever returns it`() throws {
    let app = try Eventicle(Self.domain)
    try app.dispatch(on: "orders") { tx in
      var order = tx.new(Self.order, id: "o-1", in: "acme")
      order.raise("Ordered", ["total": 7])
      return CommandResult(events: try tx.persist(&order))
    }
    #expect(app.world.log.streamNames == [Workspace("acme").stream("orders")])
    let key = AggregateKey("Order", "o-1", in: "acme")
    #expect(app.world.histories.version(of: key) == Version(1))
    #expect(app.world.record(RecordKey("Board", "row", in: "acme"))?.content["total"] == 7)
  }

  @Test func `an aggregate or a command writes to no tenant's part`() {
    let part = Workspace("acme").stream("orders")
    let command = Command("C", stream: part) { _, _ in CommandResult() }
    #expect(throws: DomainError.streamOfTenant(declaration: "command C", part)) {
      try Engine(Domain("test", commands: [command]))
    }
    let root = AggregateRoot("A", stream: part, reducers: [:])
    #expect(throws: DomainError.streamOfTenant(declaration: "aggregate A", part)) {
      try Engine(Domain("test", aggregates: [root]))
    }
  }

  @Test func `a wait for an aggregate is for the one of its workspace`() throws {
    let app = try Eventicle(Self.domain)
    let seen = HandlerLog()
    for workspace in [.system, "acme"] as [Workspace] {
      app.watch(Self.order, "o-1", in: workspace, timeout: .seconds(9), until: { $0 != nil }) { _ in
        seen.note(workspace.text)
      }
    }
    try app.dispatch(CommandIntent("TC", ["total": 2], workspace: "acme"))
    #expect(seen.lines == ["acme"])
  }

  @Test
  func `counters and locks of one name are apart, even with the mark of the engine's own names`()
    throws
  {
    let app = try Eventicle(Self.domain)
    var ids: [DomainID] = []
    for (workspace, prefix) in [
      ("acme", "n"), ("system", "n"), ("acme", "n"), ("system", "acme:n"),
      ("system", "\u{1F}acme:n"), ("a", "b:n"), ("system", "\u{1F}:n"),
    ] as [(Workspace, String)] {
      try app.dispatch(on: "s", in: workspace) { tx in
        ids.append(tx.nextID(prefix))
        #expect(tx.tryLock(prefix))
        #expect(tx.heldLocks.count == 1)
        return CommandResult(events: [new("T")])
      }
    }
    #expect(ids.map { $0.text.last } == ["1", "1", "2", "1", "1", "1", "1"])
    #expect(app.world.counter("n", in: "acme") == 2 && app.world.counter("n") == 1)
  }

  @Test func `a key of one tenant that waits holds up no other tenant`() throws {
    let seen = HandlerLog()
    let adapter = EventAdapter(
      "A", streams: ["s"],
      options: ConsumerOptions(policy: .retry(3, after: .seconds(5)), parallel: 5),
      onAny: { event, tx in
        if tx.workspace == "acme", seen.lines.isEmpty {
          seen.note("failed")
          throw Rejection("not yet")
        }
        seen.note("\(tx.workspace) \(event.id)")
      })
    let app = try Eventicle(Domain("test", adapters: [adapter]))
    for workspace in ["acme", "globex", "system"] as [Workspace] {
      let part = workspace.stream("s")
      try app.eventClient.emit([new("T", EventID("\(workspace)-1"), of: "k")], to: part)
    }
    #expect(seen.lines == ["failed", "globex globex-1", "system system-1"])
    try app.advance(by: .seconds(6))
    #expect(seen.lines.last == "acme acme-1")
  }
}
