/// All consumers in the order of delivery, with what they have done.
package struct ConsumerTable: Sendable {
  /// One consumer.
  package struct Entry: Sendable, Hashable {
    /// Its kind and name.
    package let name: ConsumerName
    /// The group under which its position is kept.
    package let group: GroupName
    /// What it has done.
    package internal(set) var tally = Tally()
    /// The events that it has handled once and is not to handle again.
    package internal(set) var processed = PositionSet()
  }

  private var entries: [Entry] = []

  init() {}

  /// How many there are.
  package var count: Int { entries.count }

  /// The consumer of a number.
  package subscript(number: ConsumerNumber) -> Entry? {
    let index = Int(number)
    return entries.indices.contains(index) ? entries[index] : nil
  }

  /// The name of a consumer.
  func name(of number: ConsumerNumber) -> ConsumerName? {
    let index = Int(number)
    return entries.indices.contains(index) ? entries[index].name : nil
  }

  /// Whether a consumer has handled an event once and is not to handle it again.
  func hasHandled(_ position: Position, _ number: ConsumerNumber) -> Bool {
    let index = Int(number)
    return entries.indices.contains(index) && entries[index].processed.contains(position)
  }

  /// The number of a consumer.
  package func number(of name: ConsumerName) -> ConsumerNumber? {
    entries.firstIndex { $0.name == name }.map { ConsumerNumber($0) }
  }

  /// The number of a consumer that consumes for a group.
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
