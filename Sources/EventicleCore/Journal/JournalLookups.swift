/// What is looked up in a journal: deliveries of events, entries of sagas, causes, failures.
struct JournalLookups: Sendable {
  private var deliveryIndex = DeliveryIndex()
  private var sagaEntries = SagaEntries()
  private var entryChildren = LinkedChildren()
  private var eventChildren = LinkedChildren()
  private var errorEntries = PersistentArray<Int32>()

  /// What is not resident; its look-ups are the store's.
  private let base: JournalBase?

  private static let mostChangesLookedAt = 32

  /// No entries besides those of a base.
  init(after base: JournalBase? = nil) {
    self.base = base
    guard let base else { return }
    deliveryIndex = DeliveryIndex(after: base.events)
    entryChildren = LinkedChildren(after: base.entries)
    eventChildren = LinkedChildren(after: base.events)
  }

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
      let (changes, cause) = (step.head.changes.listed, step.head.cause)
      notes.withUnsafeBufferPointer { notes in
        guard let start = notes.baseAddress else { return }
        for index in notes.indices {
          // Effects within the same step are found by searching the step.
          append(
            start[index].kind, causedBy: start[index].parent == nil ? cause : nil,
            at: Int32(count + 1 + index), changes, world)
        }
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
    // After a base, numbers would have to lead to instances of all times.
    if base == nil {
      if changes.count <= Self.mostChangesLookedAt {
        for case .saga(let old, let new) in changes {
          if let instance = new ?? old, instance.key == key { number = instance.sequence }
        }
      }
      number = number ?? world.sagas.number(of: key).map { Int($0) }
    }
    sagaEntries.append(
      place, of: key, number: number,
      step: step.map { $0.problem == nil ? .succeeded : .failed })
  }

  // MARK: - Looking up

  func deliveries(of position: Position) -> [JournalIndex] {
    let resident = deliveryIndex.entries(of: position.number).map { JournalIndex($0) }
    guard let base, position.number <= base.events else { return resident }
    return base.older(base.store.deliveries(of: position)) + resident
  }

  func count(of key: SagaKey) -> Int {
    guard let base else { return sagaEntries.count(of: key) }
    return base.store.entries(of: key, upTo: JournalIndex(base.entries)).count
      + sagaEntries.count(of: key)
  }

  func entries(of key: SagaKey, upTo end: JournalIndex) -> [JournalIndex] {
    let resident = sagaEntries.entries(of: key, upTo: end.number).map { JournalIndex($0) }
    guard let base else { return resident }
    return base.store.entries(of: key, upTo: min(end, JournalIndex(base.entries))) + resident
  }

  /// The numbers of steps and of failed steps of an instance up to an entry; O(log entries).
  func steps(of key: SagaKey, upTo end: JournalIndex) -> (all: Int, failed: Int) {
    let resident = sagaEntries.steps(of: key, upTo: end.number)
    guard let base else { return resident }
    let older = base.store.steps(of: key, upTo: min(end, JournalIndex(base.entries)))
    return (older.all + resident.all, older.failed + resident.failed)
  }

  /// The entry of an instance's step by its number, from 1; O(log entries).
  func step(_ number: Int, of key: SagaKey) -> JournalIndex? {
    guard let base else { return sagaEntries.step(number, of: key).map { JournalIndex($0) } }
    let older = base.store.steps(of: key, upTo: JournalIndex(base.entries)).all
    return number <= older
      ? base.store.step(number, of: key)
      : sagaEntries.step(number - older, of: key).map { JournalIndex($0) }
  }

  /// The entries of later steps that an entry caused.
  func effects(of entry: JournalIndex, limit: Int) -> [JournalIndex] {
    guard let base, entry.number <= base.entries else {
      return entryChildren.children(of: entry.number, limit: limit).map { JournalIndex($0) }
    }
    let older = base.older(base.store.effects(of: entry, limit: limit))
    let rest = entryChildren.children(of: entry.number, limit: limit - older.count)
    return older + rest.map { JournalIndex($0) }
  }

  func effects(of position: Position, limit: Int) -> [Position] {
    guard let base, position.number <= base.events else {
      return eventChildren.children(of: position.number, limit: limit).map { Position($0) }
    }
    let older = base.store.effects(of: position, limit: limit).filter { $0.number <= base.events }
    let rest = eventChildren.children(of: position.number, limit: limit - older.count)
    return older + rest.map { Position($0) }
  }

  func problems(upTo end: JournalIndex) -> Int {
    if let base, end.number < base.entries { return base.store.problems(upTo: end) }
    return (base?.problems ?? 0) + errorEntries.partitionPoint { Int($0) > end.number }
  }

  func problem(at index: Int) -> JournalIndex? {
    if let base, index >= 0, index < base.problems { return base.store.problem(at: index) }
    let place = index - (base?.problems ?? 0)
    return place >= 0 && place < errorEntries.count
      ? JournalIndex(Int(errorEntries[place])) : nil
  }
}
