internal import HashTreeCollections

/// States of aggregates folded earlier, so that loading folds only the events since then.
///
/// Only speed depends on it: caching is no change of the world and is never stored. It stays
/// correct because a world drops the states folded from events that it no longer sees; see
/// ``World``. It holds at most ``Limits/foldedStates`` states and evicts the oldest.
struct FoldCache: Sendable {
  private struct Entry: Sendable {
    let state: JSON
    let version: Version
    let root: FoldIdentity
    let logCount: Int
    let keptCount: Int
  }

  private var entries = TreeDictionary<AggregateKey, Entry>()
  /// The aggregates in order of arrival: a ring that begins at `next`.
  private var order: [AggregateKey] = []
  private var next = 0
  private var logCount = 0
  private var keptCount = 0

  /// The state and version of an aggregate as folded by one declaration.
  func state(of key: AggregateKey, by root: FoldIdentity) -> (state: JSON, version: Version)? {
    guard let entry = entries[key], entry.root === root else { return nil }
    return (entry.state, entry.version)
  }

  mutating func keep(
    _ state: JSON, _ version: Version, of key: AggregateKey, by root: FoldIdentity, logCount: Int,
    keptCount: Int
  ) {
    if entries[key] == nil {
      if order.count < Limits.foldedStates {
        order.append(key)
      } else {
        entries[order[next]] = nil
        order[next] = key
        next = (next + 1) % order.count
      }
    }
    entries[key] = Entry(
      state: state, version: version, root: root, logCount: logCount, keptCount: keptCount)
    self.logCount = max(self.logCount, logCount)
    self.keptCount = max(self.keptCount, keptCount)
  }

  /// Whether any state was folded from events after these counts.
  @inline(__always)
  func reaches(behind logCount: Int, _ keptCount: Int) -> Bool {
    self.logCount > logCount || self.keptCount > keptCount
  }

  /// Drops the states folded from events after these counts.
  mutating func truncate(to logCount: Int, _ keptCount: Int) {
    let kept = order.indices.map { order[($0 + next) % order.count] }.compactMap { key in
      entries[key].flatMap { entry in
        entry.logCount <= logCount && entry.keptCount <= keptCount ? (key, entry) : nil
      }
    }
    self = FoldCache()
    for (key, entry) in kept {
      keep(
        entry.state, entry.version, of: key, by: entry.root, logCount: entry.logCount,
        keptCount: entry.keptCount)
    }
  }
}
