internal import Synchronization

/// What becomes of one writing to an aggregate's history: whoever holds what was written asks it
/// whether that still stands.
///
/// Only the step that wrote says so, but whoever holds an aggregate may ask on another thread.
package final class StagedWrite: Sendable {
  private static let pending: UInt8 = 0
  private static let kept: UInt8 = 1
  private static let takenBack: UInt8 = 2

  private let outcome = Atomic<UInt8>(StagedWrite.pending)

  /// Whether a part of the step that failed has taken it back, or the whole step.
  package var isTakenBack: Bool { outcome.load(ordering: .acquiring) == StagedWrite.takenBack }

  /// Whether it is for good.
  package var isKept: Bool { outcome.load(ordering: .acquiring) == StagedWrite.kept }

  fileprivate func begin() { outcome.store(StagedWrite.pending, ordering: .releasing) }

  fileprivate func keep() { outcome.store(StagedWrite.kept, ordering: .releasing) }

  fileprivate func takeBack() { outcome.store(StagedWrite.takenBack, ordering: .releasing) }
}

/// The writings of one step, oldest first.
///
/// An object that nobody holds any more is used again, so that a step whose aggregates do not
/// outlive it allocates none.
struct StagedWrites {
  /// How many objects a step leaves for the next one.
  private static let spare = 64

  private var objects: [StagedWrite] = []
  /// How many of the objects, from the first on, stand for writings of this step.
  private(set) var count = 0

  /// Begins the next one.
  mutating func next() -> StagedWrite {
    defer { count += 1 }
    guard count < objects.count else {
      let fresh = StagedWrite()
      objects.append(fresh)
      return fresh
    }
    if isKnownUniquelyReferenced(&objects[count]) {
      objects[count].begin()
    } else {
      objects[count] = StagedWrite()
    }
    return objects[count]
  }

  /// Takes back all but the first so many.
  mutating func takeBack(after first: Int) {
    guard count > first else { return }
    for place in first..<count { objects[place].takeBack() }
    count = first
    dropSpare()
  }

  /// Keeps all of them for good.
  mutating func keep() {
    guard count > 0 else { return }
    for place in 0..<count { objects[place].keep() }
    count = 0
    dropSpare()
  }

  private mutating func dropSpare() {
    guard count == 0, objects.count > StagedWrites.spare else { return }
    objects.removeSubrange(StagedWrites.spare...)
  }
}
