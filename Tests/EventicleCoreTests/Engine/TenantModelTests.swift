import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Tenants and streams of random names, which overlap in every way, against one plain log each.
@Suite struct TenantModelTests {
  /// One part of a stream, as the model knows it: nothing is put together from texts.
  struct Part: Hashable {
    let workspace: Workspace
    let stream: String
    var name: StreamName { workspace.stream(StreamName(stream)) }
  }

  /// What should be: the ids of each part's events, with what they are about.
  struct Model {
    var logs: [Part: [(id: EventID, about: DomainID)]] = [:]

    func events(_ workspace: Workspace, _ stream: String) -> [(id: EventID, about: DomainID)] {
      logs[Part(workspace: workspace, stream: stream)] ?? []
    }
  }

  /// A few names whose parts begin alike.
  static func names(_ count: Int, _ random: inout SeededRandom) -> [String] {
    var found: Set<String> = []
    while found.count < count {
      let parts = (0..<random.number(1...3)).map { _ in random.pick(["a", "b", "o"]) }
      found.insert(parts.joined(separator: "."))
    }
    return found.sorted()
  }

  /// For each stream a command, an aggregate, a view and a saga; and a view of everything.
  static func domain(_ streams: [String]) -> Domain {
    let roots = streams.map {
      AggregateRoot("R-\($0)", stream: StreamName($0), reducers: [:])
    }
    func rows(_ name: String, _ streams: [StreamName]) -> EventView {
      EventView(
        name, streams: streams,
        onAny: { event, tx in try tx.put(name, event.id.text, ["about": .string(event.key)]) })
    }
    return Domain(
      "test", aggregates: roots,
      commands: streams.map { stream in
        Command("C-\(stream)", stream: StreamName(stream)) { data, _ in
          let id = DomainID(data["about"].string ?? "")
          return CommandResult(events: [NewEvent("E", id)])
        }
      }
        + roots.map { root in
          Command("P-\(root.stream)", stream: "nothing") { data, tx in
            let id = DomainID(data["about"].string ?? "")
            var instance = tx.load(root, id) ?? tx.new(root, id: id)
            instance.raise("E")
            try tx.persist(&instance)
            return CommandResult()
          }
        },
      views: streams.map { rows("V-\($0)", [StreamName($0)]) }
        + [rows("All", ["*"]), rows("O", ["o*"])],
      sagas: streams.map { stream in
        Saga("S-\(stream)", streams: [StreamName(stream)])
          .keyed(by: "about", value: { $0.domainID.map { .string($0.text) } })
          .startOn("E") { step, _ in step["n"] = 1 }
          .on("E") { step, _ in step["n"] = .int((step["n"].integer ?? 0) + 1) }
      })
  }

  static func play(
    _ app: Eventicle, _ streams: [String], _ workspaces: [Workspace], _ random: inout SeededRandom
  ) throws -> Model {
    var model = Model()
    for turn in 0..<random.number(5...25) {
      let part = Part(workspace: random.pick(workspaces), stream: random.pick(streams))
      let about = random.pick(["x", "y"] as [DomainID])
      let data: JSON = ["about": .string(about.text)]
      switch random.below(4) {
      case 0:
        // The same id in every workspace.
        let id = EventID("given-\(turn % 3)")
        let home = streams.first { model.events(part.workspace, $0).contains { $0.id == id } }
        let emit = { try app.eventClient.emit([new("E", id, of: "g")], to: part.name) }
        guard home == nil || home == part.stream else {
          #expect(throws: OperationError.self) { try emit() }
          continue
        }
        try emit()
        if home == nil { model.logs[part, default: []].append((id, "g")) }
        continue
      case 1:
        try app.dispatch(CommandIntent("P-\(part.stream)", data, workspace: part.workspace))
      case 2:
        try app.dispatch(on: StreamName(part.stream), in: part.workspace) { tx in
          try tx.emit("E", about, to: StreamName(part.stream))
          return CommandResult()
        }
      default: try app.dispatch(CommandIntent("C-\(part.stream)", data, workspace: part.workspace))
      }
      let id = try #require(app.world.log.event(at: app.world.log.last)?.id)
      model.logs[part, default: []].append((id, about))
    }
    return model
  }

