/// The armed timers, found by key and ordered by due time.
///
/// Every arming has a number and is stored at that index, armed or not, so that worlds at different
/// moments share them; a change updates only which numbers are armed, in O(log n).
public struct TimerTable: Sendable {
  private struct Place: Comparable, Sendable {
    let due: Instant
    let sequence: Int

    init(_ timer: Timer) {
      due = timer.due
      sequence = timer.sequence
    }

    static func < (left: Place, right: Place) -> Bool {
      (left.due, left.sequence) < (right.due, right.sequence)
    }

    static func == (left: Place, right: Place) -> Bool {
      left.due == right.due && left.sequence == right.sequence
    }
  }

  private(set) var armings = PersistentArray<Timer?>()
  /// The number of the first arming in storage.
  private var start = 0
  private var numbers = HashIndex()
  private var order = SortedChunks<Place>()
  /// The number of stored armings at which old ones are next dropped.
  private var nextDrop = 4_096

  init() {}

  // MARK: - Reading

  /// The number of armed timers.
  public var count: Int { order.count }

  /// The timer that is due first.
  public var next: Timer? { order.first.flatMap { arming($0.sequence) } }

  /// The timer with a key.
  @inline(__always)
  public func timer(_ key: TimerKey) -> Timer? {
    let number = numbers.last(under: key.quickHash) { number in
      armings.address(of: Int(number) - start).pointee?.has(key) ?? false
    }
    return number.flatMap { armings[Int($0) - start] }
  }

  /// The timer at an offset, from 0, in order of due time.
  public func timer(at offset: Int) -> Timer? {
    offset >= 0 && offset < order.count ? arming(order[offset].sequence) : nil
  }

  /// Visits all timers in order of due time until the body returns `false`.
  public func forEach(_ body: (Timer) -> Bool) {
    order.forEach { place in arming(place.sequence).map(body) ?? true }
  }

  private func arming(_ number: Int) -> Timer? {
    number >= start && number - start < armings.count ? armings[number - start] : nil
  }

  // MARK: - Changing

  mutating func set(_ key: TimerKey, from old: Timer?, to new: Timer?) {
    let hash = key.quickHash
    if let old {
      order.remove(Place(old))
      numbers.remove(Int32(old.sequence), under: hash)
    }
    if let new {
      rest(new)
      order.insert(Place(new))
      numbers.insert(Int32(new.sequence), under: hash)
    }
  }

  /// Stores an arming at the index of its number, unless it is there already.
  private mutating func rest(_ timer: Timer) {
    if timer.sequence < start { widen(to: timer.sequence) }
    let place = timer.sequence - start
    if place < armings.count {
      if !(armings[place].map { $0.isSame(as: timer) } ?? false) { armings[place] = timer }
    } else {
      while armings.count < place { armings.append(nil) }
      armings.append(timer)
    }
  }

  /// Extends the storage at the front to include a number.
  private mutating func widen(to number: Int) {
    var wider = PersistentArray<Timer?>()
    for _ in number..<start { wider.append(nil) }
    for timer in armings { wider.append(timer) }
    (armings, start) = (wider, number)
  }

  /// Drops the armings that are no longer armed, once they outnumber the armed ones; eight bytes
  /// remain of each one after the oldest that is armed.
  ///
  /// For a world whose past is never revisited; O(1) per step, amortised.
  mutating func dropOld() {
    guard armings.count >= nextDrop, armings.count > 2 * count else { return }
    var live: [Int: Timer] = [:]
    forEach { timer in
      live[timer.sequence] = timer
      return true
    }
    let end = start + armings.count
    start = live.keys.min() ?? end
    armings = PersistentArray()
    for number in start..<end { armings.append(live[number]) }
    nextDrop = max(4_096, 2 * armings.count)
  }
}
