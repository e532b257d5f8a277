import EventicleCore

/// A simulated disk that survives crashes: a journal of complete steps, and a snapshot of the world
/// before them that is itself built from written steps.
struct Disk {
  private struct WrittenStep {
    let entries: Int
    /// The number of entries that reached the disk; lower than `entries` after a torn write.
    let written: Int
    /// The changes to reapply, with the events of each part.
    let parts: [(changes: StepChanges, events: [StoredEvent])]
  }

  private var snapshot: World
  private var steps: [WrittenStep] = []
  private var logged: Int
  private var kept: Int
  private(set) var entries = 0
  private let types: [StreamName: String]
  private static let snapshotInterval = 40

  /// Creates a disk that holds only a domain's initial world.
  init(_ world: World, _ domain: Domain) {
    snapshot = world
    logged = world.log.count
    kept = world.histories.keptCount
    types = Dictionary(uniqueKeysWithValues: domain.aggregates.map { ($0.stream, $0.type) })
  }

  /// Writes a complete step.
  mutating func write(_ step: Step, _ world: World) {
    append(step, written: step.entries.count, world)
    logged = world.log.count
    kept = world.histories.keptCount
    entries += step.entries.count
    if steps.count >= Disk.snapshotInterval {
      snapshot = recovered()
      steps = []
    }
  }

  /// Writes a step incompletely.
  mutating func tear(_ step: Step, _ world: World) {
    append(step, written: step.entries.count - 1, world)
  }

  private mutating func append(_ step: Step, written: Int, _ world: World) {
    var (log, kept) = (logged, kept)
    var parts: [(changes: StepChanges, events: [StoredEvent])] = []
    for part in step.parts {
      let changes = part.first?.changes ?? .none
      var events: [StoredEvent] = []
      let (lastLogged, lastKept) = (log + changes.appended, kept + changes.kept)
      while log < lastLogged || kept < lastKept {
        if kept < lastKept, world.histories.logCount(ofKept: kept + 1) ?? log <= log {
          kept += 1
          guard let event = world.histories.keptEvent(kept), let key = home(of: event) else {
            continue
          }
          events.append(.kept(event, key))
        } else {
          log += 1
          let position = Position(log)
          guard let event = world.log.event(at: position), let origin = world.origin(of: position)
          else { continue }
          events.append(.logged(event, home(of: event), by: origin))
        }
      }
      parts.append((changes, events))
    }
    steps.append(WrittenStep(entries: step.entries.count, written: written, parts: parts))
  }

  private func home(of event: Event) -> AggregateKey? {
    guard let type = types[event.stream.logical], let id = event.domainID else { return nil }
    return AggregateKey(type, id, in: event.workspace)
  }

  /// Recovers the world: drops a torn step and reapplies the complete ones.
  mutating func recover() -> World {
    steps.removeAll { $0.written < $0.entries }
    return recovered()
  }

  private func recovered() -> World {
    var world = snapshot
    for step in steps where step.written == step.entries {
      for part in step.parts { world.replay(part.changes, part.events) }
    }
    return world
  }
}
