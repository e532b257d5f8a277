package import EventicleCore

/// Puts the events of histories into one order, when nothing else says in which they happened.
package enum HistoryMerge {
  /// An event of a history, with the row that it is from.
  package struct Item: Sendable, Hashable {
    /// The event.
    package let event: Event
    /// The id of the row.
    package let row: String

    /// An event of a row.
    package init(_ event: Event, row: String) {
      self.event = event
      self.row = row
    }
  }

  /// The events of all histories by their moments; each history keeps its own order, and of events at
  /// one moment an effect stands behind its cause.
  ///
  /// A history whose moments go back counts as standing still meanwhile.
  ///
  /// - Complexity: O(events · log events).
  package static func merged(_ histories: [[Item]]) -> [Item] {
    var keyed: [(moment: Instant, history: Int, item: Item)] = []
    for (number, history) in histories.enumerated() {
      var moment = Instant(milliseconds: Int64.min)
      for item in history {
        moment = max(moment, item.event.createdAt)
        keyed.append((moment, number, item))
      }
    }
    // Sorting in the standard library keeps the order of equal elements.
    keyed.sort { $0.moment < $1.moment }
    var merged: [Item] = []
    merged.reserveCapacity(keyed.count)
    var start = 0
    while start < keyed.count {
      var end = start + 1
      while end < keyed.count, keyed[end].moment == keyed[start].moment { end += 1 }
      if end - start == 1 {
        merged.append(keyed[start].item)
      } else {
        merged += causesFirst(keyed[start..<end].map { ($0.history, $0.item) })
      }
      start = end
    }
    return merged
  }

  /// Events at one moment: the first that may come does, again and again.
  private static func causesFirst(_ group: [(history: Int, item: Item)]) -> [Item] {
    var places: [EventID: Int] = [:]
    var before: [Int: Int] = [:]
    var previous = [Int?](repeating: nil, count: group.count)
    for (place, entry) in group.enumerated() {
      places[entry.item.event.id] = place
      previous[place] = before[entry.history]
      before[entry.history] = place
    }
    var order: [Item] = []
    // 0 not visited, 1 on the way, 2 done; what waits for itself is taken as it comes.
    var states = [UInt8](repeating: 0, count: group.count)
    for start in group.indices {
      var path = [start]
      while let place = path.last {
        if states[place] == 2 {
          path.removeLast()
          continue
        }
        let cause = group[place].item.event.causedByID.flatMap { places[$0] }
        let first =
          states[place] == 0
          ? [previous[place], cause].compactMap { $0 }.filter { states[$0] == 0 } : []
        states[place] = 1
        if first.isEmpty {
          states[place] = 2
          order.append(group[place].item)
          path.removeLast()
        } else {
          path += first
        }
      }
    }
    return order
  }
}
