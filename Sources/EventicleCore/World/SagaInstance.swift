internal import HashTreeCollections

/// The state of one running, or ended and kept, saga.
public struct SagaInstance: Sendable, Hashable {
  /// Which instance it is.
  public let key: SagaKey
  /// What its author keeps in it; the engine's own fields are apart.
  public var data: JSON
  /// Whether it has ended; an ended instance never handles anything again.
  public internal(set) var hasEnded = false
  /// When it was started.
  public let startedAt: Instant
  /// When it last took a step.
  public internal(set) var changedAt: Instant
  /// How many steps it has taken: its start, events and timers.
  public internal(set) var steps = 0
  /// The id of the last event it handled.
  public internal(set) var lastEventID: EventID?
  /// The value that events find it by, as text, for people.
  public internal(set) var correlation: String?
  /// The names of its armed timers, in the order of their first arming.
  public internal(set) var timers: [String] = []
  /// Its number among all instances, which orders lists.
  let sequence: Int
}

/// All saga instances, found by id and by the values that events match them by.
///
/// Finding the instances of a value costs O(1) however many instances there are.
public struct SagaInstances: Sendable {
  struct Match: Hashable, Sendable {
    let saga: String
    let property: String
    let value: JSON
  }

  private struct Place: Comparable, Sendable {
    let sequence: Int
    let key: SagaKey

    static func < (left: Place, right: Place) -> Bool { left.sequence < right.sequence }
    static func == (left: Place, right: Place) -> Bool { left.sequence == right.sequence }
  }

  private var instances = TreeDictionary<SagaKey, SagaInstance>()
  private var order = TreeDictionary<String, SortedChunks<Place>>()
  private var matches = TreeDictionary<Match, SortedChunks<Place>>()
  private var matched: [String: [String]] = [:]

  init() {}

  /// Declares by which properties a saga's instances are found.
  mutating func declare(saga: String, properties: [String]) { matched[saga] = properties }

  /// The properties by which a saga's instances are found.
  public func matchProperties(of saga: String) -> [String] { matched[saga] ?? [] }

  /// The instance of a key.
  public func instance(_ key: SagaKey) -> SagaInstance? { instances[key] }

  /// How many instances a saga has, ended and kept ones included.
  public func count(of saga: String) -> Int { order[saga]?.count ?? 0 }

  /// The instance that came as number `offset`, from 0, among those of its saga.
  public func instance(of saga: String, at offset: Int) -> SagaInstance? {
    guard let places = order[saga], offset >= 0, offset < places.count else { return nil }
    return instances[places[offset].key]
  }

  /// The instances that hold a value in a property, oldest first.
  public func instances(of saga: String, property: String, value: JSON) -> [SagaInstance] {
    var found: [SagaInstance] = []
    matches[Match(saga: saga, property: property, value: value)]?.forEach { place in
      if let instance = instances[place.key] { found.append(instance) }
      return true
    }
    return found
  }

  /// The instance with an id, else the newest one with a match value that reads as the text.
  public func find(_ saga: String, _ text: String) -> SagaInstance? {
    if let instance = instances[SagaKey(saga, text)] { return instance }
    var values: [JSON] = [.string(text)]
    if let number = try? JSON(parsing: text) { values.append(number) }
    for property in matchProperties(of: saga) {
      for value in values {
        if let instance = instances(of: saga, property: property, value: value).last {
          return instance
        }
      }
    }
    return nil
  }

  mutating func set(_ key: SagaKey, from old: SagaInstance?, to new: SagaInstance?) {
    instances[key] = new
    for property in matched[key.saga] ?? [] {
      let before = old?.data.object?[property]
      let after = new?.data.object?[property]
      guard before != after else { continue }
      if let old, let before { unlink(old, property, before) }
      if let new, let after {
        let match = Match(saga: key.saga, property: property, value: after)
        matches[match, default: SortedChunks()].insert(Place(sequence: new.sequence, key: key))
      }
    }
    guard old?.sequence != new?.sequence else { return }
    if let old { order[key.saga]?.remove(Place(sequence: old.sequence, key: key)) }
    if let new {
      order[key.saga, default: SortedChunks()].insert(Place(sequence: new.sequence, key: key))
    }
  }

  private mutating func unlink(_ instance: SagaInstance, _ property: String, _ value: JSON) {
    let match = Match(saga: instance.key.saga, property: property, value: value)
    matches[match]?.remove(Place(sequence: instance.sequence, key: instance.key))
    if matches[match]?.count == 0 { matches[match] = nil }
  }
}
