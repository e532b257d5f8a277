package import EventicleCore

/// What every store of steps must do, whatever it keeps them in.
public enum JournalStoreContract {
  /// A store under test and a way to open it again after its program ended without a word.
  package struct Bench {
    package let make: (World) throws -> any JournalStore
    package let reopen: (any JournalStore) throws -> any JournalStore

    package init(
      make: @escaping (World) throws -> any JournalStore,
      reopen: @escaping (any JournalStore) throws -> any JournalStore
    ) {
      self.make = make
      self.reopen = reopen
    }
  }

  /// A history to keep: its steps, complete, and the world before and after each.
  package struct History {
    package let domain: Domain
    package let steps: [StoredStep]
    package let worlds: [World]

    /// The steps of a timeline.
    package init(_ timeline: Timeline, _ domain: Domain) {
      self.domain = domain
      var steps: [StoredStep] = []
      var worlds = [timeline.world(after: JournalIndex(0))]
      timeline.forEachStep(home: domain.aggregateKey) { step in
        steps.append(step)
        worlds.append(timeline.world(after: timeline.stepEnd(of: step.first)))
        return true
      }
      self.steps = steps
      self.worlds = worlds
    }
  }

  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  static func expect(_ isTrue: Bool, _ sentence: @autoclosure () -> String) throws {
    guard isTrue else { throw Failure(description: sentence()) }
  }

  private static func steps(
    _ store: any JournalStore, after low: Int = 0, upTo high: Int? = nil
  ) -> [[UInt8]] {
    var found: [[UInt8]] = []
    store.forEachStep(
      after: JournalIndex(low), upTo: high.map { JournalIndex($0) } ?? store.last
    ) { step in
      found.append(StepCodec.encodeAlone(step))
      return true
    }
    return found
  }

  /// Runs all of it on one history, committing after every `batch` steps.
  package static func check(_ bench: Bench, _ history: History, batch: Int) throws {
    let bytes = history.steps.map { StepCodec.encodeAlone($0) }
    var store = try bench.make(history.worlds[0])
    try expect(store.last == JournalIndex(0) && store.fault == nil, "A new store is not empty.")
    var committed = 0
    for (index, step) in history.steps.enumerated() {
      store.append(step)
      if (index + 1) % batch == 0 {
        store.append(line: "line \(index)")
        try expect(store.commit() == nil, "A commit failed: \(String(describing: store.fault)).")
        if index % 3 == 0 { store.offer(history.worlds[index + 1].core(after: store.last)) }
        committed = index + 1
      }
      try expect(steps(store) == Array(bytes.prefix(index + 1)), "What was appended is not there.")
    }
    store = try bench.reopen(store)
    try expect(
      steps(store) == Array(bytes.prefix(committed)),
      "After the program ended, the store has \(steps(store).count) steps, not \(committed).")
    try expect(store.lines.count == committed / batch, "Lines are missing.")
    try checkRanges(store, bytes, history, committed)
    try checkOrder(store, history, committed)
  }

  /// Steps are found by ranges of entries, and cores are at or before an entry.
  private static func checkRanges(
    _ store: any JournalStore, _ bytes: [[UInt8]], _ history: History, _ committed: Int
  ) throws {
    for low in 0..<committed {
      let first = history.steps[low].first.number
      let high = min(low + 3, committed) - 1
      try expect(
        steps(store, after: first - 1, upTo: history.steps[high].first.number)
          == Array(bytes[low...high]), "The steps from j\(first) on are others.")
      var count = 0
      store.forEachStep(after: JournalIndex(first - 1), upTo: store.last) { _ in
        count += 1
        return false
      }
      try expect(count == 1, "Reading goes on although it was ended.")
      guard let core = store.core(atOrBefore: JournalIndex(first)) else {
        throw Failure(description: "There is no core at or before j\(first).")
      }
      try expect(core.entry <= JournalIndex(first), "The core is of later.")
      try expect(
        core.events <= history.worlds[low + 1].log.count, "The core has later events.")
    }
  }

  /// A step that does not follow is refused, stays refused, and costs nothing that is there.
  private static func checkOrder(
    _ store: any JournalStore, _ history: History, _ committed: Int
  ) throws {
    guard let first = history.steps.first, committed > 0 else { return }
    store.append(first)
    try expect(
      store.fault == .notAtHead(last: store.last, step: first.first),
      "A step that does not follow the last one was taken.")
    try expect(store.commit() != nil, "A commit after a fault succeeded.")
    try expect(store.reload() == nil && store.fault == nil, "Reading again does not clear it.")
    try expect(steps(store).count == committed, "The refused step cost others.")
  }

  /// Look-ups give what searching all entries gives.
  package static func checkLookups(_ store: any JournalStore, _ timeline: Timeline) throws {
    for number in 0...timeline.head.log.count {
      let position = Position(number)
      try expect(
        store.deliveries(of: position) == timeline.deliveries(of: position),
        "The deliveries of \(position) are others.")
      try expect(
        store.effects(of: position, limit: 9) == timeline.effects(of: position, limit: 9),
        "The effects of \(position) are others.")
    }
    let last = store.last
    var problems: [JournalIndex] = []
    for number in 1..<(last.number + 1) {
      let index = JournalIndex(number)
      guard let entry = timeline.entry(index) else { continue }
      if entry.kind.problem != nil { problems.append(index) }
      let later = timeline.effects(of: index).filter {
        timeline.entry($0).map { $0.stepStart != entry.stepStart } ?? false
      }
      try expect(store.effects(of: index, limit: Int.max) == later, "\(index) has other effects.")
      if case .delivery(_, let consumer, let instance?, _) = entry.kind {
        let key = SagaKey(consumer.name, instance)
        try expect(
          store.entries(of: key, upTo: index) == timeline.entries(of: key, upTo: index),
          "The entries of \(key) are others.")
      }
      try expect(store.problems(upTo: index) == problems.count, "Failures up to \(index) differ.")
    }
    for (place, index) in problems.enumerated() {
      try expect(store.problem(at: place) == index, "Failure \(place) is another.")
    }
    try expect(store.problem(at: problems.count) == nil, "There is one failure too many.")
  }
}
