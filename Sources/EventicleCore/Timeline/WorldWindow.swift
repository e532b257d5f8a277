/// Worlds of the past that stay resident: those looked at last, and some of the last replay.
package struct WorldWindow: Sendable {
  private struct Held: Sendable {
    let entry: JournalIndex
    let world: World
  }

  /// How many entries lie between two worlds that a replay leaves.
  static let interval = 256
  /// From how many entries on a replay is worth holding its outcome.
  static let worthHolding = 8
  /// How many worlds are held of each sort.
  static let most = 64

  /// The worlds looked at, the last one at the end.
  private var visited: [Held] = []
  /// What the last replay left, in order.
  private var trail: [Held] = []

  /// Holds nothing yet.
  package init() {}

  /// The newest world at or before an entry.
  package func nearest(atOrBefore entry: JournalIndex) -> (entry: JournalIndex, world: World)? {
    (visited + trail).filter { $0.entry <= entry }.max { $0.entry < $1.entry }
      .map { ($0.entry, $0.world) }
  }

  /// Holds a world that was looked at in place of the one not looked at for longest.
  package mutating func visit(_ world: World, at entry: JournalIndex) {
    visited.removeAll { $0.entry == entry }
    visited.append(Held(entry: entry, world: world))
    if visited.count > Self.most { visited.removeFirst() }
  }

  /// Holds what a replay left in place of what an earlier one did.
  package mutating func replace(trail worlds: [(JournalIndex, World)]) {
    trail = worlds.suffix(Self.most).map { Held(entry: $0.0, world: $0.1) }
  }

  /// Lets the worlds read events from another log that has them.
  mutating func share(_ head: World) {
    func shared(_ held: Held) -> Held {
      Held(entry: held.entry, world: held.world.sharing(head).forSnapshot())
    }
    visited = visited.map(shared)
    trail = trail.map(shared)
  }
}
