internal import HashTreeCollections

extension World {
  /// The number of draws from the random source.
  package var draws: Int { ids.drawn }

  /// The names of the counters that have given out a number, sorted.
  package var counterNames: [String] { ids.counters.keys.sorted() }

  /// Applies a recorded step to a world that has not seen its events, without running a handler.
  ///
  /// The events are appended first; then everything else changes as it did originally.
  ///
  /// - Parameter events: The step's events in the order in which they were stored.
  package mutating func replay(_ step: StepChanges, _ events: [StoredEvent]) {
    for event in events {
      switch event {
      case .logged(let event, let aggregate, let entry): append(event, aggregate, by: entry)
      case .kept(let event, let aggregate): keep(event, aggregate)
      }
    }
    apply(
      StepChanges(appended: 0, kept: 0, draws: step.draws, others: step.others))
  }
}
