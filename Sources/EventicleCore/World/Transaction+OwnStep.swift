extension Transaction {
  /// Runs a body as a step of its own, which stays even if this transaction fails later.
  ///
  /// The body does not see what this transaction has written and not yet committed. When it
  /// throws, nothing of it stays and the error is thrown on. Costs O(changes of this transaction).
  ///
  /// - Throws: ``WorldError/nestedConflict(_:)`` when both wrote the same thing: the body's step is
  ///   not kept then, and this transaction stays as it was.
  @discardableResult
  public func requiresNew<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
    try ownStep { inner in
      let data = JSONBytes(JSON.emptyObject)
      inner.currentNote = inner.note(
        .command(type: "TRANSACTION", data: data, response: nil, .done), parent: nil)
      return try body(inner)
    }
  }

  /// The same for a body that notes itself what it does.
  func ownStep<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
    try checkOpen()
    let cause = handled.flatMap { world.log.position(of: $0.id) }.flatMap { world.origin(of: $0) }
    let withdrawn = withdraw()
    let inner = Transaction(taking: &world, services: services, firstEntry: firstEntry)
    inner.idsBefore = idsBefore
    inner.touchedCounters = touchedCounters
    inner.locks = HeldLocks(around: locks)
    inner.handled = handled
    inner.trace = trace
    inner.dispatchDepth = dispatchDepth
    if let asks { inner.take(asks) }
    if withdrawn.now > inner.now {
      inner.make(.clock(old: inner.now, new: withdrawn.now))
    }
    // A tenant that this transaction came to know is not known to the other unless it says so.
    inner.enter(workspace)
    do {
      let result = try body(inner)
      if let shared = conflict(of: withdrawn, with: inner) {
        throw WorldError.nestedConflict(shared)
      }
      let notes = inner.notes
      let (instant, earlier) = (inner.now, inner.ownSteps)
      let changes = inner.commit(to: &world)
      idsBefore = world.ids
      resume(
        withdrawn,
        after: earlier + [
          OwnStep(notes: notes, changes: changes, instant: instant, cause: cause)
        ])
      return result
    } catch {
      let earlier = inner.ownSteps
      inner.rollBack(to: &world)
      // What was drawn for steps that stay is gone; otherwise the numbers are as they were.
      if earlier.isEmpty { world.ids = withdrawn.ids } else { idsBefore = world.ids }
      resume(withdrawn, after: earlier)
      throw error
    }
  }

  /// Takes back everything done so far but the numbers drawn, and remembers it.
  private func withdraw() -> Withdrawn {
    let (ids, now) = (world.ids, now)
    var parts: [Withdrawn.Part] = []
    parts.reserveCapacity(changes.count)
    for change in changes.reversed() {
      // What was taken back just now must not hide whose the event before it is.
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
    return Withdrawn(
      parts: parts.reversed(), ids: ids, logCount: world.log.count, now: now)
  }

  /// Does again what was taken back, behind the steps that were kept meanwhile.
  private func resume(_ withdrawn: Withdrawn, after steps: [OwnStep]) {
    let entries = steps.reduce(0) { $0 + $1.notes.count }
    let events = world.log.count - withdrawn.logCount
    firstEntry = JournalIndex(firstEntry.number + entries)
    ownSteps += steps
    func moved(_ position: Position) -> Position {
      position.number > withdrawn.logCount ? Position(position.number + events) : position
    }
    changes = withdrawn.parts.compactMap { part in
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
          return nil
        }
        let change = change.moved(by: entries, moved, now: world.clock)
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

  /// What both this transaction and a step inside it have written.
  private func conflict(of withdrawn: Withdrawn, with inner: Transaction) -> String? {
    var mine = Set(staged.map { "the aggregate \($0.key)" })
    var waits = false
    for part in withdrawn.parts {
      switch part {
      case .appended(_, let key?, _), .kept(_, let key): mine.insert("the aggregate \(key)")
      case .appended(_, nil, _): break
      case .other(.requeued): waits = true
      case .other(let change): if let name = change.subject { mine.insert(name) }
      }
    }
    if waits { return "the queue of deliveries" }
    for key in inner.touchedAggregates where mine.contains("the aggregate \(key)") {
      return "the aggregate \(key)"
    }
    return inner.changes.lazy.compactMap(\.subject).first { mine.contains($0) }
  }

  /// The aggregates whose histories this transaction has added to.
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
  /// What two steps must not both write, in words; `nil` for what does not matter.
  fileprivate var subject: String? {
    switch self {
    case .record(let key, _, _) where key.type != World.tenantRecords: "the record \(key)"
    case .saga(let old, let new): (new ?? old).map { "the saga instance \($0.key)" }
    case .timer(let key, _, _): "the timer \(key)"
    case .group(let name, _, _): "the group \(name)"
    case .parked(let number, _, _): "what is parked under \(number)"
    default: nil
    }
  }

  /// The same change after so many more journal entries, events and time.
  fileprivate func moved(
    by entries: Int, _ place: (Position) -> Position, now: Instant
  ) -> Change {
    switch self {
    case .enqueued(let delivery):
      return .enqueued(QueuedDelivery(place(delivery.position), delivery.consumer))
    case .clock(_, let new): return .clock(old: now, new: max(now, new))
    case .timer(let key, let old, let new?):
      return .timer(
        key, old: old,
        new: Timer(
          key: new.key, schedule: new.schedule, due: new.due, missed: new.missed,
          armedAt: new.armedAt, armedBy: JournalIndex(new.armedBy.number + entries),
          sequence: new.sequence))
    default: return self
    }
  }
}
