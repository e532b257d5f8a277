internal import Synchronization

/// How many places of a piece of memory are taken, when several values share that memory.
///
/// A place is taken once and for all, so that whoever took it may write it while others read the
/// places before it. This is the only thing in the engine that two threads may change at a time;
/// a ``StagedWrite`` is changed by one and read by many.
struct ClaimCounter: ~Copyable, Sendable {
  private let taken: Atomic<Int>

  init(_ count: Int) { taken = Atomic(count) }

  /// How many places are taken.
  var count: Int { taken.load(ordering: .acquiring) }

  /// Takes the place after the first so many, unless somebody else has it.
  @inline(__always)
  func claimPlace(_ place: Int) -> Bool {
    taken.compareExchange(expected: place, desired: place + 1, ordering: .acquiringAndReleasing)
      .exchanged
  }

  /// Takes the next places and returns the first of them; `nil` when fewer are free.
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

  /// Gives places back; only for memory that nobody shares.
  func giveBack(downTo count: Int) { taken.store(count, ordering: .releasing) }
}
