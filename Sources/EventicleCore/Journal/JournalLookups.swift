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

  /// Adds the next entry, with the changes of its part of the step and the world after the step.
  mutating func append(
    _ entry: JournalEntry, at place: Int32, _ changes: [Change], _ world: borrowing World
  ) {
    // Effects within the same step are found by searching the step.
    let cause = entry.cause.map { $0 < entry.stepStart ? $0.number : 0 }
    entryChildren.append(causedBy: cause == 0 ? nil : cause)
    if entry.kind.problem != nil { errorEntries.append(place) }
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      eventChildren.append(causedBy: world.log.causePosition(at: position)?.number)
    case .delivery(let position, let consumer, let instance, _):
      deliveryIndex.append(place, of: position.number)
      if let instance { note(place, of: SagaKey(consumer.name, instance), changes, world) }
    case .timerArmed(let key, _, _, _), .timerCancelled(let key), .timerFired(let key, _, _):
      note(place, of: key.owner, changes, world)
    case .sagaEnded(let key, _): note(place, of: key, changes, world)
    default: break
    }
  }

  /// Notes that an entry concerns an instance; the step's changes usually identify it.
  private mutating func note(
    _ place: Int32, of key: SagaKey, _ changes: [Change], _ world: borrowing World
  ) {
    var number: Int?
    // After a base, numbers would have to lead to instances of all times.
    if base != nil { return sagaEntries.append(place, of: key, number: nil) }
    if changes.count <= Self.mostChangesLookedAt {
      for case .saga(let old, let new) in changes {
        if let instance = new ?? old, instance.key == key { number = instance.sequence }
      }
    }
    number = number ?? world.sagas.number(of: key).map { Int($0) }
    sagaEntries.append(place, of: key, number: number)
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
