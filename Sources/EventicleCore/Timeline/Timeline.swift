internal import HashTreeCollections

/// The journal, and the way to the world after any of its entries.
///
/// A value whose copies share. Going there takes the nearest snapshot and makes or unmakes the
/// changes in between; no handler runs.
public struct Timeline: Sendable {
  private struct Snapshot: Sendable {
    let entry: JournalIndex
    let world: World
  }

  /// The newest world that was handed over, usually the one after the last entry.
  public private(set) var head: World
  private var headEntry = JournalIndex(0)
  private var journal = PersistentArray<JournalEntry>()
  private var snapshots: [Snapshot]
  private var interval = Limits.snapshotInterval
  private var boundaries = EventBoundaries()
  private var appendEntries = PersistentArray<Int32>()
  private var deliveryEntries = TreeDictionary<Int, [Int32]>()
  private var sagaEntries = TreeDictionary<SagaKey, PersistentArray<Int32>>()
  private var entryChildren = LinkedChildren()
  private var eventChildren = LinkedChildren()
  private var errorEntries = PersistentArray<Int32>()

  /// The most snapshots that are kept; beyond it every other one goes and the interval doubles.
  private static let mostSnapshots = 64

  /// A timeline that begins with a world.
  public init(startingWith world: World) {
    head = world
    snapshots = [Snapshot(entry: JournalIndex(0), world: world.forSnapshot())]
  }

  /// How many entries there are; also the index of the last one.
  public var last: JournalIndex { JournalIndex(journal.count) }

  /// How many entries there are.
  public var count: Int { journal.count }

  /// The entry at an index; O(1).
  public func entry(_ index: JournalIndex) -> JournalEntry? {
    index.number >= 1 && index.number <= count ? journal[index.number - 1] : nil
  }

  // MARK: - Recording

  /// Adds the entries of one step.
  ///
  /// - Parameter world: The world that it led to; kept only where a snapshot is due, so that the
  ///   engine goes on changing it in place.
  public mutating func record(_ entries: [JournalEntry], _ world: borrowing World) {
    let stepEnd = count + entries.count
    for entry in entries {
      journal.append(entry)
      entryChildren.append(causedBy: entry.cause?.number)
      index(entry, at: Int32(count), stepEnd: stepEnd, world.log)
    }
    guard let last = snapshots.last, count - last.entry.number >= interval else { return }
    snapshots.append(Snapshot(entry: JournalIndex(count), world: (copy world).forSnapshot()))
    if snapshots.count > Self.mostSnapshots {
      snapshots = snapshots.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      interval *= 2
    }
  }

  /// Takes over the world after the last entry, from which going back starts.
  public mutating func arrive(at world: World) {
    head = world
    headEntry = last
  }

