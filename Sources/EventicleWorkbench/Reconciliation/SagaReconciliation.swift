package import EventicleCore

/// Compares the instances of sagas that a running system keeps with those of an engine that was
/// given the same events.
///
/// Ids of instances are random, so a row and an instance belong together when they began with the
/// same event. Each pair that differs has one reason, the first that fits; what follows from it is
/// not listed again.
package struct SagaReconciliation: Sendable, Hashable {
  /// An instance of the engine here.
  package struct Instance: Sendable, Hashable {
    /// The saga and the engine's own id for the instance.
    package let key: SagaKey
    /// What the saga keeps.
    package let data: JSON
    /// Whether it has ended.
    package let hasEnded: Bool
    /// Whether it stays when it ends.
    package let isPreserved: Bool
    /// The events that its handlers took, in that order.
    package let events: [EventID]
    /// The names of its armed timers.
    package let timers: [String]

    /// An instance with everything given.
    package init(
      key: SagaKey, data: JSON, hasEnded: Bool = false, isPreserved: Bool = false,
      events: [EventID], timers: [String] = []
    ) {
      self.key = key
      self.data = data
      self.hasEnded = hasEnded
      self.isPreserved = isPreserved
      self.events = events
      self.timers = timers
    }

    /// An instance of an engine, with the events that its handlers took.
    package init(_ instance: SagaInstance, isPreserved: Bool = false, events: [EventID]) {
      self.init(
        key: instance.key, data: instance.data, hasEnded: instance.hasEnded,
        isPreserved: isPreserved, events: events, timers: instance.timers)
    }
  }

  /// What is known of the events besides the instances.
  package struct Evidence {
    /// Whether an event was captured here.
    package let isCaptured: (EventID) -> Bool
    /// Whether the saga's group there has yet to handle a captured event.
    package let isWaiting: (_ saga: String, EventID) -> Bool
    /// How far the saga's group there is behind, in events; `nil` when nobody says.
    package let behind: (_ saga: String) -> Int?

    /// What is known; a group of which nothing is known counts as having handled everything.
    package init(
      isCaptured: @escaping (EventID) -> Bool,
      isWaiting: @escaping (_ saga: String, EventID) -> Bool = { _, _ in false },
      behind: @escaping (_ saga: String) -> Int? = { _ in nil }
    ) {
      self.isCaptured = isCaptured
      self.isWaiting = isWaiting
      self.behind = behind
    }
  }

  /// An instance here, there, or both.
  package struct Pair: Sendable, Hashable {
    /// The instance here; `nil` when only the row exists.
    package let here: Instance?
    /// The row; `nil` when only the instance here exists.
    package let stored: StoredRows.SagaRow?
    /// Why they differ; `nil` when they do not.
    package let reason: Discrepancy?
  }

  /// All pairs: those here in their order, then the rows that have no instance here in theirs.
  package let pairs: [Pair]

  /// Compares; O(instances + rows + their events).
  package init(here: [Instance], stored: [StoredRows.SagaRow], _ evidence: Evidence) {
    var waiting: [Beginning: [Int]] = [:]
    for (index, row) in stored.enumerated() {
      guard let first = row.eventIDs.first else { continue }
      waiting[Beginning(saga: row.key.saga, event: first), default: []].append(index)
    }
    var isTaken = [Bool](repeating: false, count: stored.count)
    var pairs: [Pair] = []
    for instance in here {
      var row: StoredRows.SagaRow?
      if let first = instance.events.first {
        let key = Beginning(saga: instance.key.saga, event: first)
        if var places = waiting[key], !places.isEmpty {
          let place = places.removeFirst()
          waiting[key] = places
          isTaken[place] = true
          row = stored[place]
        }
      }
      pairs.append(
        Pair(
          here: instance, stored: row,
          reason: row.map { SagaReconciliation.reason(instance, $0, evidence) }
            ?? SagaReconciliation.reason(alone: instance, evidence)))
    }
    for (index, row) in stored.enumerated() where !isTaken[index] {
      pairs.append(
        Pair(here: nil, stored: row, reason: SagaReconciliation.reason(alone: row, evidence)))
    }
    self.pairs = pairs
  }

  /// The pairs that differ.
  package var differing: [Pair] { pairs.filter { $0.reason != nil } }

  private struct Beginning: Hashable {
    let saga: String
    let event: EventID
  }

  // MARK: - Reasons

  private static func reason(
    _ here: Instance, _ row: StoredRows.SagaRow, _ evidence: Evidence
  ) -> Discrepancy? {
    let (known, taken) = (Set(here.events), row.eventIDs)
    let there = Set(taken)
    let missing = taken.filter { !evidence.isCaptured($0) }
    if !missing.isEmpty { return .beganBefore(missing: missing) }
    if let reason = lacking(here.events.filter { !there.contains($0) }, of: here.key.saga, evidence)
    {
      return reason
    }
    let ignored = taken.filter { !known.contains($0) }
    if !ignored.isEmpty { return .ignoredHere(ignored) }
    if taken != here.events { return .otherOrder }
    let (armed, rowTimers) = (Set(here.timers), Set(row.armedTimers.map(\.name)))
    let timers = Discrepancy.timers(
      firedThere: here.timers.filter { !rowTimers.contains($0) },
      firedHere: row.armedTimers.map(\.name).filter { !armed.contains($0) })
    // A timer that fired on one side alone explains other values, so values come second to it.
    if armed == rowTimers {
      let differences =
        EventicleCore.differences(from: here.data, to: .object(row.data))
        + EventicleCore.differences(
          from: ["ended": .bool(here.hasEnded)], to: ["ended": .bool(row.hasEnded)])
      return differences.isEmpty ? nil : .otherValues(differences)
    }
    return timers
  }

  /// An instance here without a row: not there yet, dropped, or ended and deleted as it should be.
  private static func reason(alone here: Instance, _ evidence: Evidence) -> Discrepancy? {
    let waiting = here.events.filter { evidence.isWaiting(here.key.saga, $0) }
    if !waiting.isEmpty { return .notThereYet(waiting, behind: evidence.behind(here.key.saga)) }
    if here.hasEnded, !here.isPreserved { return nil }
    return here.events.isEmpty ? nil : .droppedThere(here.events)
  }

  /// A row without an instance here: from before the capture, or not begun by this code.
  private static func reason(
    alone row: StoredRows.SagaRow, _ evidence: Evidence
  ) -> Discrepancy? {
    let missing = row.eventIDs.filter { !evidence.isCaptured($0) }
    if !missing.isEmpty { return .beganBefore(missing: missing) }
    return .ignoredHere(row.eventIDs)
  }

  /// Why a row lacks events that an instance here has handled.
  private static func lacking(
    _ events: [EventID], of saga: String, _ evidence: Evidence
  ) -> Discrepancy? {
    if events.isEmpty { return nil }
    let waiting = events.filter { evidence.isWaiting(saga, $0) }
    return waiting.isEmpty
      ? .droppedThere(events) : .notThereYet(waiting, behind: evidence.behind(saga))
  }
}
