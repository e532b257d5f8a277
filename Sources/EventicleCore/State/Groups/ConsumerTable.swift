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
    /// The events that an idempotent consumer has handled and must not handle again.
    package internal(set) var processed = PositionSet()
  }

  private var entries: [Entry] = []

  init() {}

  /// The number of consumers.
  package var count: Int { entries.count }

  /// The consumer with a number.
  package subscript(number: ConsumerNumber) -> Entry? {
    let index = Int(number)
    return entries.indices.contains(index) ? entries[index] : nil
  }

  func name(of number: ConsumerNumber) -> ConsumerName? {
    let index = Int(number)
    return entries.indices.contains(index) ? entries[index].name : nil
  }

  /// Whether a consumer has handled an event that it must not handle again.
  func hasHandled(_ position: Position, _ number: ConsumerNumber) -> Bool {
    let index = Int(number)
    return entries.indices.contains(index) && entries[index].processed.contains(position)
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

  mutating func mark(_ number: ConsumerNumber, _ position: Position, _ isProcessed: Bool) {
    guard entries.indices.contains(Int(number)) else { return }
    entries[Int(number)].processed.set(position, isProcessed)
  }
}
