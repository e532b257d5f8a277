internal import Synchronization

/// How many places of a shared block of memory are claimed.
///
/// A place is claimed once, so that the caller that claimed it may write it while others read the
/// places before it. Besides it only a ``StagedWrite`` is shared between threads: one writes, many
/// read.
struct ClaimCounter: ~Copyable, Sendable {
  private let taken: Atomic<Int>

  init(_ count: Int) { taken = Atomic(count) }

  /// The number of claimed places.
  var count: Int { taken.load(ordering: .acquiring) }

  /// Claims the place after the first `place`; returns `false` when another caller has it.
  @inline(__always)
  func claimPlace(_ place: Int) -> Bool {
    taken.compareExchange(expected: place, desired: place + 1, ordering: .acquiringAndReleasing)
      .exchanged
  }

  /// Claims the next places and returns the first of them; `nil` when fewer are free.
  @inline(__always)
  func claim(_ places: Int, of capacity: Int) -> Int? {
    var known = taken.load(ordering: .relaxed)
    while places <= capacity - known {
      let (isMine, now) = taken.compareExchange(
        expected: known, desired: known + places, ordering: .acquiringAndReleasing)
      if isMine { return known }
      known = now
    }
    return nil
  }

  /// Returns the places from `count` on; only for memory held once.
  func giveBack(downTo count: Int) { taken.store(count, ordering: .releasing) }
}
