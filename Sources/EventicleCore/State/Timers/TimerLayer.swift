internal import HashTreeCollections

/// What the timers of a world know of a store that they rest on.
struct TimerLayer: Sendable {
  let base: WorldBase
  /// The last number of an arming that the store may have.
  let last: Int
  /// The number of timers that are armed as the store has them.
  let count: Int
  /// Timers with a number of the store that are armed again, by number.
  private var held = TreeDictionary<Int, Timer>()
  private var heldNumbers = TreeDictionary<TimerKey, Int>()
  /// The keys of timers that are not armed any more as the store has them.
  private var gone = TreeSet<TimerKey>()

  init(_ base: WorldBase, after last: Int, count: Int) {
    self.last = last
    self.base = base
    self.count = count
  }

  func timer(_ key: TimerKey) -> Timer? {
    if let number = heldNumbers[key] { return held[number] }
    guard count > 0, !gone.contains(key) else { return nil }
    return base.pages.timer(key, asOf: base.entry)
  }

  func timer(number: Int) -> Timer? { held[number] ?? base.pages.timer(number: number) }

  /// A timer is no longer armed.
  mutating func lose(_ timer: Timer) {
    if timer.sequence <= last { gone.insert(timer.key) }
    held[timer.sequence] = nil
    if heldNumbers[timer.key] == timer.sequence { heldNumbers[timer.key] = nil }
  }

  /// A timer that a store may have under its number is armed again.
  mutating func hold(_ timer: Timer) {
    held[timer.sequence] = timer
    heldNumbers[timer.key] = timer.sequence
  }
}