  /// What is different in a world from what should be.
  static func check(
    _ world: World, _ model: Model, _ streams: [String], _ workspaces: [Workspace],
    hasSagas: Bool = true
  ) {
    #expect(Set(world.log.streamNames) == Set(model.logs.keys.map(\.name)))
    #expect(Set(world.tenants) == Set(model.logs.keys.map(\.workspace).filter(\.isTenant)))
    for workspace in workspaces {
      var (all, o) = (0, 0)
      for stream in streams {
        let part = Part(workspace: workspace, stream: stream)
        let events = model.events(workspace, stream)
        all += events.count
        if stream.hasPrefix("o") { o += events.count }
        var found: [EventID] = []
        world.log.forEach(in: part.name) { event, position in
          found.append(event.id)
          #expect(event.workspace == workspace && event.stream.logical.text == stream)
          #expect(world.log.position(of: event.id, in: workspace) == position)
        }
        #expect(found == events.map(\.id))
        #expect(world.recordCount(of: "V-\(stream)", in: workspace) == events.count)
        for about in ["x", "y", "g"] as [DomainID] {
          let count = events.count { $0.about == about }
          let key = AggregateKey("R-\(stream)", about, in: workspace)
          #expect(world.histories.version(of: key).number == count)
          guard hasSagas else { continue }
          let live = world.sagas.live(
            of: "S-\(stream)", "about", .string(about.text), in: workspace)
          #expect(live.count == min(count, 1))
          #expect(live.first.map { $0.data["n"].integer } ?? 0 == count)
        }
      }
      #expect(world.recordCount(of: "All", in: workspace) == all)
      #expect(world.recordCount(of: "O", in: workspace) == o)
    }
  }

  @Test(arguments: seeds(60))
  func `every workspace has its own log, rows, histories and sagas, whatever the names`(
    seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    let streams = Self.names(3, &random)
    let workspaces = [.system] + Self.names(3, &random).map { Workspace($0) }
    let domain = Self.domain(streams)
    let app = try Eventicle(domain)
    let model = try Self.play(app, streams, workspaces, &random)
    Self.check(app.world, model, streams, workspaces)
    for view in domain.views { #expect(try app.rebuild(view.name).isEqual) }
    for stream in streams {
      var cold: [EventID] = []
      try app.eventClient.coldStream(StreamName(stream)) { cold.append($0.id) }
      let wanted = workspaces.flatMap { model.events($0, stream).map(\.id) }
      #expect(cold.map(\.text).sorted() == wanted.map(\.text).sorted())
      #expect(StreamChoice([StreamName(stream)], written: domain.writtenStreams).isPlain)
    }
    // A group that begins late is offered the same, and so is one of a single part.
    for (index, part) in model.logs.keys.enumerated() {
      var seen: [EventID] = []
      try app.eventClient.coldHotStream(part.name, group: GroupName("g\(index)")) {
        seen.append($0.id)
      }
      if part.workspace.isTenant { #expect(seen == model.logs[part]?.map(\.id)) }
    }
  }

  @Test(arguments: seeds(40))
  func `what is exported of tenants is theirs again when it is imported`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let streams = Self.names(3, &random)
    let workspaces = [.system] + Self.names(3, &random).map { Workspace($0) }
    let app = try Eventicle(Self.domain(streams))
    let model = try Self.play(app, streams, workspaces, &random)
    let bytes = EventFile.bytes(of: app.world.log)
    var session = try Session(Self.domain(streams))
    try session.importEvents(bytes)
    Self.check(session.head, model, streams, workspaces, hasSagas: false)
    #expect(EventFile.bytes(of: session.head.log) == bytes)
    // Everything is there already, workspace by workspace.
    #expect(try session.importEvents(bytes) == 0)
    #expect(EventFile.bytes(of: session.head.log) == bytes)
  }

  @Test(arguments: seeds(40))
  func `going back and making the steps again tell the same of every workspace`(seed: UInt64) throws
  {
    var random = SeededRandom(seed: seed)
    let streams = Self.names(2, &random)
    let workspaces = [.system] + Self.names(2, &random).map { Workspace($0) }
    var bench = try RecordedEngine(Self.domain(streams))
    for _ in 0..<12 {
      let (stream, workspace) = (random.pick(streams), random.pick(workspaces))
      bench.perform(
        .dispatch(CommandIntent("C-\(stream)", ["about": "x"], workspace: workspace)))
      bench.settle()
    }
    for moment in bench.moments {
      let world = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
      #expect(Set(world.log.streamNames) == Set(moment.world.log.streamNames))
    }
  }
}
