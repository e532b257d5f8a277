/// The armed timers, found by key and ordered by due time.
///
/// Every arming has a number and is stored at that index, armed or not, so that worlds at different
/// moments share them; a change updates only which numbers are armed, in O(log n). Over a store, what
/// was armed under an earlier number is asked for.
public struct TimerTable: Sendable {
  /// An armed timer in the order of due time.
  struct Place: Comparable, Sendable {
    let due: Instant
    let sequence: Int

    init(due: Instant, sequence: Int) {
      self.due = due
      self.sequence = sequence
    }

    init(_ timer: Timer) { self.init(due: timer.due, sequence: timer.sequence) }

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
  private(set) var order = SortedChunks<Place>()
  /// The number of stored armings at which old ones are next dropped.
  private var nextDrop = 4_096
  private var layer: Boxed<TimerLayer>?

  init() {}

  /// Timers of which a store knows what is armed up to a number.
  ///
  /// - Parameter order: All armed timers.
  init(over base: WorldBase, after number: Int, order: SortedChunks<Place>) {
    layer = Boxed(TimerLayer(base, after: number, count: order.count))
    start = number + 1
    self.order = order
  }

  // MARK: - Reading

  /// The number of armed timers.
  public var count: Int { order.count }

  /// The first one to fall due; of two at the same instant the one that was armed first.
  public var next: Timer? { order.first.flatMap { arming($0.sequence) } }

  /// The armed timer under a key; `nil` when it is not armed.
  @inline(__always)
  public func timer(_ key: TimerKey) -> Timer? {
    let number = numbers.last(under: key.quickHash) { number in
      armings.address(of: Int(number) - start).pointee?.has(key) ?? false
    }
    if let number { return armings[Int(number) - start] }
    return layer?.value.timer(key)
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
    if number < start { return layer?.value.timer(number: number) }
    return number - start < armings.count ? armings[number - start] : nil
  }

  // MARK: - Changing

  mutating func set(_ key: TimerKey, from old: Timer?, to new: Timer?) {
    guard layer == nil else { return setOverBase(key, from: old, to: new) }
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

  private mutating func setOverBase(_ key: TimerKey, from old: Timer?, to new: Timer?) {
    let hash = key.quickHash
    if let old {
      order.remove(Place(old))
      layer?.value.lose(old)
      if old.sequence >= start { numbers.remove(Int32(old.sequence), under: hash) }
    }
    guard let new else { return }
    order.insert(Place(new))
    if new.sequence < start {
      layer?.value.hold(new)
    } else {
      rest(new)
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
    order.forEach { place in
      if place.sequence >= start { live[place.sequence] = arming(place.sequence) }
      return true
    }
    let end = start + armings.count
    start = live.keys.min() ?? end
    armings = PersistentArray()
    for number in start..<end { armings.append(live[number]) }
    nextDrop = max(4_096, 2 * armings.count)
  }
}
