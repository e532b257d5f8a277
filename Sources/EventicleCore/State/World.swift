internal import HashTreeCollections

/// Everything that is true at one moment.
///
/// A value: a copy is O(1), shares storage with the original, and can be read on any thread while
/// the original goes on changing.
public struct World: Sendable {
  /// All events in the order in which they were appended.
  public internal(set) var log = EventLog()
  /// The events that make up each aggregate.
  package internal(set) var histories = AggregateHistories()
  /// The saga instances, running or kept.
  public internal(set) var sagas = SagaInstances()
  /// The armed timers, ordered by due time.
  public internal(set) var timers = TimerTable()
  /// The consumers in the order of delivery.
  package internal(set) var consumers = ConsumerTable()
  /// The instant that counts as now.
  public internal(set) var clock: Instant
  var deliveries = DeliveryQueue()
  var ids: IDSource
  /// The store that has what this world does not hold; `nil` when it holds everything.
  package internal(set) var base: WorldBase?
  /// States folded from events that this world sees.
  var folds = FoldCache()
  /// The journal entry that appended each event.
  var origins = EventOrigins()
  var tables = TreeDictionary<TableName, RecordTable>()
  var indexes: [String: [RecordIndex]] = [:]
  /// The searches that no index serves; `nil` before the first.
  var searches: SearchCounts?
  var groups = TreeDictionary<GroupName, GroupState>()
  /// The groups that do not keep step, in alphabetical order.
  private(set) var laggingGroups: [GroupName] = []
  /// The groups with deliveries that are made later than their turn or once more, in alphabetical
  /// order.
  private(set) var groupsWithRedeliveries: [GroupName] = []
  var parkedWork = ParkedTable()
  var trims: [StreamName: StreamPosition] = [:]
  var viewTables = ViewTables()
  /// The number of tenants that have been active.
  public internal(set) var tenantCount = 0

  /// Creates a world in which nothing has happened.
  public init(startingAt clock: Instant, seed: UInt64) {
    self.clock = clock
    ids = IDSource(seed: seed)
  }

  /// Takes the place of a world while a step works on it.
  static let nothing = World(startingAt: Instant(milliseconds: 0), seed: 0)

  // MARK: - Reading

  /// The waiting deliveries of groups that keep step, and what is made once more.
  package var queue: PendingDeliveries { PendingDeliveries(self) }

  /// The state of a group; `nil` for a group that has never been used.
  public func group(_ name: GroupName) -> GroupState? {
    guard var state = groups[name] else { return nil }
    guard let number = consumers.number(of: name) else { return state }
    if state.isInStep { state.position = positionInStep(number) }
    state.tally = consumers[number]?.tally ?? Tally()
    return state
  }

  /// The groups that have a state of their own, sorted; all others have consumed everything.
  public var groupNames: [GroupName] { groups.keys.sorted() }

  /// The stored state of a group that does not keep step.
  func storedGroup(_ name: GroupName) -> GroupState? { groups[name] }

  /// The position of the last event offered to a group that keeps step.
  ///
  /// - Complexity: O(deliveries that wait before its first), at most 4,096 of them.
  private func positionInStep(_ number: ConsumerNumber) -> Position {
    for index in 0..<Swift.min(deliveries.count, 4_096) {
      let delivery = deliveries[index]
      if delivery.consumer == number || index == 4_095 {
        return Position(delivery.position.number - 1)
      }
    }
    return log.last
  }

  /// What waits for a person under a number; `nil` when it was redriven or dropped, or never was.
  public func parked(_ number: Int) -> Parked? { parkedWork[number] }

  /// The parked entry of the same work.
  func parked(same work: Work) -> Parked? { parkedWork[same: work] }

  /// All parked work, oldest first.
  public var parked: [Parked] { parkedWork.values.sorted { $0.number < $1.number } }

  /// The number of parked pieces of work; O(1).
  public var parkedCount: Int { parkedWork.count }

  /// The last number of a counter in a workspace; 0 before the first.
  public func counter(_ name: String, in workspace: Workspace = .system) -> Int {
    ids.counter(workspace.ownName(of: name))
  }

