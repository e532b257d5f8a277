extension Transaction {
  /// Runs a body as a step of its own, which stays even if this transaction fails later.
  ///
  /// The body does not see the uncommitted writes of this transaction. When it throws, none of its
  /// writes remain and the error is rethrown. It must use the transaction that it receives; this
  /// one is suspended until the body returns. O(changes of this transaction).
  ///
  /// - Throws: ``TransactionError/nestedConflict(_:)`` when both wrote the same thing: the body's
  ///   step is discarded then, and this transaction is unchanged; whatever the body throws.
  @discardableResult
  public func requiresNew<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
    try independentStep { inner in
      let data = JSONBytes(JSON.emptyObject)
      inner.currentNote = inner.note(
        .command(type: "TRANSACTION", data: data, response: nil, .done), parent: nil)
      return try body(inner)
    }
  }

  /// Runs a body that notes its own journal entries as a step of its own.
  func independentStep<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
    try checkOpen()
    let cause = handled.flatMap { world.log.position(of: $0.id, in: $0.workspace) }.flatMap {
      world.origin(of: $0)
    }
    let suspended = suspend()
    let inner = Transaction(taking: &world, services: services, firstEntry: firstEntry)
    inner.idsBefore = idsBefore
    inner.touchedCounters = touchedCounters
    inner.locks = HeldLocks(around: locks)
    inner.around = around.union(subjects(of: suspended))
    inner.handled = handled
    inner.trace = trace
    inner.dispatchDepth = dispatchDepth
    inner.writingView = writingView
    inner.stepMemory = stepMemory
    let recallStep = stepMemory?()
    standing = .waiting
    defer { standing = .open }
    if let deferred { inner.take(deferred) }
    if suspended.now > inner.now {
      inner.make(.clock(old: inner.now, new: suspended.now))
    }
    // A tenant that is new in this transaction is not known to the inner one until it enters it.
    inner.enter(workspace)
    do {
      let result = try body(inner)
      if let shared = inner.firstSubject(in: inner.around) {
        throw TransactionError.nestedConflict(shared)
      }
      let notes = inner.notes
      let (instant, earlier) = (inner.now, inner.independentSteps)
      if inner.spent.milliseconds > 0 { spend(inner.spent) }
      let changes = inner.commit(to: &world)
      deferred?.keep(after: inner.deferredBefore)
      idsBefore = world.ids
      resume(
        suspended,
        after: earlier + [
          IndependentStep(notes: notes, changes: changes, instant: instant, cause: cause)
        ])
      return result
    } catch {
      let earlier = inner.independentSteps
      inner.rollBack(to: &world)
      recallStep?()
      // Numbers drawn for steps that stay are used up; otherwise they are as they were before.
      if earlier.isEmpty { world.ids = suspended.ids } else { idsBefore = world.ids }
      resume(suspended, after: earlier)
      throw error
    }
  }

  /// Reverts everything done so far, except for the numbers drawn, and remembers it.
  private func suspend() -> SuspendedWork {
    let (ids, now) = (world.ids, now)
    var parts: [SuspendedWork.Part] = []
    parts.reserveCapacity(changes.count)
    for change in changes.reversed() {
      // The writes just reverted must not hide the aggregate of the event before them.
      world.histories.forgetHidden()
      switch change {
      case .appended:
        let position = world.log.last
        if let event = world.log.event(at: position) {
          parts.append(
            .appended(
              event, world.histories.newestOwner(logged: Int32(position.number)),
              origin: world.origin(of: position) ?? firstEntry))
        }
      case .kept:
        if let event = world.histories.keptEvent(world.histories.keptCount),
          let key = world.histories.newestOwner(logged: nil)
        {
          parts.append(.kept(event, key))
        }
      default: parts.append(.other(change))
      }
      world.revert(change)
    }
    world.ids = ids
    return SuspendedWork(
      parts: parts.reversed(), ids: ids, logCount: world.log.count, now: now)
  }

  /// Applies the suspended work again after the steps that were committed in between.
  private func resume(_ suspended: SuspendedWork, after steps: [IndependentStep]) {
    let entries = steps.reduce(0) { $0 + $1.notes.count }
    let events = world.log.count - suspended.logCount
    let first = firstEntry
    firstEntry = JournalIndex(firstEntry.number + entries)
    movedEvents += events
    independentSteps += steps
    func moved(_ position: Position) -> Position {
      position.number > suspended.logCount ? Position(position.number + events) : position
    }
    changes = suspended.parts.map { part in
      switch part {
      case .appended(let event, let key, let origin):
        world.append(event, key, by: JournalIndex(origin.number + entries))
        return .appended
      case .kept(let event, let key):
        world.keep(event, key)
        return .kept
      case .other(let change):
        if case .record(let key, nil, .some) = change, key.type == World.tenantRecords,
          world.record(key) != nil
        {
          // Savepoints count changes, so a placeholder is needed here.
          return .numbered(.records, 0)
        }
        if case .viewWrote(let view, let type, let workspace) = change,
          world.viewTables.has(TableName(workspace, type), view)
        {
          return .numbered(.records, 0)
        }
        if case .requeued(let old, let new) = change {
          let queue = world.deliveries
          let change = Change.requeued(old: queue, new: queue.without(old.consumers(not: new)))
          world.apply(change)
          return change
        }
        let change = change.moved(by: entries, from: first, moved, now: world.clock)
        world.apply(change)
        return change
      }
    }
    guard events > 0 else { return }
    for index in notes.indices {
      switch notes[index].kind {
      case .append(let position, let type): notes[index].kind = .append(moved(position), type)
      case .imported(let position, let type): notes[index].kind = .imported(moved(position), type)
      default: break
      }
    }
  }

  /// The subjects that this transaction has written, in words.
  private func subjects(of suspended: SuspendedWork) -> Set<String> {
    var mine = Set(staged.map { "the aggregate \($0.key)" })
    for part in suspended.parts {
      switch part {
      case .appended(_, let key?, _), .kept(_, let key): mine.insert("the aggregate \(key)")
      case .appended(_, nil, _): break
      // An inner step may queue deliveries, but not remove them from the current one's queue.
      case .other(.requeued), .other(.dequeued): mine.insert(Change.queueOfDeliveries)
      case .other(let change): if let name = change.subject { mine.insert(name) }
      }
    }
    return mine
  }

  /// The first subject that both this transaction and others have written, as people name it.
  private func firstSubject(in others: Set<String>) -> String? {
    guard !others.isEmpty else { return nil }
    for key in touchedAggregates where others.contains("the aggregate \(key)") {
      return "the aggregate \(key)"
    }
    let shared = changes.first { $0.subject.map { others.contains($0) } ?? false }
    return shared?.title(in: world)
  }

  /// The aggregates to whose histories this transaction has added events.
  private var touchedAggregates: [AggregateKey] {
    var keys = staged.map(\.key)
    var (logged, kept) = (world.log.count, world.histories.keptCount)
    for change in changes.reversed() {
      switch change {
      case .appended:
        if let event = world.log.event(at: Position(logged)), let id = event.domainID {
          let route = makeRoute(of: event.stream, event.type)
          if let type = route.aggregate { keys.append(AggregateKey(type, id, in: route.workspace)) }
        }
        logged -= 1
      case .kept: kept -= 1
      default: break
      }
    }
    return keys
  }
}

