import EventicleCore

/// Candidates for streams, event types and fields, from the newest events.
extension SessionCompletion {
  package func streams() -> [CompletionCandidate] {
    var names = Array(world.log.streamNames.prefix(Self.eventScan))
    for name in domain.aggregates.map(\.stream) + domain.commands.map(\.stream)
    where !names.contains(name) { names.append(name) }
    return names.map {
      CompletionCandidate($0.text, note: counted(world.log.count(of: $0), "events"))
    }
  }

  package func eventTypes(in stream: String?) -> [CompletionCandidate] {
    let stream = stream.map { moment.stream(named: StreamName($0)) }
    var counts: [EventType: Int] = [:]
    var order: [EventType] = []
    forEachNewest(in: stream, Self.eventScan) { event in
      if counts[event.type] == nil { order.append(event.type) }
      counts[event.type, default: 0] += 1
    }
    let declared = declaredTypes(stream).subtracting(order).sorted()
    return order.map { CompletionCandidate($0.text, note: "seen \(counts[$0] ?? 0)×") }
      + declared.map { CompletionCandidate($0.text, note: "declared") }
  }

  private func declaredTypes(_ stream: StreamName?) -> Set<EventType> {
    func hears(_ streams: [StreamName]) -> Bool {
      stream.map { domain.means($0, by: streams) } ?? true
    }
    var types: Set<EventType> = []
    for root in domain.aggregates where hears([root.stream]) { types.formUnion(root.reducers.keys) }
    // A handler of several streams does not say which of them has its type.
    for view in domain.views where hears(view.streams) && isAlone(view.streams, stream) {
      types.formUnion(view.reactions.byType.keys)
    }
    for saga in domain.sagas where hears(saga.streams) && isAlone(saga.streams, stream) {
      types.formUnion(saga.startTypes + saga.handledTypes)
    }
    for adapter in domain.adapters where hears(adapter.streams) && isAlone(adapter.streams, stream)
    {
      types.formUnion(adapter.reactions.byType.keys)
    }
    return types
  }

  private func isAlone(_ streams: [StreamName], _ stream: StreamName?) -> Bool {
    guard let stream else { return true }
    let isAggregates = domain.aggregates.contains { $0.stream == stream.logical }
    return !isAggregates || streams.count == 1
  }

  package func domainIDs(
    type: String?, prefix: String, limit: Int
  ) -> [CompletionCandidate] {
    var folding = Folding(self)
    var seen: Set<DomainID> = []
    var found: [CompletionCandidate] = []
    forEachNewest(in: stream(ofType: type), Self.eventScan) { event in
      guard found.count < limit, let id = event.domainID, fits(id.text, prefix),
        seen.insert(id).inserted
      else { return }
      let note = moment.aggregateKey(of: event).map { folding.note(of: $0) }
      found.append(CompletionCandidate(id.text, note: note ?? ago(event.createdAt)))
    }
    return found
  }

  /// The stream of the aggregates that have a reducer for an event type.
  private func stream(ofType type: String?) -> StreamName? {
    type.flatMap { type in
      domain.aggregates.first { $0.reducers[EventType(type)] != nil }?.stream
    }
  }

  package func fields(ofEventType type: String) -> [FieldHint] {
    let wanted = EventType(type)
    var samples = 0
    var counts: [String: Int] = [:]
    var names: [String] = []
    var last: [String: JSON] = [:]
    forEachData(of: wanted) { data in
      guard let members = data.object?.members else { return }
      samples += 1
      for member in members.prefix(100) {
        if last[member.key] == nil {
          names.append(member.key)
          last[member.key] = member.value
        }
        counts[member.key, default: 0] += 1
      }
    }
    return names.map { name in
      let value = last[name] ?? .null
      let isText = value.string != nil
      return FieldHint(
        name, isRequired: counts[name] == samples, isText: isText,
        example: isShort(value) ? value.string ?? value.description : nil,
        idType: idType(of: name))
    }
  }

  package func sources() -> [CompletionCandidate] {
    var names = [domain.source]
    forEachNewest(in: nil, Self.eventScan) { event in
      if names.count < Self.instanceScan, !names.contains(event.source) {
        names.append(event.source)
      }
    }
    return names.map { CompletionCandidate($0) }
  }

  package func dataPaths(limit: Int) -> [CompletionCandidate] {
    var found = FoundPaths(limit: limit)
    forEachData(of: nil) { found.add($0, at: [.member("data")]) }
    return candidates(found)
  }

  package func statePaths(limit: Int) -> [CompletionCandidate] {
    var folding = Folding(self)
    var found = FoundPaths(limit: limit)
    for root in domain.aggregates {
      for offset in 1...3 {
        let id = world.histories.id(
          of: root.type, at: world.histories.count(of: root.type) - offset)
        guard let id, let state = folding.state(of: AggregateKey(root.type, id)) else { continue }
        found.add(state, at: [])
      }
    }
    return candidates(found)
  }

  private func candidates(_ found: FoundPaths) -> [CompletionCandidate] {
    found.paths.map { path in
      let value = found.values[path] ?? .null
      return CompletionCandidate(
        path, note: isShort(value) ? "as \(value)" : "as \(value.kindName)")
    }
  }

  package func fields(of kind: Selector.Kind, name: String) -> [CompletionCandidate] {
    var folding = Folding(self)
    var names: [String] = []
    var values: [String: JSON] = [:]
    for offset in 1...5 {
      let content: JSON? =
        switch kind {
        case .aggregate, .change:
          world.histories.id(of: name, at: world.histories.count(of: name) - offset)
            .flatMap { folding.state(of: AggregateKey(name, $0)) }
        case .saga: world.sagas.instance(of: name, at: world.sagas.count(of: name) - offset)?.data
        case .view: world.record(of: name, at: world.recordCount(of: name) - offset)?.content
        default: nil
        }
      for member in (content?.object?.members ?? []).prefix(100)
      where values.updateValue(member.value, forKey: member.key) == nil {
        names.append(member.key)
      }
    }
    return names.map { name in
      let value = values[name] ?? .null
      return CompletionCandidate(
        ItemPath([.member(name)]).description,
        note: isShort(value) ? "as \(value)" : "as \(value.kindName)")
    }
  }
}

/// Paths to values that are neither objects nor arrays, each with the first value seen there.
private struct FoundPaths {
  let limit: Int
  private(set) var paths: [String] = []
  private(set) var values: [String: JSON] = [:]

  init(limit: Int) { self.limit = limit }

  /// Adds the paths into a value that is itself at a place, four members deep.
  mutating func add(_ value: JSON, at place: [ItemPath.Step]) {
    add(value, place, depth: 0)
  }

  private mutating func add(_ value: JSON, _ steps: [ItemPath.Step], depth: Int) {
    guard paths.count < limit, depth <= 4 else { return }
    switch value {
    case .object(let object):
      for member in object.members.prefix(50) {
        add(member.value, steps + [.member(member.key)], depth: depth + 1)
      }
    case .array(let elements):
      guard let first = elements.first else { return }
      add(first, steps + [.element(0)], depth: depth + 1)
    default:
      guard depth > 0 else { return }
      let path = ItemPath(steps).description
      if values.updateValue(value, forKey: path) == nil { paths.append(path) }
    }
  }
}