  /// The last number of a series; 0 before the first.
  package func lastNumber(_ series: NumberSeries) -> Int { ids.numbers[series] }

  /// The journal entry that appended the event at a position; O(1).
  public func origin(of position: Position) -> JournalIndex? {
    guard position.number >= 1, position.number <= log.count else { return nil }
    let entry = Int(origins.entry(of: position.number))
    return entry > 0 ? JournalIndex(entry) : nil
  }

  /// The position of the last event of a stream that is no longer delivered; 0 when all are.
  public func trimmed(_ stream: StreamName) -> StreamPosition {
    // Nearly always no stream is trimmed, and its name need not be hashed.
    trims.isEmpty ? StreamPosition(0) : trims[stream] ?? StreamPosition(0)
  }

  func delivery(_ queued: QueuedDelivery) -> Delivery {
    // A world viewed event by event may hide the newest event of its queue.
    let place = Int(queued.place)
    return Delivery(
      position: queued.position,
      consumer: consumers.name(of: queued.consumer) ?? ConsumerName(.subscription, "?"),
      cause: JournalIndex(place <= origins.count ? Int(origins.entry(of: place)) : 0))
  }

  // MARK: - Snapshots

  /// This world as a snapshot stores it: without the log's index by id.
  func forSnapshot() -> World {
    var world = self
    world.log = log.withoutIndex()
    return world
  }

  /// This world of the past with the log and histories of a later one, seen only as far as this
  /// world sees its own.
  func sharing(_ later: World) -> World {
    seeing(events: log.count, kept: histories.keptCount, of: later)
  }

  /// This world with as much of the log and histories of a later one.
  func seeing(events: Int, kept: Int, of later: World) -> World {
    var world = self
    world.log = later.log.prefix(events)
    world.histories = later.histories.prefix(logCount: events, keptCount: kept)
    world.origins = later.origins
    return world
  }

  // MARK: - Changing

  /// Drops states that only the past of sagas and timers needs; for a world whose past is never
  /// revisited.
  package mutating func dropOldStates() {
    sagas.dropOldStates()
    timers.dropOld()
  }

  /// Appends an event to the log, and to the history of its aggregate if it has one.
  mutating func append(_ event: Event, _ aggregate: AggregateKey?, by entry: JournalIndex) {
    if origins.count > log.count { origins.truncate(to: log.count) }
    log.append(event)
    origins.append(Int32(truncatingIfNeeded: entry.number))
    if let aggregate {
      histories.append(.logged(log.last), to: aggregate, logCount: log.count)
    } else {
      histories.forgetHidden()
    }
  }

  /// Appends an event to an aggregate's history without publishing it.
  mutating func keep(_ event: Event, _ aggregate: AggregateKey) {
    histories.append(.kept(event), to: aggregate, logCount: log.count)
  }

  /// Changes how many events the world sees of a log that it shares with a later world.
  mutating func see(events: Int, kept: Int) {
    log.see(events)
    histories.see(logCount: events, keptCount: kept)
    if folds.reaches(behind: events, kept) { folds.truncate(to: events, kept) }
  }

  mutating func registerConsumer(
    _ name: ConsumerName, _ group: GroupName, _ streams: [StreamName]
  ) {
    consumers.append(name, group)
    groups[group] = GroupState(position: Position(0), isInStep: true, streams: streams)
  }

  /// Applies what a step changed; its events are in the shared log already.
  package mutating func apply(_ step: StepChanges) {
    if step.appended > 0 || step.kept > 0 {
      see(events: log.count + step.appended, kept: histories.keptCount + step.kept)
    }
    ids.skip(step.draws)
    if let move = step.clock { clock = move.new }
    switch step.form {
    case .list(let changes): for change in changes { apply(change) }
    case .handled(let delivery):
      deliveries.popFront()
      consumers.tally(delivery.consumer, .handled, 1)
    case .offered(let events): events.forEach { deliveries.pushBack($0) }
    }
  }

