/// What is looked up in a journal: deliveries of events, entries of sagas, causes, failures.
struct JournalLookups: Sendable {
  private var deliveryIndex = DeliveryIndex()
  private var sagaEntries = SagaEntries()
  private var entryChildren = LinkedChildren()
  private var eventChildren = LinkedChildren()
  private var errorEntries = PersistentArray<Int32>()

  private static let mostChangesLookedAt = 32

  // MARK: - Recording

  /// Adds the entries of a step, which follow `count` others, with the world after the step.
  mutating func append(
    _ step: StepEntries, after count: Int, _ world: borrowing World
  ) {
    switch step {
    case .made(let step): append(step, after: count, world)
    case .list(let entries):
      var changes: [Change] = []
      for (index, entry) in entries.enumerated() {
        if entry.stepCount > 0 { changes = entry.changes.listed }
        append(entry, at: Int32(count + 1 + index), changes, world)
      }
    }
  }

  @inline(__always)
  private mutating func append(_ step: MadeStep, after count: Int, _ world: borrowing World) {
    switch step.body {
    case .appended(let events, _):
      entryChildren.skip(events.count)
      eventChildren.skip(events.count)
    case .one(let kind):
      append(
        kind, causedBy: step.head.cause, at: Int32(count + 1), step.head.changes.listed, world)
    case .notes(let notes):
      let changes = step.head.changes.listed
      for index in notes.indices {
        // Effects within the same step are found by searching the step.
        append(
          notes[index].kind, causedBy: notes[index].parent == nil ? step.head.cause : nil,
          at: Int32(count + 1 + index), changes, world)
      }
    }
  }

  /// Adds the next entry, with the changes of its part of the step and the world after the step.
  mutating func append(
    _ entry: JournalEntry, at place: Int32, _ changes: [Change], _ world: borrowing World
  ) {
    append(
      entry.kind, causedBy: entry.cause.flatMap { $0 < entry.stepStart ? $0 : nil }, at: place,
      changes, world)
  }

  @inline(__always)
  private mutating func append(
    _ kind: JournalEntry.Kind, causedBy cause: JournalIndex?, at place: Int32,
    _ changes: [Change], _ world: borrowing World
  ) {
    entryChildren.append(causedBy: cause.flatMap { $0.number == 0 ? nil : $0.number })
    if kind.problem != nil { errorEntries.append(place) }
    switch kind {
    case .append(let position, _), .imported(let position, _):
      eventChildren.append(causedBy: world.log.causePosition(at: position)?.number)
    case .delivery(let position, let consumer, let instance, let outcome):
      deliveryIndex.append(place, of: position.number)
      if let instance {
        note(place, of: SagaKey(consumer.name, instance), step: outcome, changes, world)
      }
    case .timerArmed(let key, _, _, _), .timerCancelled(let key):
      note(place, of: key.owner, changes, world)
    case .timerFired(let key, _, let outcome):
      note(place, of: key.owner, step: outcome, changes, world)
    case .sagaEnded(let key, _): note(place, of: key, changes, world)
    default: break
    }
  }

  /// Notes that an entry concerns an instance; the step's changes usually identify it.
  private mutating func note(
    _ place: Int32, of key: SagaKey, step: StepOutcome? = nil, _ changes: [Change],
    _ world: borrowing World
  ) {
    var number: Int?
    if changes.count <= Self.mostChangesLookedAt {
      for case .saga(let old, let new) in changes {
        if let instance = new ?? old, instance.key == key { number = instance.sequence }
      }
    }
    number = number ?? world.sagas.number(of: key).map { Int($0) }
    sagaEntries.append(
      place, of: key, number: number,
      step: step.map { $0.problem == nil ? .succeeded : .failed })
  }

  // MARK: - Looking up

  func deliveries(of position: Position) -> [JournalIndex] {
    deliveryIndex.entries(of: position.number).map { JournalIndex($0) }
  }

  func count(of key: SagaKey) -> Int { sagaEntries.count(of: key) }

  func entries(of key: SagaKey, upTo end: JournalIndex) -> [JournalIndex] {
    sagaEntries.entries(of: key, upTo: end.number).map { JournalIndex($0) }
  }

  /// The numbers of steps and of failed steps of an instance up to an entry; O(log entries).
  func steps(of key: SagaKey, upTo end: JournalIndex) -> (all: Int, failed: Int) {
    sagaEntries.steps(of: key, upTo: end.number)
  }

  /// The entry of an instance's step by its number, from 1; O(log entries).
  func step(_ number: Int, of key: SagaKey) -> JournalIndex? {
    sagaEntries.step(number, of: key).map { JournalIndex($0) }
  }

  /// The entries of later steps that an entry caused.
  func effects(of entry: JournalIndex, limit: Int) -> [JournalIndex] {
    entryChildren.children(of: entry.number, limit: limit).map { JournalIndex($0) }
  }

  func effects(of position: Position, limit: Int) -> [Position] {
    eventChildren.children(of: position.number, limit: limit).map { Position($0) }
  }

  func problems(upTo end: JournalIndex) -> Int {
    errorEntries.partitionPoint { Int($0) > end.number }
  }

  func problem(at index: Int) -> JournalIndex? {
    index >= 0 && index < errorEntries.count ? JournalIndex(Int(errorEntries[index])) : nil
  }
}
