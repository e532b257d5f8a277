extension Engine {
  /// Folds a view's events anew beside the world, and compares the rows with the live ones.
  ///
  /// The view's events are those still handed out, up to where the view has come. Other records
  /// and aggregates are read as they are now; nothing of the world changes and no handler of
  /// others runs. Rows whose ids the engine made get other ids, and so come out as new.
  ///
  /// - Throws: ``EngineError/unknownView(_:known:)``.
  /// - Complexity: O(events of the view · log n + its rows).
  public func rebuild(_ view: String) throws -> ViewComparison {
    let name = ConsumerName(.view, view)
    guard let number = world.consumers.number(of: name), let consumer = registry.consumer(number)
    else { throw EngineError.unknownView(view, known: domain.views.map(\.name)) }
    var sandbox = sandbox(for: view)
    let end = reach(of: consumer, number)
    var failures: [ViewComparison.Failure] = []
    var (position, events) = (Position(0), 0)
    let transaction = Transaction(taking: &sandbox, services: registry, firstEntry: nextEntry)
    while let next = Engine.nextPosition(for: consumer, after: position, in: world), next <= end {
      position = next
      events += 1
      if let reason = fold(position, into: consumer, transaction) {
        failures.append(ViewComparison.Failure(position: position, reason: reason))
      }
    }
    _ = transaction.commit(to: &sandbox)
    return compare(view, sandbox, upTo: end, events: events, failures)
  }

  /// The live world without the view's rows; its random ids are others than the live ones.
  private func sandbox(for view: String) -> World {
    var sandbox = world
    sandbox.deliveries = DeliveryQueue()
    sandbox.ids = IDSource(seed: ValueHash.number(of: view, from: UInt64(world.log.count)))
    for row in world.rows(of: view) {
      sandbox.apply(.record(row.key, old: row, new: nil))
    }
    return sandbox
  }

  /// The last event that a consumer has been offered; O(deliveries that wait).
  private func reach(of consumer: ConsumerDefinition, _ number: ConsumerNumber) -> Position {
    guard let state = world.storedGroup(consumer.group) else { return world.log.last }
    guard state.isInStep else { return state.position }
    let queue = world.deliveries
    let first = (0..<queue.count).first { queue[$0].consumer == number }
    return first.map { Position(queue[$0].position.number - 1) } ?? world.log.last
  }

  /// Folds one event in the sandbox.
  ///
  /// - Returns: Why it could not be folded, if it could not.
  private func fold(
    _ position: Position, into consumer: ConsumerDefinition, _ transaction: Transaction
  ) -> String? {
    guard let event = world.log.event(at: position) else { return nil }
    transaction.world.clock = event.createdAt
    var problem: String?
    do {
      if let seen = try registry.seen(event, by: consumer) {
        transaction.handle(seen)
        try transaction.attempt {
          try consumer.reactions.handle(seen, registry.codec, transaction)
        }
      }
    } catch {
      problem = sentence(of: error)
    }
    transaction.forgetChanges()
    // What it emitted is in the live log already, and concerns nobody here.
    if transaction.world.log.count > world.log.count {
      (transaction.world.log, transaction.world.histories) = (world.log, world.histories)
      transaction.world.deliveries = DeliveryQueue()
    }
    return problem
  }

  private func compare(
    _ view: String, _ sandbox: World, upTo end: Position, events: Int,
    _ failures: [ViewComparison.Failure]
  ) -> ViewComparison {
    var equal = 0
    var differing: [ViewComparison.Row] = []
    var extra: [ViewComparison.Row] = []
    for row in world.rows(of: view) {
      let other = sandbox.record(row.key)?.content
      if let other, other.means(row.content) {
        equal += 1
      } else {
        let found = ViewComparison.Row(key: row.key, live: row.content, rebuilt: other)
        if other == nil { extra.append(found) } else { differing.append(found) }
      }
    }
    let missing = sandbox.rows(of: view).filter { world.record($0.key) == nil }.map {
      ViewComparison.Row(key: $0.key, live: nil, rebuilt: $0.content)
    }
    return ViewComparison(
      view: view, position: end, events: events, unseen: unseen(by: view), equal: equal,
      differing: differing,
      missing: missing, extra: extra, failures: failures)
  }

  /// How many events of a view are not handed out any more; O(those).
  private func unseen(by view: String) -> Int {
    guard let number = world.consumers.number(of: ConsumerName(.view, view)),
      let consumer = registry.consumer(number)
    else { return 0 }
    var count = 0
    for stream in world.log.streamNames
    where world.trimmed(stream).number > 0 && world.isMeant(stream, by: consumer.streams) {
      for place in 1...world.trimmed(stream).number {
        let found = world.log.position(of: stream, at: StreamPosition(place))
        if found.flatMap({ world.log.type(at: $0) }).map({ consumer.handles($0) }) ?? false {
          count += 1
        }
      }
    }
    return count
  }

  // MARK: - Swapping

  /// Puts the rebuilt rows of a view in the place of its live ones, in one step.
  ///
  /// What is parked of it and can be folded now is parked no more; what cannot is parked. Work
  /// that waited in its lanes is part of the rebuilt rows.
  ///
  /// - Parameter evenTrimmed: Whether to do so although some of its events are not handed out any
  ///   more; else it is refused then, because the rows would silently lose what those made.
  mutating func swap(_ view: String, evenTrimmed: Bool) -> Step {
    let comparison: ViewComparison
    do { comparison = try rebuild(view) } catch {
      return Step(failing: error)
    }
    guard evenTrimmed || comparison.unseen == 0 else {
      return Step(failing: EngineError.viewOfTrimmed(view, events: comparison.unseen))
    }
    guard let number = world.consumers.number(of: ConsumerName(.view, view)),
      let consumer = registry.consumer(number)
    else { return Step() }
    let isCaughtUp =
      Engine.nextPosition(for: consumer, after: comparison.position, in: world) == nil
    var result = step(isByUser: true) { transaction in
      let note = transaction.note(
        .group(consumer.group, .rebuilt(rows: comparison.differenceCount)), parent: nil)
      try transaction.replaceRows(comparison)
      Engine.settleParked(comparison, consumer, number, note, transaction)
      if let old = transaction.world.storedGroup(consumer.group), !old.lanes.isEmpty {
        var new = old
        new.lanes = []
        new.isInStep = new.status == .live && isCaughtUp
        transaction.make(.group(consumer.group, old: old, new: new))
      }
      return comparison.json
    }
    if let failure = comparison.failures.first, result.problem == nil {
      result.problem =
        "\(view) was rebuilt without \(comparison.failures.count) of \(comparison.events) events, "
        + "which are parked; the first is \(failure.position): \(failure.reason)"
    }
    return result
  }

  private static func settleParked(
    _ comparison: ViewComparison, _ consumer: ConsumerDefinition, _ number: ConsumerNumber,
    _ note: Int, _ transaction: Transaction
  ) {
    var failed: [Position: String] = [:]
    for failure in comparison.failures { failed[failure.position] = failure.reason }
    for parked in transaction.world.parked {
      guard case .delivery(let delivery, _) = parked.work, delivery.consumer == consumer.name,
        delivery.position <= comparison.position
      else { continue }
      guard failed.removeValue(forKey: delivery.position) == nil else { continue }
      transaction.make(.parked(parked.number, old: parked, new: nil))
      if consumer.options.isIdempotent {
        transaction.make(.processed(number, delivery.position))
      }
    }
    for failure in comparison.failures where failed[failure.position] != nil {
      let parked = Parked(
        number: transaction.nextNumber(.parked),
        work: .delivery(
          Delivery(
            position: failure.position, consumer: consumer.name,
            cause: transaction.world.origin(of: failure.position) ?? JournalIndex(0)),
          instance: nil),
        reason: failure.reason, parkedAt: transaction.now, entry: transaction.entry(of: note))
      transaction.make(.parked(parked.number, old: nil, new: parked))
    }
  }
}

extension Transaction {
  /// Makes the rows of a view those that were rebuilt.
  ///
  /// All that goes is taken away before anything comes, so that no unique value is in the way of
  /// itself; a row that stays keeps its place.
  fileprivate func replaceRows(_ comparison: ViewComparison) throws {
    for row in comparison.extra { try delete(row.key.type, row.key.id, in: row.key.workspace) }
    let old = comparison.differing.compactMap { world.record($0.key) }
    for record in old { make(.record(record.key, old: record, new: nil)) }
    for (record, row) in zip(old, comparison.differing) {
      make(.record(record.key, old: nil, new: record.written(row.rebuilt ?? .null)))
    }
    for row in comparison.missing {
      try put(row.key.type, row.key.id, row.rebuilt ?? .null, in: row.key.workspace)
    }
  }
}

extension World {
  /// The rows of a view in all workspaces, those of each in the order of creation.
  fileprivate func rows(of view: String) -> [Record] {
    var found: [Record] = []
    for workspace in workspaces {
      forEachRecord(of: view, in: workspace) { row in
        found.append(row)
        return true
      }
    }
    return found
  }
}
