/// Looking things up in the journal.
extension Timeline {
  /// Where the journal has the appending of an event; `nil` for a position that is not in the log.
  public func appendEntry(of position: Position) -> JournalIndex? { head.origin(of: position) }

  /// The entries that delivered an event, in order.
  public func deliveries(of position: Position) -> [JournalIndex] {
    lookups.deliveries(of: position)
  }

  /// The number of entries that concern a saga instance.
  public func entryCount(of key: SagaKey) -> Int { lookups.count(of: key) }

  /// The entries that concern a saga instance, up to a given one: steps, timers and its end.
  public func entries(of key: SagaKey, upTo end: JournalIndex) -> [JournalIndex] {
    lookups.entries(of: key, upTo: end)
  }

  /// The numbers of steps and of failed steps that a saga instance had taken at an entry;
  /// O(log entries of the instance).
  public func steps(of key: SagaKey, upTo end: JournalIndex) -> (all: Int, failed: Int) {
    lookups.steps(of: key, upTo: end)
  }

  /// The entry of a saga instance's step by its number, from 1; O(log entries of the instance).
  public func step(_ number: Int, of key: SagaKey) -> JournalIndex? {
    lookups.step(number, of: key)
  }

  /// The entries caused by an entry, in order; O(entries of its step and effects).
  public func effects(of index: JournalIndex, limit: Int = Int.max) -> [JournalIndex] {
    guard index.number >= 1, index.number <= count else { return [] }
    let offset = offset
    if index.number <= offset {
      let found = Array(storedEffects(of: index).prefix(limit))
      return found + lookups.effects(of: index, limit: limit - found.count)
    }
    var found: [JournalIndex] = []
    let step = journal.entries(ofPart: journal.part(of: index.number - offset))
    for entry in (index.number + 1)..<(step.upperBound + offset + 1)
    where found.count < limit && journal.cause(of: entry - offset) == index.number {
      found.append(JournalIndex(entry))
    }
    return found + lookups.effects(of: index, limit: limit - found.count)
  }

  /// The events that name an event as their cause, in order.
  public func effects(of position: Position, limit: Int = Int.max) -> [Position] {
    lookups.effects(of: position, limit: limit)
  }

  /// The number of entries that report a failure, up to a given one.
  public func errors(upTo end: JournalIndex) -> Int {
    lookups.problems(upTo: end)
  }

  /// The entry of a failure by its index, from 0.
  public func error(at index: Int) -> JournalIndex? {
    lookups.problem(at: index)
  }
}
