internal import HashTreeCollections

/// Which events make up each aggregate.
///
/// An event of a history is either in the log, and then only its position is kept, or it was
/// persisted without being published, and then it is kept here.
public struct AggregateHistories: Sendable {
  enum Entry: Sendable {
    case logged(Position)
    case kept(Event)
  }

  private var histories = TreeDictionary<AggregateKey, PersistentArray<Entry>>()
  private var idsByType = TreeDictionary<String, PersistentArray<DomainID>>()

  init() {}

  /// How many events an aggregate has; O(1).
  public func version(of key: AggregateKey) -> Version { Version(histories[key]?.count ?? 0) }

  /// How many aggregates of a type there are.
  public func count(of type: String) -> Int { idsByType[type]?.count ?? 0 }

  /// The id of the aggregate that came as number `index`, from 0, among its type; O(1).
  public func id(of type: String, at index: Int) -> DomainID? {
    guard let ids = idsByType[type], index >= 0, index < ids.count else { return nil }
    return ids[index]
  }

  /// The entries of an aggregate, oldest first.
  func entries(of key: AggregateKey) -> PersistentArray<Entry> {
    histories[key] ?? PersistentArray()
  }

  mutating func append(_ entry: Entry, to key: AggregateKey) {
    if histories[key] == nil { idsByType[key.type, default: PersistentArray()].append(key.id) }
    histories[key, default: PersistentArray()].append(entry)
  }

  /// Takes events off the end that were persisted after the last one that is in the log.
  mutating func removeKept(of key: AggregateKey) {
    while case .kept? = histories[key]?.last { removeLast(of: key) }
  }

  mutating func removeLast(of key: AggregateKey) {
    histories[key]?.popLast()
    guard histories[key]?.isEmpty ?? false else { return }
    histories[key] = nil
    idsByType[key.type]?.popLast()
    if idsByType[key.type]?.isEmpty ?? false { idsByType[key.type] = nil }
  }
}

extension World {
  /// The events of an aggregate up to a version, oldest first, without building a list.
  public func forEachEvent(
    of key: AggregateKey, upTo version: Version? = nil, _ body: (Event, Position?) -> Void
  ) {
    let entries = histories.entries(of: key)
    for index in 0..<Swift.min(entries.count, version?.number ?? entries.count) {
      switch entries[index] {
      case .logged(let position):
        if let event = log.event(at: position) { body(event, position) }
      case .kept(let event): body(event, nil)
      }
    }
  }

  /// The event that made an aggregate's version, and its place in the log if it has one; O(1).
  public func event(of key: AggregateKey, at version: Version) -> (event: Event, Position?)? {
    let entries = histories.entries(of: key)
    guard version.number >= 1, version.number <= entries.count else { return nil }
    switch entries[version.number - 1] {
    case .logged(let position): return log.event(at: position).map { ($0, position) }
    case .kept(let event): return (event, nil)
    }
  }

  /// The version that an aggregate reached with the event at a position; O(log n).
  public func version(of key: AggregateKey, at position: Position) -> Version {
    let entries = histories.entries(of: key)
    return Version(
      entries.partitionPoint {
        if case .logged(let place) = $0 { place > position } else { false }
      })
  }
}
