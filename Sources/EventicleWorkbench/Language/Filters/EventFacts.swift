package import EventicleCore

/// The facts about one event of a timeline that a filter may ask for.
package struct EventFacts: FilterFacts {
  package let event: Event
  package let position: Position
  package let now: Instant
  private let folds: StateFolds

  /// The facts about the event at a position, or `nil` outside the log.
  ///
  /// - Parameter folds: Looks at the moment, and remembers states from one event to the next; one
  ///   for a whole scan.
  package init?(_ position: Position, _ folds: StateFolds) {
    guard let event = folds.moment.timeline.head.log.event(at: position) else { return nil }
    self.event = event
    self.position = position
    self.folds = folds
    now = folds.moment.world.clock
  }

  package var data: JSON { event.data.value }

  package var actor: String {
    guard let append = folds.moment.timeline.appendEntry(of: position),
      let entry = folds.moment.timeline.entry(append)
    else { return "" }
    if case .imported = entry.kind { return "import" }
    guard let (_, origin) = folds.moment.origin(of: position) else { return "user" }
    switch origin.kind {
    case .command(let type, _, _, _): return type
    case .delivery(_, let consumer, _, _): return consumer.name
    case .timerFired(let key, _, _): return key.owner.saga
    default: return "user"
    }
  }

  package var isError: Bool {
    folds.moment.timeline.deliveries(of: position).contains {
      folds.moment.timeline.entry($0)?.kind.problem != nil
    }
  }

  package var isOrphan: Bool {
    event.causedByID != nil && folds.moment.log.position(ofCauseOf: event) == nil
  }

  package func states() -> (before: JSON, after: JSON)? {
    folds.states(of: event, at: position)
  }

  package func commandName() -> String? {
    guard let (_, origin) = folds.moment.origin(of: position),
      case .command(let type, _, _, _) = origin.kind
    else { return nil }
    return type
  }

  package func sagaNames() -> [String] {
    var names: [String] = []
    for row in folds.moment.deliveries(of: position) where row.consumer.kind == .saga {
      guard let instance = row.instance else { continue }
      names.append(row.consumer.name)
      names.append("\(row.consumer.name)/\(instance)")
      if let correlation = folds.moment.timeline.head.sagas
        .instance(SagaKey(row.consumer.name, instance))?.correlation
      {
        names.append("\(row.consumer.name)/\(correlation)")
      }
    }
    return names
  }

  package func aggregateName() -> String? { folds.moment.aggregateKey(of: event)?.description }

  package func isCausedBy(_ position: Position) -> Bool {
    hasAncestor { _, place in place == position }
  }

  package func isCausedBy(id: EventID) -> Bool { hasAncestor { cause, _ in cause == id } }

  /// Whether a cause of the event, or a cause of that, is meant.
  private func hasAncestor(_ isMeant: (EventID, Position?) -> Bool) -> Bool {
    var next: Event? = event
    while let event = next, let cause = event.causedByID {
      let place = folds.moment.log.position(ofCauseOf: event)
      if isMeant(cause, place) { return true }
      guard let place, place < position else { return false }
      next = folds.moment.log.event(at: place)
    }
    return false
  }
}
