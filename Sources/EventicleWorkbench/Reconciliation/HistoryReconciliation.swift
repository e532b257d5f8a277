package import EventicleCore

/// Compares the histories that a running system keeps with the events that it published.
package enum HistoryReconciliation {
  /// The differences of one aggregate.
  package struct Finding: Sendable, Hashable {
    /// The aggregate's id, which its row and its published events share.
    package let domainID: DomainID
    /// What differs and why.
    package let reason: Discrepancy
  }

  /// Compares rows with captured events, which need not begin with the first.
  ///
  /// An event of a history that is older than the capture may have been published before it, so it
  /// proves nothing. Rows with a lower id hide others of the same aggregate; an event of a hidden row
  /// counts as being there.
  ///
  /// - Parameters:
  ///   - captured: The published events, in their order.
  ///   - beginning: The moment from which everything published was captured.
  ///   - isWaiting: Whether the newest captured events may not be written yet, or the newest of a
  ///     history not published yet; those are left out.
  /// - Complexity: O(events).
  package static func findings(
    _ rows: [StoredRows.AggregateRow], captured: [Event], from beginning: Instant,
    isWaiting: (Event) -> Bool = { _ in false }
  ) -> [Finding] {
    var kept: Set<EventID> = []
    var known: Set<DomainID> = []
    for row in rows {
      if let id = row.domainID { known.insert(id) }
      for event in row.events { kept.insert(event.id) }
    }
    let published = Set(captured.map(\.id))
    var order: [DomainID] = []
    var lost: [DomainID: [EventID]] = [:]
    for event in captured {
      guard let id = event.domainID, known.contains(id), !kept.contains(event.id),
        !isWaiting(event)
      else { continue }
      if lost[id] == nil { order.append(id) }
      lost[id, default: []].append(event.id)
    }
    var findings = order.map { id in
      Finding(domainID: id, reason: .notInHistory(lost[id] ?? []))
    }
    for row in rows {
      guard let id = row.domainID else { continue }
      let silent = row.events.filter {
        $0.createdAt >= beginning && !published.contains($0.id) && !isWaiting($0)
      }
      if !silent.isEmpty {
        findings.append(Finding(domainID: id, reason: .neverPublished(silent.map(\.id))))
      }
    }
    return findings
  }
}
