internal import EventicleCore

// Aggregates: their histories, and what they raise.
extension NodeCalls {
  /// An aggregate with its history, as bulk loading tells it.
  struct AggregateEntry {
    let id: String
    let createdAt: Int
    let history: JSON
    let columns: JSON
  }

  static func history(_ arguments: JSON, _ reading: some NodeReading) -> NodeAnswer {
    let events = reading.history(key(arguments, reading))
    return events.isEmpty ? .none : .events(events)
  }

  static func persist(
    _ arguments: JSON, in transaction: Transaction, _ host: NodeHost
  ) throws -> NodeAnswer {
    let key = AggregateKey(
      type(arguments), DomainID(id(arguments)), in: workspace(arguments, transaction))
    let root = host.root(key.type)
    var fresh: [Event] = []
    var all: [Event] = []
    for new in try NodeEvents.new(arguments["events"]) {
      var new = new
      new.domainID = new.domainID ?? key.id
      let event = try transaction.complete(new, for: key.workspace.stream(root.stream))
      all.append(event)
      // An object that outlived a step which was undone is persisted again.
      let isKnown =
        new.id != nil
        && (transaction.world.log.position(of: event.id, in: key.workspace) != nil
          || transaction.stagedEvents(of: key).contains { $0.id == event.id })
      if new.id != nil { transaction.takeNote(ofGiven: event.id) }
      if !isKnown { fresh.append(event) }
    }
    if !fresh.isEmpty { _ = try transaction.stage(fresh, for: key) }
    if case .object(let columns) = arguments["checkpoint"] {
      var content = JSON.object(columns)
      content["domainId"] = .string(key.id.text)
      try transaction.put(root.checkpointRecords, key.id.text, content, in: key.workspace)
    }
    if let last = all.last, case .object = arguments["state"] {
      host.persisted.keep(arguments["state"], after: last.id, of: key)
    }
    return .none
  }

  static func bulk(_ arguments: JSON, _ reading: some NodeReading) throws -> NodeAnswer {
    let place = workspace(arguments, reading)
    let (query, sort) = (try query(arguments), try sort(arguments))
    var entries = aggregates(type(arguments), reading, in: place).filter { entry in
      query.matches(searched(entry))
    }
    entries = sort.sorted(entries) {
      searched($0)
    } createdAt: {
      Instant(milliseconds: Int64($0.createdAt))
    }
    let page = part(entries, arguments["page"].integer, arguments["size"].integer)
    return .value([
      "total": .int(entries.count),
      "entries": .array(
        page.map { entry in
          [
            "id": .string(entry.id), "createdAt": .int(entry.createdAt), "history": entry.history,
            "checkpoint": entry.columns,
          ]
        }),
    ])
  }

  private static func searched(_ entry: AggregateEntry) -> JSON {
    var content: JSON = ["domainId": .string(entry.id)]
    for member in entry.columns.object?.members ?? [] { content[member.key] = member.value }
    return content
  }

  /// All aggregates of a type, in the order of their first events.
  static func aggregates(
    _ kind: String, _ reading: some NodeReading, in place: Workspace
  ) -> [AggregateEntry] {
    let ids = reading.lend { world in
      (0..<world.histories.count(of: kind, in: place)).compactMap {
        world.histories.id(of: kind, at: $0, in: place)
      }
    }
    let root = AggregateRoot(kind, stream: StreamName(kind))
    return ids.map { id in
      let events = reading.history(AggregateKey(kind, id, in: place))
      let columns = reading.record(root.checkpointRecords, id.text, in: place)?.content ?? .null
      return AggregateEntry(
        id: id.text, createdAt: events.first.map { Int($0.createdAt.milliseconds) } ?? 0,
        history: .array(events.map(NodeCalls.form)), columns: columns)
    }
  }

  /// An event as JSON.
  static func form(_ event: Event) -> JSON { (try? JSON(parsing: event.json)) ?? .null }

  private static func id(_ arguments: JSON) -> String {
    arguments["id"].string ?? arguments["id"].description
  }

  private static func key(_ arguments: JSON, _ reading: some NodeReading) -> AggregateKey {
    AggregateKey(type(arguments), DomainID(id(arguments)), in: workspace(arguments, reading))
  }
}