extension Change {
  fileprivate static let queueOfDeliveries = "the queue of deliveries"

  /// The same subject as people name it in a world.
  fileprivate func title(in world: World) -> String? {
    switch self {
    case .saga(let old, let new):
      (new ?? old).map { "the saga instance \(world.title(of: $0.key))" }
    case .timer(let key, _, _): "the timer \(world.title(of: key))"
    default: subject
    }
  }

  /// The subject that two steps must not both write, in words; `nil` when there is none.
  fileprivate var subject: String? {
    switch self {
    case .record(let key, _, _) where key.type != World.tenantRecords: "the record \(key)"
    case .saga(let old, let new): (new ?? old).map { "the saga instance \($0.key)" }
    case .timer(let key, _, _): "the timer \(key)"
    case .group(let name, _, _): "the group \(name)"
    case .requeued: Change.queueOfDeliveries
    case .parked(let number, _, _): "what is parked under \(number)"
    case .record, .appended, .kept, .enqueued, .dequeued, .consumer, .tallied, .processed, .trimmed,
      .clock, .numbered, .counter, .viewWrote:
      nil
    }
  }

  /// The same change, shifted by later journal entries, events and time.
  fileprivate func moved(
    by entries: Int, from first: JournalIndex, _ place: (Position) -> Position, now: Instant
  ) -> Change {
    func moved(_ entry: JournalIndex) -> JournalIndex {
      entry < first ? entry : JournalIndex(entry.number + entries)
    }
    func moved(_ timer: Timer) -> Timer {
      Timer(
        key: timer.key, schedule: timer.schedule, due: timer.due, missed: timer.missed,
        armedAt: timer.armedAt, armedBy: moved(timer.armedBy), sequence: timer.sequence)
    }
    func moved(_ parked: Parked) -> Parked {
      var parked = parked
      parked.entry = moved(parked.entry)
      return parked
    }
    switch self {
    case .enqueued(let delivery):
      return .enqueued(QueuedDelivery(place(delivery.position), delivery.consumer))
    case .clock(_, let new): return .clock(old: now, new: max(now, new))
    case .timer(let key, let old, let new):
      return .timer(key, old: old.map(moved), new: new.map(moved))
    case .parked(let number, let old, let new):
      return .parked(number, old: old.map(moved), new: new.map(moved))
    case .appended, .kept, .record, .saga, .group, .dequeued, .requeued, .consumer, .tallied,
      .processed, .trimmed, .numbered, .counter, .viewWrote:
      return self
    }
  }
}
