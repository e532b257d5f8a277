/// The events that make up each aggregate.
///
/// An event of a history is either in the log, and then only its position is stored, or it was
/// persisted without being published, and then it is stored here. Histories are shared storage seen
/// up to limits: copies and prefixes are O(1), and appending to a prefix leaves the original
/// unchanged. Events are ordered by time, so what is visible of an aggregate is always its
/// beginning.
package struct AggregateHistories: Sendable {
  enum Entry: Sendable {
    case logged(Position)
    case kept(Event)
  }

  private var box: SharedStorage<HistoryStorage>
  private var limits = HistoryLimits()

  init(_ storage: HistoryStorage = HistoryStorage()) { box = SharedStorage(storage) }

  @inline(__always)
  func read<Result>(_ body: (UnsafePointer<HistoryStorage>) -> Result) -> Result {
    defer { _fixLifetime(self) }
    return body(UnsafePointer(box.place))
  }

  @inline(__always)
  mutating func write<Result>(_ body: (UnsafeMutablePointer<HistoryStorage>) -> Result)
    -> Result
  {
    if !isKnownUniquelyReferenced(&box) { box = SharedStorage(box.place.pointee) }
    return body(box.place)
  }

  // MARK: - Reading

  /// The number of events of an aggregate; O(1).
  package func version(of key: AggregateKey) -> Version { Version(entries(of: key).count) }

  /// The number of aggregates of a type; O(1) at the end of time, else O(log n).
  package func count(of type: String, in workspace: Workspace = .system) -> Int {
    let type = AggregateKey.storedType(type, in: workspace)
    return read { storage in
      if storage.pointee.pages != nil { return storage.pagedCount(of: type, limits) }
      return storage.visible(of: storage.members(of: type), limits)
    }
  }

  /// The id of an aggregate by its index, from 0, among those of its type in order of creation;
  /// O(1).
  package func id(
    of type: String, at index: Int, in workspace: Workspace = .system
  ) -> DomainID? {
    let type = AggregateKey.storedType(type, in: workspace)
    return read { storage in
      if storage.pointee.pages != nil { return storage.pagedID(of: type, at: index, limits) }
      let members = storage.members(of: type)
      guard index >= 0, index < members.count else { return nil }
      let number = members[index]
      return limits.allow(storage.row(Int(number))[0]) ? storage.id(number) : nil
    }
  }

  /// The entries of an aggregate, oldest first.
  @inline(__always)
  func entries(of key: AggregateKey) -> AggregateEntries {
    read { storage in
      if storage.pointee.pages != nil { return storage.pagedEntries(of: key, limits) }
      guard let number = storage.number(of: key) else {
        return AggregateEntries()
      }
      let row = storage.row(number)
      let all = AggregateEntries(row, storage.others(of: row), count: row.count)
      if limits.isOpen { return all }
      let limits = limits
      return AggregateEntries(
        row, storage.others(of: row), count: all.partitionPoint { !limits.allow($0) })
    }
  }

  /// The number of events persisted without being published.
  package var keptCount: Int {
    read { Swift.min($0.pointee.base.kept + $0.pointee.kept.count, Int(limits.kept)) }
  }

  /// An unpublished event by its number, from 1; O(1).
  @inline(__always)
  package func keptEvent(_ number: Int) -> Event? {
    guard number <= Int(limits.kept) else { return nil }
    return read { storage in
      let index = number - storage.pointee.base.kept
      return index > 0
        ? storage.pointee.kept.event(at: Position(index))
        : storage.pointee.pages?.keptEvent(number)?.event
    }
  }

  /// The number of events in the log when an unpublished event, numbered from 1, was persisted.
  package func logCount(ofKept number: Int) -> Int? {
    read { storage in
      let index = number - storage.pointee.base.kept
      guard index > 0 else { return storage.pointee.pages?.keptEvent(number)?.logCount }
      return storage.pointee.keptAt.count >= index ? Int(storage.pointee.keptAt[index - 1]) : nil
    }
  }

  /// The aggregate of the newest event of all, provided that event is the one at the given log
  /// position, or unpublished when no position is given.
  func newestOwner(logged position: Int32?) -> AggregateKey? {
    read { storage in
      guard let owner = storage.pointee.owners.last, owner >= 0 else { return nil }
      let entry = storage.lastEntry(of: Int(owner))
      guard position.map({ $0 == entry }) ?? (entry < 0) else { return nil }
      return storage.key(Int(owner))
    }
  }

  // MARK: - Changing

  /// The histories as they were when the log had `logCount` events and `keptCount` others had been
  /// persisted; O(1).
  package func prefix(logCount: Int, keptCount: Int) -> AggregateHistories {
    var histories = self
    histories.limits.log = Swift.min(limits.log, Int32(clamping: logCount))
    histories.limits.kept = Swift.min(limits.kept, Int32(clamping: keptCount))
    return histories
  }

  /// Changes how many of the stored events are seen, even to more of them; O(1).
  mutating func see(logCount: Int, keptCount: Int) {
    limits.log = Int32(clamping: logCount)
    limits.kept = Int32(clamping: keptCount)
  }

  /// Appends an event to an aggregate's history, dropping what the storage holds after the limits.
  ///
  /// - Parameter logCount: The number of events now in the log; for unpublished events.
  mutating func append(_ entry: Entry, to key: AggregateKey, logCount: Int) {
    let limits = limits
    write { storage in
      if !limits.isOpen { Self.truncate(storage, to: limits) }
      switch entry {
      case .logged(let position): storage.append(Int32(position.number), to: key)
      case .kept(let event): storage.append(storage.keep(event, at: logCount), to: key)
      }
    }
    self.limits = HistoryLimits()
  }

  private static func truncate(
    _ storage: UnsafeMutablePointer<HistoryStorage>, to limits: HistoryLimits
  ) {
    while UnsafePointer(storage).isNewestBeyond(limits) { storage.removeNewest() }
    if storage.pointee.pages != nil {
      storage.pointee.base = UnsafePointer(storage).bound(limits)
    }
  }

  /// What is visible, with the events up to a base in pages.
  func rebasedStorage(on pages: any LogPages, upTo base: LogBound) -> HistoryStorage {
    read { $0.pointee.rebased(on: pages, upTo: base, limits) }
  }

  /// Drops what the storage holds after the limits: the log is about to reuse those positions, and
  /// growing would make the dropped events visible again.
  mutating func forgetHidden() {
    guard !limits.isOpen else { return }
    let limits = limits
    write { Self.truncate($0, to: limits) }
    self.limits = HistoryLimits()
  }

  /// The approximate bytes of memory held; O(n / 64).
  package var bytesHeld: Int { read { $0.pointee.bytesHeld } }
}
