import EventicleCore

/// Writes the steps of a session to a store.
struct StepKeeper: Sendable {
  let store: any JournalStore
  private var steps: StoredSteps
  /// How many entries stay in memory when older ones are let go; `nil` lets none go.
  var residentEntries: Int? = Limits.residentEntries
  /// The last entry whose world was offered to the store.
  private var offered: Int
  /// How many entries lie between two worlds that are offered to the store.
  static let coreInterval = 4_096

  /// Goes on after what a world has.
  ///
  /// - Parameter offered: The last entry whose world was offered to the store.
  init(
    _ store: any JournalStore, after world: borrowing World,
    offered: JournalIndex = JournalIndex(0)
  ) {
    self.store = store
    self.offered = offered.number
    steps = StoredSteps(after: world)
  }

  /// Appends a step; the world is the one after it.
  mutating func append(
    _ step: Step, of input: RecordedInput, _ world: borrowing World, _ domain: Domain
  ) {
    guard !step.isEmpty else { return }
    store.append(steps.step(input, step.entries, in: world, home: domain.aggregateKey))
  }

  /// Offers the world after the last entry, which is acknowledged, where a snapshot is due.
  mutating func offer(_ world: World, after entry: JournalIndex, every interval: Int) {
    guard entry.number - offered >= interval else { return }
    store.offer(world.core(after: entry))
    offered = entry.number
  }
}
