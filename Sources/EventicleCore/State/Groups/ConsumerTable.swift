/// All consumers in the order of delivery, with their counts.
package struct ConsumerTable: Sendable {
  /// One consumer.
  package struct Entry: Sendable, Hashable {
    /// The kind and name of the consumer.
    package let name: ConsumerName
    /// The group under which its position is kept.
    package let group: GroupName
    /// The events that the consumer has finished with, by outcome.
    package internal(set) var tally = Tally()
    /// The events that an idempotent consumer has handled and must not handle again; over a store
    /// those that the store does not know of.
    var processed = PositionSet()
    /// The number of such events that a store knows of.
    var processedBefore = 0
    /// Events that a store knows of, but that are not handled yet in this world of before.
    var unprocessed = PositionSet()

    /// The number of events that the consumer has handled and must not handle again.
    package var processedCount: Int {
      processedBefore + processed.count - unprocessed.count
    }
  }

  private var entries: [Entry] = []
  /// The store that knows which events were handled before.
  private var base: WorldBase?

  init() {}

  /// All of them, by number.
  var all: [Entry] { entries }

  /// The number of consumers.
  package var count: Int { entries.count }

  /// The consumer with a number.
  package subscript(number: ConsumerNumber) -> Entry? {
    let index = Int(number)
    return entries.indices.contains(index) ? entries[index] : nil
  }

  package func name(of number: ConsumerNumber) -> ConsumerName? {
    let index = Int(number)
    return entries.indices.contains(index) ? entries[index].name : nil
  }

  /// Whether a consumer has handled an event that it must not handle again.
  package func hasHandled(_ position: Position, _ number: ConsumerNumber) -> Bool {
    let index = Int(number)
    guard entries.indices.contains(index) else { return false }
    if entries[index].processed.contains(position) { return true }
    guard let base, entries[index].processedBefore > 0, position.number <= base.events,
      !entries[index].unprocessed.contains(position)
    else { return false }
    return base.pages.hasProcessed(number, position, asOf: base.entry)
  }

  /// Leaves it to a store to know which events were handled up to its entry.
  ///
  /// - Parameter counts: How many each consumer has handled, by the consumer's number.
  mutating func rest(on base: WorldBase, processed counts: [Int]) {
    self.base = base
    for index in entries.indices {
      entries[index].processed = PositionSet(after: base.events)
      entries[index].unprocessed = PositionSet(after: base.events)
      entries[index].processedBefore = index < counts.count ? counts[index] : 0
    }
  }

  /// The number of a consumer; `nil` for one that is not registered.
  package func number(of name: ConsumerName) -> ConsumerNumber? {
    entries.firstIndex { $0.name == name }.map { ConsumerNumber($0) }
  }

  /// The number of a consumer, provided it consumes for a group.
  func number(of name: ConsumerName, in group: GroupName) -> ConsumerNumber? {
    entries.firstIndex { $0.group == group && $0.name == name }.map { ConsumerNumber($0) }
  }

  /// The number of the consumer of a group.
  package func number(of group: GroupName) -> ConsumerNumber? {
    entries.firstIndex { $0.group == group }.map { ConsumerNumber($0) }
  }

  mutating func append(_ name: ConsumerName, _ group: GroupName) {
    entries.append(Entry(name: name, group: group))
  }

  mutating func removeLast() {
    if !entries.isEmpty { entries.removeLast() }
  }

  mutating func tally(_ number: ConsumerNumber, _ kind: Tally.Kind, _ count: Int) {
    guard entries.indices.contains(Int(number)) else { return }
    entries[Int(number)].tally.add(kind, count)
  }

  mutating func set(_ tally: Tally, of number: ConsumerNumber) {
    guard entries.indices.contains(Int(number)) else { return }
    entries[Int(number)].tally = tally
  }

  mutating func mark(_ number: ConsumerNumber, _ position: Position, _ isProcessed: Bool) {
    guard entries.indices.contains(Int(number)) else { return }
    if base != nil {
      guard isProcessed != hasHandled(position, number) else { return }
      let isOfStore =
        isProcessed
        ? entries[Int(number)].unprocessed.contains(position)
        : !entries[Int(number)].processed.contains(position)
      if isOfStore { return entries[Int(number)].unprocessed.set(position, !isProcessed) }
    }
    entries[Int(number)].processed.set(position, isProcessed)
  }
}
