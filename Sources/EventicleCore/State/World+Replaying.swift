internal import HashTreeCollections

extension World {
  /// The seed of the random source.
  package var seed: UInt64 { ids.seed }

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
    apply(step.withoutEvents)
  }

  /// Applies a stored step whose changes do not say what they replaced, and fills that in.
  ///
  /// - Returns: The complete changes, which can be reverted.
  package mutating func replay(completing step: StepChanges, _ events: [StoredEvent]) -> StepChanges
  {
    for event in events {
      switch event {
      case .logged(let event, let aggregate, let entry): append(event, aggregate, by: entry)
      case .kept(let event, let aggregate): keep(event, aggregate)
      }
    }
    return complete(step)
  }

  /// Applies a stored step whose events are in the shared log already, and fills in what its changes
  /// replaced.
  ///
  /// - Returns: The complete changes, which can be reverted.
  @discardableResult
  package mutating func apply(completing step: StepChanges) -> StepChanges {
    if step.appended > 0 || step.kept > 0 {
      see(events: log.count + step.appended, kept: histories.keptCount + step.kept)
    }
    return complete(step)
  }

  private mutating func complete(_ step: StepChanges) -> StepChanges {
    let others = step.others
    var complete: [Change] = []
    complete.reserveCapacity(others.count)
    for change in others {
      let full = completed(change)
      apply(full)
      complete.append(full)
    }
    ids.skip(step.draws)
    return StepChanges(
      appended: step.appended, kept: step.kept, draws: step.draws, others: complete)
  }

  /// A change with what it replaces here.
  private func completed(_ change: Change) -> Change {
    switch change {
    case .record(let key, _, let new): .record(key, old: record(key), new: new)
    case .saga(let old, let new):
      .saga(old: (new ?? old).flatMap { sagas.instance($0.key) }, new: new)
    case .timer(let key, _, let new): .timer(key, old: timers.timer(key), new: new)
    case .group(let name, _, let new): .group(name, old: storedGroup(name), new: new)
    case .parked(let number, _, let new): .parked(number, old: parked(number), new: new)
    case .requeued(_, let new): .requeued(old: deliveries, new: new)
    case .trimmed(let stream, _, let new): .trimmed(stream, old: trimmed(stream), new: new)
    case .clock(_, let new): .clock(old: clock, new: new)
    case .counter(let name, _, let new): .counter(name, old: ids.counter(name), new: new)
    case .appended, .kept, .enqueued, .dequeued, .consumer, .tallied, .processed, .numbered,
      .viewWrote:
      change
    }
  }
}