  /// Reverts what a step changed; steps are reverted in the reverse order.
  package mutating func revert(_ step: StepChanges) {
    switch step.form {
    case .list(let changes): for change in changes.reversed() { revert(change) }
    case .handled(let delivery):
      consumers.tally(delivery.consumer, .handled, -1)
      deliveries.pushFront(delivery)
    case .offered(let events): for _ in 0..<events.deliveryCount { deliveries.popBack() }
    }
    if let move = step.clock { clock = move.old }
    ids.skip(-step.draws)
    if step.appended > 0 || step.kept > 0 {
      see(events: log.count - step.appended, kept: histories.keptCount - step.kept)
    }
  }

  /// Applies one change; the event of an append must be in the log already.
  package mutating func apply(_ change: Change) {
    switch change {
    case .appended: see(events: log.count + 1, kept: histories.keptCount)
    case .kept: see(events: log.count, kept: histories.keptCount + 1)
    case .enqueued(let delivery): deliveries.pushBack(delivery)
    case .dequeued:
      deliveries.popFront()
    case .requeued(_, let new): deliveries = new
    case .record(let key, let old, let new): set(key, old, new)
    case .viewWrote(let view, let type, let place):
      viewTables.set(TableName(place, type), view, true)
    case .saga(let old, let new): sagas.set(from: old, to: new)
    case .timer(let key, let old, let new): timers.set(key, from: old, to: new)
    case .group(let name, _, let new): set(name, new)
    case .parked(let number, _, let new): parkedWork[number] = new
    case .consumer(let name, let group): consumers.append(name, group)
    case .tallied(let number, let kind): consumers.tally(number, kind, 1)
    case .processed(let number, let position): consumers.mark(number, position, true)
    case .trimmed(let stream, _, let new): trims[stream] = new.number == 0 ? nil : new
    case .clock(_, let new): clock = new
    case .numbered(let series, let count): ids.numbers[series] += count
    case .counter(let name, _, let new): ids.setCounter(name, to: new)
    }
  }

  /// Reverts a change; changes are reverted in the reverse order.
  package mutating func revert(_ change: Change) {
    switch change {
    case .appended: see(events: log.count - 1, kept: histories.keptCount)
    case .kept: see(events: log.count, kept: histories.keptCount - 1)
    case .enqueued: deliveries.popBack()
    case .dequeued(let delivery):
      deliveries.pushFront(delivery)
    case .requeued(let old, _): deliveries = old
    case .record(let key, let old, let new): set(key, new, old)
    case .viewWrote(let view, let type, let place):
      viewTables.set(TableName(place, type), view, false)
    case .saga(let old, let new): sagas.set(from: new, to: old)
    case .timer(let key, let old, let new): timers.set(key, from: new, to: old)
    case .group(let name, let old, _): set(name, old)
    case .parked(let number, let old, _): parkedWork[number] = old
    case .consumer: consumers.removeLast()
    case .tallied(let number, let kind): consumers.tally(number, kind, -1)
    case .processed(let number, let position): consumers.mark(number, position, false)
    case .trimmed(let stream, let old, _): trims[stream] = old.number == 0 ? nil : old
    case .clock(let old, _): clock = old
    case .numbered(let series, let count): ids.numbers[series] -= count
    case .counter(let name, let old, _): ids.setCounter(name, to: old)
    }
  }

  private mutating func set(_ key: RecordKey, _ old: Record?, _ new: Record?) {
    if isSameText(key.type, World.tenantRecords) {
      tenantCount += (new == nil ? 0 : 1) - (old == nil ? 0 : 1)
    }
    tables[
      TableName(key.workspace, key.type), default: RecordTable(indexes: indexes[key.type] ?? [])
    ].set(key.id, from: old, to: new)
  }

  mutating func set(_ name: GroupName, _ state: GroupState?) {
    groups[name] = state
    World.list(name, state.map { !$0.isInStep } ?? false, in: &laggingGroups)
    World.list(name, !(state?.redeliveries.isEmpty ?? true), in: &groupsWithRedeliveries)
  }

  private static func list(_ name: GroupName, _ belongs: Bool, in names: inout [GroupName]) {
    let place = names.firstIndex { $0 >= name } ?? names.count
    let isListed = place < names.count && names[place] == name
    if belongs, !isListed { names.insert(name, at: place) }
    if !belongs, isListed { names.remove(at: place) }
  }
}
