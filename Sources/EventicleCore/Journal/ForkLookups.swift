internal import HashTreeCollections

/// What is looked up in the entries that a fork has added to the history that it left.
///
/// By key instead of by number, so that it costs nothing for what was before; adding an entry is
/// O(log n).
struct ForkLookups: Sendable {
  private var delivered = TreeDictionary<Int, PersistentArray<Int32>>()
  private var instances = TreeDictionary<SagaKey, PersistentArray<Int32>>()
  private var steps = TreeDictionary<SagaKey, PersistentArray<Int32>>()
  private var failures = TreeDictionary<SagaKey, PersistentArray<Int32>>()
  private var caused = TreeDictionary<Int, PersistentArray<Int32>>()
  private var causedEvents = TreeDictionary<Int, PersistentArray<Int32>>()
  private var errors = PersistentArray<Int32>()

  // MARK: - Recording

  /// Adds the next entry, with the world after its step.
  mutating func append(_ entry: JournalEntry, at place: Int32, _ world: borrowing World) {
    // Effects within the same step are found by searching the step.
    if let cause = entry.cause, cause.number > 0, cause < entry.stepStart {
      caused[cause.number, default: PersistentArray()].append(place)
    }
    if entry.kind.problem != nil { errors.append(place) }
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      guard let cause = world.log.causePosition(at: position)?.number else { return }
      causedEvents[cause, default: PersistentArray()].append(Int32(position.number))
    case .delivery(let position, let consumer, let instance, let outcome):
      delivered[position.number, default: PersistentArray()].append(place)
      if let instance { note(place, of: SagaKey(consumer.name, instance), step: outcome) }
    case .timerArmed(let key, _, _, _), .timerCancelled(let key): note(place, of: key.owner)
    case .timerFired(let key, _, let outcome): note(place, of: key.owner, step: outcome)
    case .sagaEnded(let key, _): note(place, of: key)
    default: break
    }
  }

  private mutating func note(_ place: Int32, of key: SagaKey, step: StepOutcome? = nil) {
    instances[key, default: PersistentArray()].append(place)
    guard let step else { return }
    steps[key, default: PersistentArray()].append(place)
    if step.problem != nil { failures[key, default: PersistentArray()].append(place) }
  }

  // MARK: - Looking up

  func deliveries(of position: Int) -> [Int32] { delivered[position].map { Array($0) } ?? [] }

  func entries(of key: SagaKey) -> [Int32] { instances[key].map { Array($0) } ?? [] }

  /// The numbers of steps and of failed steps of an instance up to an entry; O(log steps).
  func steps(of key: SagaKey, upTo end: Int) -> (all: Int, failed: Int) {
    (
      steps[key]?.partitionPoint { Int($0) > end } ?? 0,
      failures[key]?.partitionPoint { Int($0) > end } ?? 0
    )
  }

  /// The entry of an instance's step by its number among these, from 1; O(1).
  func step(_ number: Int, of key: SagaKey) -> JournalIndex? {
    guard let steps = steps[key], number >= 1, number <= steps.count else { return nil }
    return JournalIndex(Int(steps[number - 1]))
  }

  func effects(of entry: Int) -> [Int32] { caused[entry].map { Array($0) } ?? [] }

  func eventEffects(of position: Int) -> [Int32] { causedEvents[position].map { Array($0) } ?? [] }

  func problems(upTo end: Int) -> Int { errors.partitionPoint { Int($0) > end } }

  func problem(at index: Int) -> JournalIndex? {
    index >= 0 && index < errors.count ? JournalIndex(Int(errors[index])) : nil
  }
}
