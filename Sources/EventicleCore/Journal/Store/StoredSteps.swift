/// Makes steps in their stored form, one after the other, from entries and the world after them.
package struct StoredSteps: Sendable {
  /// The number of events that the steps so far have in the log.
  private var logged: Int
  /// The number of events that the steps so far kept without publishing them.
  private var kept: Int

  /// Starts after what a world has already.
  package init(after world: borrowing World) {
    logged = world.log.count
    kept = world.histories.keptCount
  }

  /// The next step.
  ///
  /// - Parameters:
  ///   - entries: All its entries, in order.
  ///   - world: A world that has its events, this step's or a later one.
  ///   - home: The aggregate that an event belongs to, if any.
  package mutating func step(
    _ input: RecordedInput, _ entries: [JournalEntry], in world: borrowing World,
    home: (Event) -> AggregateKey?
  ) -> StoredStep {
    var parts: [StoredStep.Part] = []
    var start = 0
    for index in entries.indices
    where index + 1 == entries.count || entries[index + 1].stepCount > 0 {
      let part = Array(entries[start...index])
      start = index + 1
      parts.append(
        StoredStep.Part(entries: part, events: events(part[0].changes, world, home)))
    }
    return StoredStep(input, parts: parts)
  }

  private mutating func events(
    _ changes: StepChanges, _ world: borrowing World, _ home: (Event) -> AggregateKey?
  ) -> [StoredEvent] {
    var events: [StoredEvent] = []
    let (lastLogged, lastKept) = (logged + changes.appended, kept + changes.kept)
    while logged < lastLogged || kept < lastKept {
      let isKeptNext =
        kept < lastKept && (world.histories.logCount(ofKept: kept + 1) ?? logged) <= logged
      if isKeptNext || logged == lastLogged {
        kept += 1
        guard let event = world.histories.keptEvent(kept), let key = home(event) else { continue }
        events.append(.kept(event, key))
      } else {
        logged += 1
        let position = Position(logged)
        guard let event = world.log.event(at: position), let entry = world.origin(of: position)
        else { continue }
        events.append(.logged(event, home(event), by: entry))
      }
    }
    return events
  }
}
