internal import HashTreeCollections

/// The pages of a store in memory, made from the bytes of its steps.
extension MemoryJournalStore {
  package func page(_ number: Int) -> LogPage? {
    guard isWell, number >= 0 else { return nil }
    let log = open.log
    let first = number * LogPage.size + 1
    let last = min(first + LogPage.size - 1, log.count)
    guard first <= last else { return nil }
    // A page that was read when it was not full lacks what has come since.
    if let held = pages.last(where: { $0.first == first && $0.count == last - first + 1 }) {
      hold(held)
      return held
    }
    var builder = LogPageBuilder(number: number)
    var position = first
    while position <= last {
      let row = log.rows[position - 1]
      guard let step = step(Int(row.step)) else { return nil }
      var next = open.steps[Int(row.step)].logged + 1
      for case .logged(let event, _, let entry) in step.parts.flatMap(\.events) {
        if next == position, position <= last {
          let row = log.rows[position - 1]
          builder.append(
            event, kind: row.kind, place: Int(row.place), cause: log.cause(of: position), by: entry)
          position += 1
        }
        next += 1
      }
    }
    let page = builder.page
    hold(page)
    return page
  }

  package var kinds: [LogKind] { isWell ? open.log.kinds.all : [] }

  package func position(of id: EventID, upTo last: Int) -> Int? {
    guard isWell, let positions = open.log.ids[id] else { return nil }
    let index = positions.partitionPoint { Int($0) > last }
    return index > 0 ? Int(positions[index - 1]) : nil
  }

  package func count(of stream: StreamName, upTo last: Int) -> Int {
    isWell ? open.log.streams[stream]?.partitionPoint { Int($0) > last } ?? 0 : 0
  }

  package func positions(of stream: StreamName, at places: Range<Int>) -> [Int32] {
    guard isWell, let positions = open.log.streams[stream] else { return [] }
    return places.clamped(to: 1..<(positions.count + 1)).map { positions[$0 - 1] }
  }

  package func history(of key: AggregateKey, upTo bound: LogBound) -> StoredHistory? {
    guard isWell, let number = open.log.numbers[key] else { return nil }
    let count = open.log.histories[number].entries.partitionPoint { !bound.holds($0) }
    return count > 0 ? StoredHistory(number: number, count: count) : nil
  }

  package func entries(of history: StoredHistory, _ range: Range<Int>) -> [Int32] {
    guard isWell, history.number < open.log.histories.count else { return [] }
    let entries = open.log.histories[history.number].entries
    return range.clamped(to: 0..<min(entries.count, history.count)).map { entries[$0] }
  }

  package func count(ofAggregates type: String, upTo bound: LogBound) -> Int {
    guard isWell else { return 0 }
    let log = open.log
    return log.types[TextKey(text: type)]?.partitionPoint {
      !bound.holds(log.histories[Int($0)].entries[0])
    } ?? 0
  }

  package func aggregate(of type: String, at index: Int) -> DomainID? {
    guard isWell, let numbers = open.log.types[TextKey(text: type)], index >= 0,
      index < numbers.count
    else { return nil }
    return open.log.histories[Int(numbers[index])].key.id
  }

  package func keptEvent(_ number: Int) -> (event: Event, logCount: Int)? {
    guard isWell, number >= 1, number <= open.log.keptCount else { return nil }
    let row = open.log.kept[number - 1]
    guard let step = step(Int(row.step)) else { return nil }
    var next = open.steps[Int(row.step)].kept + 1
    for case .kept(let event, _) in step.parts.flatMap(\.events) {
      if next == number { return (event, Int(row.logCount)) }
      next += 1
    }
    return nil
  }
}

extension LogBound {
  /// Whether an entry of a history, a position or the negated number of a kept event, is before it.
  fileprivate func holds(_ entry: Int32) -> Bool {
    entry > 0 ? Int(entry) <= events : Int(-entry) <= kept
  }
}

/// The journal of a store in memory, read entry by entry.
extension MemoryJournalStore {
  /// The number of the step, from 0, that an entry belongs to.
  private func number(of entry: JournalIndex) -> Int? {
    guard entry.number >= 1, entry <= open.last else { return nil }
    return open.steps.partitionPoint { $0.first > entry } - 1
  }

  private func end(_ number: Int) -> JournalIndex {
    number + 1 < open.steps.count
      ? JournalIndex(open.steps[number + 1].first.number - 1) : open.last
  }

  package func entry(_ index: JournalIndex) -> JournalEntry? {
    guard isWell, let number = number(of: index), let step = step(number) else { return nil }
    let entries = step.entries
    let place = index.number - open.steps[number].first.number
    return place < entries.count ? entries[place] : nil
  }

  package func step(of entry: JournalIndex) -> (first: JournalIndex, last: JournalIndex)? {
    guard isWell, let number = number(of: entry) else { return nil }
    return (open.steps[number].first, end(number))
  }

  package func stepCount(after low: JournalIndex, upTo high: JournalIndex) -> Int {
    guard isWell else { return 0 }
    return max(
      0,
      open.steps.partitionPoint { $0.first > high } - open.steps.partitionPoint { $0.first > low })
  }

  package func end(ofStep number: Int, after entry: JournalIndex) -> JournalIndex? {
    guard isWell, number >= 1 else { return nil }
    let found = open.steps.partitionPoint { $0.first > entry } + number - 1
    return found < open.steps.count ? end(found) : nil
  }

  package func lastEvent(doneAt entry: JournalIndex) -> Position {
    guard isWell, let number = number(of: entry) else { return Position(0) }
    return Position(
      number + 1 < open.steps.count ? open.steps[number + 1].logged : open.log.count)
  }
}
