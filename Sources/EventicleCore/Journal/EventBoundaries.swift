/// The journal entry after which each event and its direct deliveries are done.
///
/// Boundaries never decrease from one event to the next, so that stepping by events walks the
/// journal in order.
struct EventBoundaries: Sendable {
  private var ends = PersistentArray<Int32>()
  private var lastDelivered = 0
  private var floor = 0

  /// Records that a step ending at an entry appended the next event.
  mutating func append(stepEnd: Int) { ends.append(Int32(Swift.max(stepEnd, floor))) }

  /// Records that a step ending at an entry delivered an event.
  mutating func delivered(_ position: Int, stepEnd: Int) {
    guard position >= lastDelivered, position <= ends.count else { return }
    var between = lastDelivered + 1
    while between < position {
      ends[between - 1] = Swift.max(ends[between - 1], Int32(floor))
      between += 1
    }
    lastDelivered = position
    floor = stepEnd
    ends[position - 1] = Int32(stepEnd)
  }

  var count: Int { ends.count }

  /// The last entry of an event and its deliveries; 0 before the first event.
  func end(of position: Int) -> Int {
    guard position >= 1, !ends.isEmpty else { return 0 }
    let known = Int(ends[Swift.min(position, ends.count) - 1])
    return position > lastDelivered ? Swift.max(known, floor) : known
  }

  /// The last event that is done at an entry; O(log n).
  func lastEvent(doneAt entry: Int) -> Int {
    (0..<ends.count).partitioningIndex { end(of: $0 + 1) > entry }
  }
}
