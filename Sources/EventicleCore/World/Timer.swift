internal import HashTreeCollections

/// A timer that is armed.
public struct Timer: Sendable, Hashable {
  /// Which timer it is.
  public let key: TimerKey
  /// When it fires.
  public let schedule: TimerSchedule
  /// The moment at which it is due next.
  public let due: Instant
  /// What happens with moments at which nobody looked.
  public var missed = MissedFires.once
  /// When it was armed last.
  public let armedAt: Instant
  /// The journal entry of its arming.
  public let armedBy: JournalIndex
  /// The number of its arming; of two timers due together the lower one fires first.
  public let sequence: Int
}

extension Timer {
  /// The next moments at which it fires, in order, so many at most.
  ///
  /// A timer that fires once has one. Costs O(what is returned).
  public func nextFires(_ count: Int) -> [Instant] { schedule.nextFires(count, from: due) }
}

/// The armed timers, found by key and in the order in which they fall due.
public struct TimerTable: Sendable {
  private struct Place: Comparable, Sendable {
    let due: Instant
    let sequence: Int
    let key: TimerKey

    init(_ timer: Timer) {
      due = timer.due
      sequence = timer.sequence
      key = timer.key
    }

    static func < (left: Place, right: Place) -> Bool {
      (left.due, left.sequence) < (right.due, right.sequence)
    }

    static func == (left: Place, right: Place) -> Bool {
      left.due == right.due && left.sequence == right.sequence
    }
  }

  private var timers = TreeDictionary<TimerKey, Timer>()
  private var order = SortedChunks<Place>()

  init() {}

  /// How many timers are armed.
  public var count: Int { timers.count }

  /// The timer that is due first.
  public var next: Timer? { order.first.flatMap { timers[$0.key] } }

  /// The timer of a key.
  public func timer(_ key: TimerKey) -> Timer? { timers[key] }

  /// The timer at an offset from 0 in the order of falling due.
  public func timer(at offset: Int) -> Timer? {
    offset >= 0 && offset < order.count ? timers[order[offset].key] : nil
  }

  /// All timers in the order of falling due, until the body returns `false`.
  public func forEach(_ body: (Timer) -> Bool) {
    order.forEach { place in timers[place.key].map(body) ?? true }
  }

  mutating func set(_ key: TimerKey, from old: Timer?, to new: Timer?) {
    #if PLANTED_FAULTS
      let keepsOld = PlantedFault.rearmingKeepsOldDue.isPlanted && new != nil
      if let old, !keepsOld { order.remove(Place(old)) }
    #else
      if let old { order.remove(Place(old)) }
    #endif
    if let new { order.insert(Place(new)) }
    timers[key] = new
  }
}