  private mutating func index(
    _ entry: JournalEntry, at place: Int32, stepEnd: Int, _ log: EventLog
  ) {
    if entry.kind.problem != nil { errorEntries.append(place) }
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      boundaries.append(stepEnd: stepEnd)
      appendEntries.append(place)
      let cause = log.event(at: position)?.causedByID.flatMap { log.position(of: $0) }
      eventChildren.append(causedBy: cause?.number)
    case .delivery(let position, let consumer, let instance, _):
      boundaries.delivered(position.number, stepEnd: stepEnd)
      deliveryEntries[position.number, default: []].append(place)
      if let instance { note(place, of: SagaKey(consumer.name, instance)) }
    case .timerArmed(let key, _, _, _), .timerCancelled(let key), .timerFired(let key, _, _):
      note(place, of: key.owner)
    case .sagaEnded(let key, _): note(place, of: key)
    case .command, .clock: break
    }
  }

  private mutating func note(_ place: Int32, of key: SagaKey) {
    sagaEntries[key, default: PersistentArray()].append(place)
  }

  // MARK: - Going there

  /// The world after an entry, reached from the nearest place known.
  ///
  /// - Parameter nearby: A world that is known already, and the entry it follows.
  /// - Complexity: O(changes between the nearest known world and the entry).
  public func world(
    after index: JournalIndex, nearby: (JournalIndex, World)? = nil
  ) -> World {
    let target = JournalIndex(min(max(index.number, 0), count))
    let start = nearest(to: target, nearby: nearby)
    return travel(from: start.entry, start.world.restored(with: head), to: target)
  }

  /// How many changes lie on the way to an entry: what going there costs.
  func cost(of index: JournalIndex, nearby: (JournalIndex, World)? = nil) -> Int {
    let start = nearest(to: index, nearby: nearby).entry.number
    return (min(start, index.number)..<max(start, index.number))
      .reduce(0) { $0 + journal[$1].changes.count }
  }

  private func nearest(
    to target: JournalIndex, nearby: (JournalIndex, World)?
  ) -> (entry: JournalIndex, world: World) {
    var best = (entry: headEntry, world: head)
    func consider(_ entry: JournalIndex, _ world: World) {
      if abs(entry.number - target.number) < abs(best.entry.number - target.number) {
        best = (entry, world)
      }
    }
    if let nearby { consider(nearby.0, nearby.1) }
    let after = snapshots.firstIndex { $0.entry > target } ?? snapshots.count
    if after > 0 { consider(snapshots[after - 1].entry, snapshots[after - 1].world) }
    if after < snapshots.count { consider(snapshots[after].entry, snapshots[after].world) }
    return best
  }

  private func travel(from start: JournalIndex, _ world: World, to end: JournalIndex) -> World {
    var world = world
    if start < end {
      for index in start.number..<end.number {
        for change in journal[index].changes { world.apply(change) }
      }
    } else {
      var index = start.number
      while index > end.number {
        for change in journal[index - 1].changes.reversed() { world.revert(change) }
        index -= 1
      }
    }
    return world
  }

  /// The last entry of the step that an entry belongs to.
  public func stepEnd(of index: JournalIndex) -> JournalIndex {
    guard let entry = entry(index), let first = self.entry(entry.stepStart) else { return index }
    return JournalIndex(entry.stepStart.number + first.stepCount - 1)
  }

  /// The last entry of an event and its direct deliveries.
  public func end(of position: Position) -> JournalIndex {
    JournalIndex(boundaries.end(of: position.number))
  }

  /// The last event that, with its direct deliveries, is done after an entry; O(log n).
  public func lastEvent(doneAt index: JournalIndex) -> Position {
    Position(boundaries.lastEvent(doneAt: index.number))
  }

  // MARK: - Looking things up

  /// The entry that appended an event.
  public func appendEntry(of position: Position) -> JournalIndex? {
    guard position.number >= 1, position.number <= appendEntries.count else { return nil }
    return JournalIndex(Int(appendEntries[position.number - 1]))
  }

  /// The entries that delivered an event, in order.
  public func deliveries(of position: Position) -> [JournalIndex] {
    (deliveryEntries[position.number] ?? []).map { JournalIndex(Int($0)) }
  }

  /// How many entries concern a saga instance.
  public func entryCount(of key: SagaKey) -> Int { sagaEntries[key]?.count ?? 0 }

  /// The entries that concern a saga instance, up to one: steps, timers and its end.
  public func entries(of key: SagaKey, upTo end: JournalIndex) -> [JournalIndex] {
    guard let places = sagaEntries[key] else { return [] }
    let count = places.partitionPoint { Int($0) > end.number }
    return (0..<count).map { JournalIndex(Int(places[$0])) }
  }

  /// The entries that an entry led to, in order.
  public func effects(of index: JournalIndex, limit: Int = Int.max) -> [JournalIndex] {
    entryChildren.children(of: index.number, limit: limit).map { JournalIndex($0) }
  }

  /// The events that name an event as their cause, in order.
  public func effects(of position: Position, limit: Int = Int.max) -> [Position] {
    eventChildren.children(of: position.number, limit: limit).map { Position($0) }
  }

  /// The entries that report something gone wrong, up to one.
  public func errors(upTo end: JournalIndex) -> Int {
    errorEntries.partitionPoint { Int($0) > end.number }
  }

  /// The entry of the Nth thing that went wrong, from 0.
  public func error(at index: Int) -> JournalIndex? {
    index >= 0 && index < errorEntries.count ? JournalIndex(Int(errorEntries[index])) : nil
  }

  /// The change that appended an event.
  func appendChange(of position: Position) -> Change? {
    guard let index = appendEntry(of: position), let entry = entry(index),
      let first = self.entry(entry.stepStart), let event = head.log.event(at: position)
    else { return nil }
    return first.changes.first { change in
      if case .appended(let appended, _) = change { appended.id == event.id } else { false }
    }
  }
}
