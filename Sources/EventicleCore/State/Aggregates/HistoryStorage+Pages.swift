internal import HashTreeCollections

/// The beginning of one aggregate's history that is not resident.
final class PagedEntries: Sendable {
  private let history: StoredHistory
  private let pages: any LogPages

  /// The number of events.
  var count: Int { history.count }

  init(_ history: StoredHistory, _ pages: any LogPages) {
    self.history = history
    self.pages = pages
  }

  /// One entry; 0, which stands for no event, when it cannot be had.
  subscript(index: Int) -> Int32 { pages.entries(of: history, index..<(index + 1)).first ?? 0 }

  /// Visits some entries in order.
  func forEach(from start: Int, upTo end: Int, _ body: (Int32) throws -> Void) rethrows {
    var index = start
    while index < end {
      let next = min(index + LogPage.size, end)
      let found = pages.entries(of: history, index..<next)
      guard !found.isEmpty else { return }
      for entry in found { try body(entry) }
      index = next
    }
  }
}

/// Reads histories whose beginning is not resident.
extension UnsafePointer<HistoryStorage> {
  /// What limits leave of the part that is not resident.
  func bound(_ limits: HistoryLimits) -> LogBound {
    LogBound(
      events: Swift.min(pointee.base.events, Int(limits.log)),
      kept: Swift.min(pointee.base.kept, Int(limits.kept)))
  }

  /// The entries of an aggregate, the older ones of which are asked for.
  @inline(never)
  func pagedEntries(of key: AggregateKey, _ limits: HistoryLimits) -> AggregateEntries {
    guard let pages = pointee.pages else { return AggregateEntries() }
    let paged = pages.history(of: key, upTo: bound(limits)).map { PagedEntries($0, pages) }
    let row = number(of: key).map { self.row($0) } ?? HistoryRow()
    let resident = AggregateEntries(row, others(of: row), count: row.count)
    let seen = limits.isOpen ? row.count : resident.partitionPoint { !limits.allow($0) }
    return AggregateEntries(row, others(of: row), count: seen, after: paged)
  }

  /// How many aggregates of a type have a visible event.
  ///
  /// - Complexity: A question, and one for each aggregate that is not settled.
  @inline(never)
  func pagedCount(of type: String, _ limits: HistoryLimits) -> Int {
    guard let pages = pointee.pages else { return 0 }
    return pages.count(ofAggregates: type, upTo: bound(limits))
      + visible(of: fresh(of: type), limits) + unsettled(of: type, limits).count
  }

  /// The id of an aggregate by its index among the visible ones of its type.
  @inline(never)
  func pagedID(of type: String, at index: Int, _ limits: HistoryLimits) -> DomainID? {
    guard let pages = pointee.pages, index >= 0 else { return nil }
    let count = pages.count(ofAggregates: type, upTo: bound(limits))
    if index < count { return pages.aggregate(of: type, at: index) }
    let (fresh, rest) = (fresh(of: type), index - count)
    let known = visible(of: fresh, limits)
    if rest < known { return id(fresh[rest]) }
    let others = unsettled(of: type, limits)
    return rest - known < others.count ? id(others[rest - known]) : nil
  }

  /// The visible aggregates of a type that are not settled and of which pages have no event.
  private func unsettled(of type: String, _ limits: HistoryLimits) -> [Int32] {
    guard let list = pointee.typeNumbers[TextKey(text: type)].map({ pointee.types[$0] }),
      list.settled < list.members.count
    else { return [] }
    return (list.settled..<list.members.count).map { list.members[$0] }.filter {
      limits.allow(row(Int($0))[0]) && isFresh($0)
    }
  }

  /// Whether pages have no event of an aggregate.
  func isFresh(_ number: Int32) -> Bool {
    pointee.pages?.history(of: key(Int(number)), upTo: bound(HistoryLimits())) == nil
  }

  /// The key of an aggregate by its number.
  func key(_ number: Int) -> AggregateKey {
    let name = pointee.names[number]
    return AggregateKey(stored: pointee.types[Int(name.type)].name, name.id)
  }
}

/// Lets go of the older part of histories.
extension HistoryStorage {
  /// The histories up to limits with the events up to a base in pages.
  func rebased(
    on pages: any LogPages, upTo base: LogBound, _ limits: HistoryLimits
  ) -> HistoryStorage {
    var other = HistoryStorage()
    let base = LogBound(
      events: max(base.events, self.base.events), kept: max(base.kept, self.base.kept))
    (other.pages, other.base) = (pages, base)
    withUnsafePointer(to: self) { old in
      for number in base.kept..<max(base.kept, self.base.kept + kept.count) {
        guard number < Int(limits.kept),
          let event = kept.event(at: Position(number - self.base.kept + 1))
        else { break }
        other.kept.append(event)
        other.keptAt.append(keptAt[number - self.base.kept])
      }
      var done = Array(repeating: 0, count: rows.count)
      let isSettled = self.pages == nil || types.allSatisfy { $0.settled == $0.members.count }
      var isFresh = Array(repeating: self.pages == nil, count: rows.count)
      for list in types { for number in list.fresh { isFresh[Int(number)] = true } }
      withUnsafeMutablePointer(to: &other) { new in
        for owner in owners where owner >= 0 {
          let row = rows[Int(owner)]
          let place = done[Int(owner)]
          done[Int(owner)] += 1
          guard place < row.count else { continue }
          let entry = AggregateEntries(row, old.others(of: row), count: row.count)[place]
          let isOlder = entry > 0 ? Int(entry) <= base.events : Int(-entry) <= base.kept
          // One whose first events are among the older ones has them in pages from now on.
          if isOlder { isFresh[Int(owner)] = false }
          if !isOlder, limits.allow(entry) { new.append(entry, to: old.key(Int(owner))) }
        }
        guard isSettled else { return }
        for type in new.pointee.types.indices {
          for number in new.pointee.types[type].members {
            let known = old.number(of: UnsafePointer(new).key(Int(number)))
            if known.map({ isFresh[$0] }) ?? false { new.pointee.types[type].fresh.append(number) }
          }
          new.pointee.types[type].settled = new.pointee.types[type].members.count
        }
      }
    }
    return other
  }
}

extension AggregateHistories {
  /// Looks up which aggregates are in pages, each once, so that counting them no longer asks.
  mutating func settle() {
    guard hasUnsettled else { return }
    write { storage in
      for type in storage.pointee.types.indices {
        let members = storage.pointee.types[type].members
        for place in storage.pointee.types[type].settled..<members.count
        where UnsafePointer(storage).isFresh(members[place]) {
          storage.pointee.types[type].fresh.append(members[place])
        }
        storage.pointee.types[type].settled = members.count
      }
    }
  }

  private var hasUnsettled: Bool {
    read { storage in
      storage.pointee.pages != nil
        && storage.pointee.types.contains { $0.settled < $0.members.count }
    }
  }
}

extension AggregateHistories {
  /// The histories with the events up to a base in pages, and only later ones resident.
  ///
  /// - Complexity: O(aggregates and events that were resident).
  package func rebased(on pages: any LogPages, upTo base: LogBound) -> AggregateHistories {
    AggregateHistories(rebasedStorage(on: pages, upTo: base))
  }
}
