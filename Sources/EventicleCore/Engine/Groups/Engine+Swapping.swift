extension Engine {
  /// Replaces a view's live rows with rebuilt ones in one step, in all types and workspaces that it
  /// writes.
  ///
  /// It is refused when another view writes some of these rows. The view's parked work is folded
  /// again: what succeeds is no longer parked, and what fails is parked. Work that waited in its lanes is included in the rebuilt rows.
  ///
  /// - Parameter evenTrimmed: Whether to proceed although some of its events are no longer handed
  ///   out; otherwise the swap is refused, because rows from those events would silently disappear.
  mutating func swap(_ view: String, evenTrimmed: Bool) -> Step {
    let comparison: ViewComparison
    do { comparison = try rebuild(view) } catch {
      return Step(failing: error)
    }
    if let shared = comparison.shared.first {
      return Step(
        problem: EngineError.viewSharesRows(view, shared.type, with: shared.views).description)
    }
    guard evenTrimmed || comparison.unseen == 0 else {
      return Step(
        problem: EngineError.viewOfTrimmed(view, events: comparison.unseen).description)
    }
    guard let number = world.consumers.number(of: ConsumerName(.view, view)),
      let consumer = registry.consumer(number)
    else { return Step() }
    let isCaughtUp =
      Engine.nextPosition(for: consumer, after: comparison.position, in: world) == nil
    var result = step(by: .person) { transaction in
      let note = transaction.note(
        .group(consumer.group, .rebuilt(rows: comparison.differenceCount)), parent: nil)
      transaction.writingView = view
      try transaction.replaceRows(comparison)
      transaction.writingView = nil
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
    let acts =
      transaction.world.storedGroup(consumer.group) ?? GroupState(position: comparison.position)
    for parked in transaction.world.parked {
      guard case .delivery(let delivery, _) = parked.work, delivery.consumer == consumer.name,
        acts.hasBeenOffered(delivery.position, upTo: comparison.position)
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
  /// Replaces the rows of a view with the rebuilt ones.
  ///
  /// It removes rows before it adds any, so that no unique value conflicts with a row about to go;
  /// an unchanged row keeps its place.
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
  /// The rows of some tables, in the order of creation within each.
  func rows(of tables: [TableName]) -> [Record] {
    var found: [Record] = []
    for name in tables {
      table(name)?.forEach { row in
        found.append(row)
        return true
      }
    }
    return found
  }
}
