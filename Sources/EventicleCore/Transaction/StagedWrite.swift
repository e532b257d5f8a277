internal import Synchronization

/// The fate of one write to an aggregate's history: the holder of the written events asks it
/// whether the write still stands.
///
/// Only the step that wrote changes it, but an aggregate's holder may ask on another thread.
package final class StagedWrite: Sendable {
  private static let pending: UInt8 = 0
  private static let kept: UInt8 = 1
  private static let takenBack: UInt8 = 2

  private let outcome = Atomic<UInt8>(StagedWrite.pending)

  /// Whether the write was rolled back, with the step or with a failed part of it.
  package var isTakenBack: Bool { outcome.load(ordering: .acquiring) == StagedWrite.takenBack }

  /// Whether the write is committed.
  package var isKept: Bool { outcome.load(ordering: .acquiring) == StagedWrite.kept }

  fileprivate func begin() { outcome.store(StagedWrite.pending, ordering: .releasing) }

  fileprivate func keep() { outcome.store(StagedWrite.kept, ordering: .releasing) }

  fileprivate func takeBack() { outcome.store(StagedWrite.takenBack, ordering: .releasing) }
}

/// The writes of one step, oldest first.
///
/// Objects that nobody else holds are reused, so that a step whose aggregates do not outlive it
/// allocates none.
struct StagedWrites {
  /// The most objects that a step leaves for the next one.
  private static let spare = 64

  private var objects: [StagedWrite] = []
  /// The number of objects, from the first on, that stand for writes of this step.
  private(set) var count = 0

  /// Starts the next write.
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

  /// Marks all writes after the first `first` as rolled back.
  mutating func takeBack(after first: Int) {
    guard count > first else { return }
    for place in first..<count { objects[place].takeBack() }
    count = first
    dropSpare()
  }

  /// Marks all writes as committed.
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
