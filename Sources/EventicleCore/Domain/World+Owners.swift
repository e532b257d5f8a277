extension World {
  /// The aggregate that an event belongs to: by its stream or, where events of a kind may go to any
  /// stream, because the history of the aggregate has it; `nil` for an event without one.
  ///
  /// - Complexity: O(kinds of aggregates · log events).
  package func aggregateKey(of event: Event, in domain: Domain) -> AggregateKey? {
    if let key = domain.aggregateKey(of: event) { return key }
    guard let id = event.domainID, domain.aggregates.contains(where: \.isFoundByHistory),
      let position = log.position(of: event.id, in: event.workspace)
    else { return nil }
    for root in domain.aggregates where root.isFoundByHistory {
      let key = AggregateKey(root.type, id, in: event.workspace)
      if self.event(of: key, at: version(of: key, at: position))?.1 == position { return key }
    }
    return nil
  }
}

extension Domain {
  /// The aggregate that each event of a world belongs to, if any; for the stored form of steps.
  ///
  /// O(1) for a domain whose streams tell.
  package func home(in world: borrowing World) -> (Event) -> AggregateKey? {
    guard aggregates.contains(where: \.isFoundByHistory) else { return aggregateKey }
    let world = copy world
    return { world.aggregateKey(of: $0, in: self) }
  }
}
