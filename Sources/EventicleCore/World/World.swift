internal import HashTreeCollections

/// Everything that is true at one position.
///
/// A value: a copy costs O(1), shares what it has in common with the original, and can be read on
/// any thread while the original goes on.
public struct World: Sendable {
  /// The events.
  public internal(set) var log = EventLog()
  /// Which events make up which aggregate.
  public internal(set) var histories = AggregateHistories()
  /// The saga instances.
  public internal(set) var sagas = SagaInstances()
  /// The armed timers.
  public internal(set) var timers = TimerTable()
  /// The deliveries that wait.
  public internal(set) var queue = DeliveryQueue()
  /// The moment that counts as now.
  public internal(set) var clock: Instant
  var ids: IDSource
  private var tables = TreeDictionary<String, RecordTable>()
  private var groups = TreeDictionary<GroupName, GroupState>()
  private var parkedWork = TreeDictionary<Int, Parked>()

  /// A world in which nothing has happened.
  public init(startingAt clock: Instant, seed: UInt64) {
    self.clock = clock
    ids = IDSource(seed: seed)
  }

  // MARK: - Reading

  /// The record of a key; O(1).
  public func record(_ key: RecordKey) -> Record? { tables[key.type]?.record(key) }

  /// How many records of a type there are.
  public func recordCount(of type: String) -> Int { tables[type]?.count ?? 0 }

  /// The record at an offset in order of creation.
  public func record(of type: String, at offset: Int) -> Record? {
    tables[type]?.record(type: type, at: offset)
  }

  /// Goes through the records of a type in order of creation until the body returns `false`.
  public func forEachRecord(of type: String, _ body: (Record) -> Bool) {
    tables[type]?.forEach(type: type, body)
  }

  /// The types that have records, in alphabetical order.
  public var recordTypes: [String] {
    tables.filter { $0.value.count > 0 }.map(\.key).sorted()
  }

  /// How far a group has come; `nil` for a group nobody has used.
  public func group(_ name: GroupName) -> GroupState? { groups[name] }

  /// The groups by name.
  public var groupNames: [GroupName] { groups.keys.sorted() }

  /// What is parked under a number.
  public func parked(_ number: Int) -> Parked? { parkedWork[number] }

  /// What is parked, oldest first.
  public var parked: [Parked] { parkedWork.values.sorted { $0.number < $1.number } }

  /// How much is parked; O(1).
  public var parkedCount: Int { parkedWork.count }

  /// The last number that a counter gave.
  public func counter(_ name: String) -> Int { ids.counter(name) }

  // MARK: - Snapshots

  /// This world as a snapshot keeps it.
  func forSnapshot() -> World {
    var world = self
    world.log = log.withoutIndex()
    return world
  }

  /// A snapshot made whole again with what a later world of the same log knows.
  func restored(with later: World) -> World {
    var world = self
    world.log = log.adoptingIndex(of: later.log)
    return world
  }

  // MARK: - Changing

  /// Makes a change.
  package mutating func apply(_ change: Change) {
    switch change {
    case .appended(let event, let aggregate):
      log.append(event)
      if let aggregate { histories.append(.logged(log.last), to: aggregate) }
    case .persisted(let event, let aggregate): histories.append(.kept(event), to: aggregate)
    case .enqueued(let delivery): queue.pushBack(delivery)
    case .dequeued: queue.popFront()
    case .record(let key, let old, let new): set(key, old, new)
    case .saga(let key, let old, let new): sagas.set(key, from: old, to: new)
    case .timer(let key, let old, let new): timers.set(key, from: old, to: new)
    case .group(let name, _, let new): groups[name] = new
    case .parked(let number, _, let new): parkedWork[number] = new
    case .clock(_, let new): clock = new
    case .counter(let name, _, let new): ids.setCounter(name, to: new)
    case .entropy(_, let new): ids.state = new
    }
  }

  /// Unmakes a change; changes are unmade in the reverse of the order they were made in.
  package mutating func revert(_ change: Change) {
    switch change {
    case .appended(_, let aggregate):
      if let aggregate { histories.removeLast(of: aggregate) }
      log.removeLast()
    case .persisted(_, let aggregate): histories.removeLast(of: aggregate)
    case .enqueued: queue.popBack()
    case .dequeued(let delivery): queue.pushFront(delivery)
    case .record(let key, let old, let new): set(key, new, old)
    case .saga(let key, let old, let new): sagas.set(key, from: new, to: old)
    case .timer(let key, let old, let new): timers.set(key, from: new, to: old)
    case .group(let name, let old, _): groups[name] = old
    case .parked(let number, let old, _): parkedWork[number] = old
    case .clock(let old, _): clock = old
    case .counter(let name, let old, _): ids.setCounter(name, to: old)
    case .entropy(let old, _): ids.state = old
    }
  }

  private mutating func set(_ key: RecordKey, _ old: Record?, _ new: Record?) {
    tables[key.type, default: RecordTable()].set(key, from: old, to: new)
  }
}
