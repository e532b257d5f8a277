import EventicleCore

/// A journal that outlives crashes: the steps that were written whole, and a snapshot of the world
/// before them, built from written steps alone.
struct Disk {
  private struct WrittenStep {
    let entries: Int
    /// How many entries reached the disk; fewer than there are when the write was torn.
    let written: Int
    /// What is to be made again, with the events of each part.
    let parts: [(changes: StepChanges, events: [StoredEvent])]
  }

  private var snapshot: World
  private var steps: [WrittenStep] = []
  private var logged: Int
  private var kept: Int
  private(set) var entries = 0
  private let types: [StreamName: String]
  private static let snapshotInterval = 40

  /// A disk with nothing on it but the beginning of a domain.
  init(_ world: World, _ domain: Domain) {
    snapshot = world
    logged = world.log.count
    kept = world.histories.keptCount
    types = Dictionary(uniqueKeysWithValues: domain.aggregates.map { ($0.stream, $0.type) })
  }

  /// Writes a step whole.
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

  /// Begins to write a step and does not get to its end.
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

  /// Reads the disk: what was torn goes, what was written whole is made again.
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
