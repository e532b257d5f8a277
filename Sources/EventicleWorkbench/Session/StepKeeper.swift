import EventicleCore

/// Writes the steps of a session to a store.
struct StepKeeper: Sendable {
  let store: any JournalStore
  private var steps: StoredSteps

  /// Goes on after what a world has.
  init(_ store: any JournalStore, after world: borrowing World) {
    self.store = store
    steps = StoredSteps(after: world)
  }

  /// Appends a step; the world is the one after it.
  mutating func append(
    _ step: Step, of input: RecordedInput, _ world: borrowing World, _ domain: Domain
  ) {
    guard !step.entries.isEmpty else { return }
    store.append(steps.step(input, step.entries, in: world, home: domain.aggregateKey))
  }
}
