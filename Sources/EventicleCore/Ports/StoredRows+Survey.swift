extension StoredRows {
  /// Looks at rows together: what none of them shows alone.
  ///
  /// Holds an id or two for each row, not its content.
  package struct Survey: Sendable {
    /// Something that a person should know about a row, or about rows together.
    package enum Finding: Sendable, Hashable, CustomStringConvertible {
      /// Several rows have the history of one aggregate.
      case severalRows(AggregateKey, read: String, others: [String])
      /// A row that cannot be read, for a reason in words.
      case unreadable(row: String, type: String, reason: String)
      /// A row that is odd.
      case odd(row: String, type: String, Oddity)
      /// A running instance names timers that have no row.
      case noTimerRow(SagaKey, [String])
      /// A timer of an instance that has no row.
      case noInstance(TimerKey, row: String)
      /// A timer has several rows, and each fires.
      case severalTimers(TimerKey, rows: Int)

      /// What was found, as a sentence.
      package var description: String {
        switch self {
        case .severalRows(let key, let read, let others):
          "\(key) has \(others.count + 1) rows: eventiclejs reads \(read), the lowest id, and what "
            + "\(others.joined(separator: ", ")) \(others.count == 1 ? "has" : "have") is not seen."
        case .unreadable(let row, let type, let reason): "\(type) \(row): \(reason)"
        case .odd(let row, let type, let oddity): "\(type) \(row): \(oddity)"
        case .noTimerRow(let key, let names):
          "\(key) names \(names.joined(separator: ", ")), but there is no row for "
            + "\(names.count == 1 ? "that timer, which" : "those timers, which") will never fire."
        case .noInstance(let key, let row):
          "The timer \(key) (row \(row)) belongs to an instance that is not there yet or any more."
        case .severalTimers(let key, let rows):
          "The timer \(key) has \(rows) rows, and each of them fires: it was set again."
        }
      }
    }

    private var aggregates: [AggregateKey: [String]] = [:]
    private var named: [(key: SagaKey, timers: [String])] = []
    private var instances: Set<String> = []
    private var timers: [TimerKey: [String]] = [:]
    private var single: [Finding] = []

    /// A survey of no rows yet.
    package init() {}

    /// Takes a row in.
    package mutating func add(_ row: Row, _ reading: Reading) {
      switch reading {
      case .aggregate(let aggregate):
        note(row, aggregate.oddities)
        if let key = aggregate.key { aggregates[key, default: []].append(row.id) }
      case .saga(let saga):
        note(row, saga.oddities)
        instances.insert(saga.key.instanceID)
        if !saga.armedTimers.isEmpty { named.append((saga.key, saga.armedTimers.map(\.name))) }
      case .timer(let timer):
        note(row, timer.oddities)
        timers[timer.key, default: []].append(row.id)
      case .event(let event): note(row, event.oddities)
      case .passed: break
      case .unreadable(let reason):
        single.append(.unreadable(row: row.id, type: row.type, reason: reason))
      }
    }

    private mutating func note(_ row: Row, _ oddities: [Oddity]) {
      single += oddities.map { .odd(row: row.id, type: row.type, $0) }
    }

    /// What was found, rows alone first, then rows together in the order of their keys.
    ///
    /// - Complexity: O(rows · log rows).
    package var findings: [Finding] {
      var found = single
      for (key, rows) in aggregates.sorted(by: { $0.key.description < $1.key.description })
      where rows.count > 1 {
        let sorted = rows.sorted()
        found.append(.severalRows(key, read: sorted[0], others: Array(sorted.dropFirst())))
      }
      for (key, names) in named {
        let missing = names.filter { timers[TimerKey(key, $0)] == nil }
        if !missing.isEmpty { found.append(.noTimerRow(key, missing)) }
      }
      for (key, rows) in timers.sorted(by: { $0.key < $1.key }) {
        if rows.count > 1 { found.append(.severalTimers(key, rows: rows.count)) }
        if !instances.contains(key.owner.instanceID), let row = rows.min() {
          found.append(.noInstance(key, row: row))
        }
      }
      return found
    }
  }

  /// The rows that eventiclejs reads, and those that rows with a lower id hide.
  ///
  /// Nothing keeps two rows of one aggregate from being written at once; the lowest id is read from
  /// then on. Rows without a domain id are read by nobody, and stand among the first.
  ///
  /// - Complexity: O(rows).
  package static func effective(
    _ rows: [AggregateRow]
  ) -> (read: [AggregateRow], hidden: [AggregateRow]) {
    var lowest: [AggregateKey: String] = [:]
    for row in rows {
      guard let key = row.key else { continue }
      lowest[key] = lowest[key].map { min($0, row.id) } ?? row.id
    }
    var (read, hidden): ([AggregateRow], [AggregateRow]) = ([], [])
    for row in rows {
      let isRead = row.key.map { lowest[$0] == row.id } ?? true
      if isRead { read.append(row) } else { hidden.append(row) }
    }
    return (read, hidden)
  }
}
