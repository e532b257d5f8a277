internal import HashTreeCollections

extension World {
  /// How often the random source has been asked.
  package var draws: Int { ids.drawn }

  /// The counters that have given a number, by name.
  package var counterNames: [String] { ids.counters.keys.sorted() }

  /// Makes a step again in a world that has not seen its events, without running a handler.
  ///
  /// They are put into the log, and then everything else is changed as it was then.
  ///
  /// - Parameter events: The step's events in the order in which they came.
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
