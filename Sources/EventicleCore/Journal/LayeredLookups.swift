/// The look-ups of a journal that shares its beginning with others.
///
/// Each layer belongs to one history: the first one to the history that began with nothing, the
/// later ones to forks. A layer is seen up to the moment at which the next one left it, so that a
/// fork costs O(layers) and both histories go on by themselves. A search costs what it costs in
/// each layer; nearly always there is one.
struct LayeredLookups: Sendable {
  /// How far a layer is seen.
  private struct Limit: Sendable {
    /// The last entry.
    let entry: Int
    /// The last event.
    let position: Int
  }

  private var first: JournalLookups
  /// The layers of forks, oldest first; only the last layer of all is added to.
  private var later: [ForkLookups] = []
  /// How far each layer but the last is seen.
  private var limits: [Limit] = []

  /// No entries besides those of a base.
  init(after base: JournalBase? = nil) { first = JournalLookups(after: base) }

  // MARK: - Recording

  /// Adds the entries of a step, which follow `count` others, with the world after the step.
  @inline(__always)
  mutating func append(_ step: StepEntries, after count: Int, _ world: borrowing World) {
    if later.isEmpty {
      first.append(step, after: count, world)
    } else {
      for (index, entry) in step.entries.enumerated() {
        later[later.count - 1].append(entry, at: Int32(count + 1 + index), world)
      }
    }
  }

  /// The look-ups up to an entry, for a history that leaves this one there.
  func prefix(upTo entry: JournalIndex, _ position: Position) -> LayeredLookups {
    var found = self
    // Layers that left their parent at or after the moment have nothing to say about it.
    let kept = limits.partitioningIndex { $0.entry >= entry.number }
    found.limits.removeSubrange(kept...)
    found.later.removeSubrange(kept...)
    found.limits.append(Limit(entry: entry.number, position: position.number))
    found.later.append(ForkLookups())
    return found
  }

  // MARK: - Looking up

  /// How far the first layer is seen.
  private var end: Limit { limits.first ?? Limit(entry: .max, position: .max) }

  /// How far a layer of a fork is seen.
  private func end(_ layer: Int) -> Limit {
    layer + 1 < limits.count ? limits[layer + 1] : Limit(entry: .max, position: .max)
  }

  private func all<Number: Comparable>(
    _ items: [Number], upTo end: Number, limit: Int = .max, _ more: (ForkLookups) -> [Int32],
    _ item: (Int) -> Number, _ bound: (Limit) -> Int
  ) -> [Number] {
    guard !later.isEmpty else { return items }
    var found = Array(items.prefix { $0 <= end })
    for (place, layer) in later.enumerated() where found.count < limit {
      let last = bound(self.end(place))
      for number in more(layer) where Int(number) <= last && found.count < limit {
        found.append(item(Int(number)))
      }
    }
    return found
  }

  private func entries(
    _ items: [JournalIndex], limit: Int = .max, _ more: (ForkLookups) -> [Int32]
  ) -> [JournalIndex] {
    all(items, upTo: JournalIndex(end.entry), limit: limit, more, { JournalIndex($0) }) { $0.entry }
  }

  func deliveries(of position: Position) -> [JournalIndex] {
    entries(first.deliveries(of: position)) { $0.deliveries(of: position.number) }
  }

  /// O(1) in a history that left no other, else O(entries of the instance).
  func count(of key: SagaKey) -> Int {
    later.isEmpty ? first.count(of: key) : entries(of: key, upTo: JournalIndex(.max)).count
  }

  func entries(of key: SagaKey, upTo last: JournalIndex) -> [JournalIndex] {
    guard !later.isEmpty else { return first.entries(of: key, upTo: last) }
    let own = entries(first.entries(of: key, upTo: last)) { $0.entries(of: key) }
    return Array(own.prefix { $0 <= last })
  }

  /// The numbers of steps and of failed steps of an instance up to an entry; O(layers * log entries).
  func steps(of key: SagaKey, upTo last: JournalIndex) -> (all: Int, failed: Int) {
    var (all, failed) = first.steps(of: key, upTo: JournalIndex(min(last.number, end.entry)))
    for (place, layer) in later.enumerated() {
      let more = layer.steps(of: key, upTo: min(last.number, end(place).entry))
      (all, failed) = (all + more.all, failed + more.failed)
    }
    return (all, failed)
  }

  /// The entry of an instance's step by its number, from 1; O(layers * log entries).
  func step(_ number: Int, of key: SagaKey) -> JournalIndex? {
    guard !later.isEmpty else { return first.step(number, of: key) }
    var rest = number
    let count = first.steps(of: key, upTo: JournalIndex(end.entry)).all
    guard rest > count else { return first.step(rest, of: key) }
    rest -= count
    for (place, layer) in later.enumerated() {
      let count = layer.steps(of: key, upTo: end(place).entry).all
      guard rest > count else { return layer.step(rest, of: key) }
      rest -= count
    }
    return nil
  }

  /// The entries of later steps that an entry caused.
  func effects(of entry: JournalIndex, limit: Int) -> [JournalIndex] {
    entries(first.effects(of: entry, limit: limit), limit: limit) { $0.effects(of: entry.number) }
  }

  func effects(of position: Position, limit: Int) -> [Position] {
    all(
      first.effects(of: position, limit: limit), upTo: Position(end.position), limit: limit,
      { $0.eventEffects(of: position.number) }, { Position($0) }
    ) { $0.position }
  }

  func problems(upTo last: JournalIndex) -> Int {
    var count = first.problems(upTo: JournalIndex(min(last.number, end.entry)))
    for (place, layer) in later.enumerated() {
      count += layer.problems(upTo: min(last.number, end(place).entry))
    }
    return count
  }

  func problem(at index: Int) -> JournalIndex? {
    guard !later.isEmpty else { return first.problem(at: index) }
    var rest = index
    let count = first.problems(upTo: JournalIndex(end.entry))
    guard rest >= count else { return first.problem(at: rest) }
    rest -= count
    for (place, layer) in later.enumerated() {
      let count = layer.problems(upTo: end(place).entry)
      guard rest >= count else { return layer.problem(at: rest) }
      rest -= count
    }
    return nil
  }
}
