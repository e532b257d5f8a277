internal import EventicleCore

/// What was looked up of the history and stays as it is, whatever comes: where steps begin, which
/// aggregates and events stand at which places.
///
/// Whoever draws a screen of the past asks about the same things for each moment, one by one.
struct HeldPlaces {
  /// A number that belongs to an entry for ever.
  enum Fact: Int {
    /// The number of the last step that has begun.
    case step
    /// The last event that has happened at the end of its step.
    case lastEvent
    /// How many failures there were.
    case problems
  }

  /// How many are held of each sort before all of it is dropped.
  private static let most = 8_192
  /// How many places of a list are read at a time.
  static let block = 64

  private var facts: [[Int: Int]] = Array(repeating: [:], count: 3)
  private var ranges: [Int: ClosedRange<Int>] = [:]
  private var aggregates: [AggregateKey: Int] = [:]
  private var histories: [Int: History] = [:]
  /// The aggregates of each type, by place.
  var types: [EventType: PlaceList<Aggregate>] = [:]
  /// The positions of each stream's events, by place.
  var streams: [Int: PlaceList<Int>] = [:]

  /// An aggregate by its place among those of its type.
  struct Aggregate {
    let id: DomainID
    /// Its first event, as histories name it.
    let first: Int
  }

  /// All events of an aggregate, as far as the derived tables reached.
  struct History {
    let events: [Int]
    let entry: Int
  }

  /// The longest history that is held whole.
  static let longest = 512

  // MARK: - Entries

  /// A number that belongs to an entry, if it is held.
  func held(_ fact: Fact, _ entry: Int) -> Int? { facts[fact.rawValue][entry] }

  /// A number that belongs to an entry, looked up when it is not held.
  mutating func held(_ fact: Fact, _ entry: Int, _ find: () throws -> Int) rethrows -> Int {
    if let known = facts[fact.rawValue][entry] { return known }
    let found = try find()
    if facts[fact.rawValue].count >= Self.most { facts[fact.rawValue] = [:] }
    facts[fact.rawValue][entry] = found
    return found
  }

  /// The first and the last entry of the step of an entry, if that is held.
  func range(of entry: Int) -> (first: JournalIndex, last: JournalIndex)? {
    ranges[entry].map { (JournalIndex($0.lowerBound), JournalIndex($0.upperBound)) }
  }

  mutating func hold(_ range: ClosedRange<Int>, of entry: Int) {
    if ranges.count >= Self.most { ranges = [:] }
    ranges[entry] = range
  }

  // MARK: - Aggregates and streams

  /// The number of an aggregate, looked up when it is not held; `nil` while it has no event.
  mutating func number(
    of key: AggregateKey, _ find: () throws -> Int?
  ) rethrows -> Int? {
    if let known = aggregates[key] { return known }
    guard let found = try find() else { return nil }
    if aggregates.count >= Self.most { aggregates = [:] }
    aggregates[key] = found
    return found
  }

  func history(_ number: Int) -> History? { histories[number] }

  mutating func hold(_ history: History, _ number: Int) {
    if histories.count >= Self.most { histories = [:] }
    histories[number] = history
  }
}

/// Parts of a list to which things are only ever added, from place 0.
struct PlaceList<Item> {
  private var blocks: [Int: [Item]] = [:]
  /// How long it was, and how far the derived tables reached then.
  private(set) var known: (count: Int, entry: Int)?
  /// A count that was asked for last.
  var near = 0

  /// How many blocks are held before all are dropped.
  private static var most: Int { 256 }

  /// What stands at a place, if it is held.
  func item(_ place: Int) -> Item? {
    let block = blocks[place / HeldPlaces.block]
    return block.flatMap { items in
      let index = place % HeldPlaces.block
      return items.indices.contains(index) ? items[index] : nil
    }
  }

  /// The count that was asked for last, if it is still the number of items for which something
  /// holds that ends once.
  func near(where holds: (Item) -> Bool) -> Int? {
    guard let known, near > 0, near <= known.count, let last = item(near - 1), holds(last) else {
      return nil
    }
    if near == known.count { return near }
    return item(near).flatMap { holds($0) ? nil : near }
  }

  /// Holds what stands from the beginning of a block on.
  mutating func hold(_ items: [Item], block: Int) {
    if blocks.count >= Self.most { blocks = [:] }
    blocks[block] = items
  }

  mutating func note(count: Int, at entry: Int) { known = (count, entry) }
}
