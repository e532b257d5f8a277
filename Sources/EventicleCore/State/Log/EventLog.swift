/// All events in the order in which they were appended, with the ways to find them.
///
/// Positions are dense from `#1`; so are the positions within each stream. A log is shared storage
/// seen up to a count: copies and prefixes are O(1), and appending to a prefix leaves the events of
/// the original in place.
public struct EventLog: Sendable {
  private var box: SharedStorage<LogStorage>

  /// The number of events, which is also the last position.
  public private(set) var count = 0

  /// An empty log.
  ///
  /// - Parameter isIndexed: Whether events can be found by id.
  init(isIndexed: Bool = true) { box = SharedStorage(LogStorage(isIndexed: isIndexed)) }

  init(_ storage: LogStorage, count: Int) {
    box = SharedStorage(storage)
    self.count = count
  }

  /// Lends the storage, without copying it.
  @inline(__always)
  func read<Result>(_ body: (UnsafePointer<LogStorage>) throws -> Result) rethrows -> Result {
    defer { _fixLifetime(self) }
    return try body(UnsafePointer(box.place))
  }

  @inline(__always)
  private mutating func write(_ body: (UnsafeMutablePointer<LogStorage>) -> Void) {
    if !isKnownUniquelyReferenced(&box) { box = SharedStorage(box.place.pointee) }
    body(box.place)
  }

  // MARK: - Changing

  /// Appends an event, dropping what the storage holds after the count.
  mutating func append(_ event: Event) {
    let count = count
    write { storage in
      if storage.pointee.count > count { storage.truncate(to: count) }
      storage.append(event)
    }
    self.count = count + 1
  }

  /// Appends a new event that names no cause, under an id that is a UUID.
  @inline(__always)
  mutating func append(
    new event: UnsafePointer<NewEvent>, _ high: UInt64, _ low: UInt64, to stream: StreamName,
    from source: String, at instant: Instant
  ) {
    let count = count
    write { storage in
      if storage.pointee.count > count { storage.truncate(to: count) }
      storage.append(new: event, high, low, to: stream, from: source, at: instant)
    }
    self.count = count + 1
  }

  /// Removes the last event, if any.
  mutating func removeLast() { count = Swift.max(0, count - 1) }

  /// The log as it was when it had `count` events; O(1).
  package func prefix(_ count: Int) -> EventLog {
    var log = self
    log.count = Swift.max(0, Swift.min(count, self.count))
    return log
  }

  /// Changes how many of the stored events are seen, even to more of them; O(1).
  mutating func see(_ count: Int) {
    self.count = Swift.max(0, Swift.min(count, read { $0.pointee.count }))
  }

  /// The log without its index by id, so that keeping it does not retain the index.
  func withoutIndex() -> EventLog {
    var log = self
    log.write { $0.pointee.ids = HashIndex() }
    return log
  }

  /// The approximate bytes of memory held; O(n / 64).
  package var bytesHeld: Int { read { $0.pointee.bytesHeld } }
}
