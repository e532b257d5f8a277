package import EventicleCore

/// What a filter may ask about one event of a timeline.
package struct EventFacts: FilterFacts {
  package let event: Event
  package let position: Position
  package let now: Instant
  private let vantage: Vantage

  /// The facts about the event at a position, or `nil` outside the log.
  package init?(_ position: Position, from vantage: Vantage) {
    guard let event = vantage.log.event(at: position) else { return nil }
    self.event = event
    self.position = position
    self.vantage = vantage
    now = vantage.world.clock
  }

  package var data: JSON { event.data.value }

  package var actor: String {
    guard let append = vantage.timeline.appendEntry(of: position),
      let entry = vantage.timeline.entry(append)
    else { return "" }
    if case .imported = entry.kind { return "import" }
    guard let (_, origin) = vantage.origin(of: position) else { return "user" }
    switch origin.kind {
    case .command(let type, _, _, _): return type
    case .delivery(_, let consumer, _, _): return consumer.name
    case .timerFired(let key, _, _): return key.owner.saga
    default: return "user"
    }
  }

  package var isError: Bool {
    vantage.timeline.deliveries(of: position).contains {
      vantage.timeline.entry($0)?.kind.problem != nil
    }
  }

  package var isOrphan: Bool {
    event.causedByID.map { vantage.log.position(of: $0) == nil } ?? false
  }

  package func commandName() -> String? {
    guard let (_, origin) = vantage.origin(of: position),
      case .command(let type, _, _, _) = origin.kind
    else { return nil }
    return type
  }

  package func sagaNames() -> [String] {
    var names: [String] = []
    for row in vantage.deliveries(of: position) where row.consumer.kind == .saga {
      guard let instance = row.instance else { continue }
      names.append(row.consumer.name)
      names.append("\(row.consumer.name)/\(instance)")
      if let correlation = vantage.timeline.head.sagas
        .instance(SagaKey(row.consumer.name, instance))?.correlation
      {
        names.append("\(row.consumer.name)/\(correlation)")
      }
    }
    return names
  }

  package func aggregateName() -> String? { vantage.aggregateKey(of: event)?.description }

  package func isCausedBy(_ position: Position) -> Bool {
    vantage.log.event(at: position).map { isCausedBy(id: $0.id) } ?? false
  }

  package func isCausedBy(id: EventID) -> Bool {
    var cause = event.causedByID
    while let known = cause {
      if known == id { return true }
      guard let place = vantage.log.position(of: known), place < position else { return false }
      cause = vantage.log.event(at: place)?.causedByID
    }
    return false
  }
}
