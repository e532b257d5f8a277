import EventicleCore

extension Checker {
  /// Checks that a command had the outcome in its data, and left nothing behind if it was rejected.
  func takeCommand(
    _ data: JSONBytes, _ outcome: CommandOutcome, _ entry: JournalEntry
  ) throws {
    let mode = data.value["mode"].integer.flatMap { AddCommand.Mode(rawValue: $0) }
    let isAsPlanned =
      switch (mode, outcome) {
      case (.refuses, .rejected), (.asideThenRefuses, .rejected), (.fails, .failed),
        (.reports, .reported), (.stale, .failed), (.stale, .rejected):
        true
      case (.refuses, _), (.asideThenRefuses, _), (.fails, _), (.reports, _), (.stale, _): false
      default: outcome == .done
      }
    guard isAsPlanned else {
      throw Violation(
        .commandsGoAsPlanned,
        "A command was to go as \(mode.map { "\($0)" } ?? "planned"): \(outcome).")
    }
    switch outcome {
    case .rejected, .failed:
      guard entry.changes.isEmpty else {
        throw Violation(
          .refusalLeavesNothing, "A refused command changed \(entry.changes.count) things.")
      }
    case .done, .reported, .waiting: break
    }
  }

  /// Checks that the aggregates of a step's events have as many events as were raised.
  func compareVersions(from start: Int, _ world: World) throws {
    for fact in facts[start...] where plan.aggregates.contains(fact.home) {
      try compareVersion(
        of: AggregateKey(fact.home, DomainID(fact.key), in: fact.workspace), world)
    }
  }

  private func compareVersion(of key: AggregateKey, _ world: World) throws {
    guard let known = versions[key], let place = plan.aggregates.firstIndex(of: key.type) else {
      return
    }
    // A state machine adds one event per transition, which only the aggregate's history contains.
    let expected = known.count * (plan.machines[place] ? 2 : 1)
    let version = world.histories.version(of: key).number
    guard version == expected else {
      throw Violation(.aggregatesAreFolds, "\(key) is at version \(version), not \(expected).")
    }
  }

  /// Checks what must hold when no work is left and no more faults occur.
  func finish(_ world: World, _ domain: Domain) throws {
    for (number, fact) in facts.enumerated() {
      let event = world.log.event(at: Position(number + 1))
      guard event?.id.text == fact.id, event?.data.value == fact.data,
        event?.stream.text == fact.stream
      else { throw Violation(.logIsDense, "#\(number + 1), \(fact.id), is not what it was.") }
    }
    for (key, known) in versions {
      try compareVersion(of: key, world)
      guard let root = domain.aggregate(key.type),
        let found = root.state(of: key.id, in: world, workspace: key.workspace),
        found.state["c"].integer == known.count, found.state["n"].integer == known.sum
      else {
        throw Violation(.aggregatesAreFolds, "\(key) is not the fold of its \(known.count) events.")
      }
    }
    for index in accounts.indices { try finish(index, world) }
    for (key, state) in instances {
      guard let shown = world.sagas.instance(key), !shown.hasEnded, shown.steps == state.steps
      else {
        throw Violation(.sagaStepsAreKept, "\(key) should be live with \(state.steps) steps.")
      }
    }
    for timer in timers.keys where instances[timer.owner] == nil {
      throw Violation(.nothingAfterTheEnd, "\(timer) is armed for nobody.")
    }
    guard owed.isEmpty else {
      throw Violation(.comesToRest, "\(owed.count) timers still owe their step.")
    }
  }

  private func finish(_ index: Int, _ world: World) throws {
    let consumer = plan.everybody[index]
    let account = accounts[index]
    guard account.isOpen, let group = world.group(consumer.group) else { return }
    if let pending = account.pending.keys.min() {
      throw Violation(.comesToRest, "\(consumer.name) never tried #\(pending) again.")
    }
    if let behind = account.behind.min() {
      throw Violation(.comesToRest, "\(consumer.name) never came back to #\(behind).")
    }
    for (number, fact) in facts.enumerated() where number + 1 > account.exempt {
      let isIts = consumer.streams.contains { $0.covers(StreamName(fact.home)) }
      guard isIts, fact.place > world.trimmed(StreamName(fact.stream)).number else { continue }
      guard account.done[number + 1] > 0 else {
        throw Violation(.nothingIsLeftOut, "\(consumer.name) never dealt with #\(number + 1).")
      }
    }
    let tally = [
      group.tally.handled, group.tally.ignored, group.tally.failed, group.tally.retried,
      group.tally.skipped, group.tally.duplicates,
    ]
    if tally != account.tally {
      throw Violation(.countsAreRight, "\(consumer.name) counted \(tally), not \(account.tally).")
    }
    guard consumer.name.kind == .view || consumer.name.kind == .subscription else { return }
    for (key, row) in account.rows {
      let record = world.record(RecordKey(consumer.name.name, key.key, in: key.workspace))
      guard record?.content["c"].integer == row.count, record?.content["n"].integer == row.sum
      else {
        throw Violation(
          .viewsAreFolds, "The row \(key.key) of \(consumer.name) is not the fold of its events.")
      }
    }
    let count = ([.system] + plan.tenants).reduce(0) {
      $0 + world.recordCount(of: consumer.name.name, in: $1)
    }
    guard count == account.rows.count else {
      throw Violation(.viewsAreFolds, "\(consumer.name) has rows that no event made.")
    }
  }

  /// Whether an adapter handled an event in a step that was written.
  func hasHandled(_ adapter: String, _ event: String) -> Bool {
    guard let position = positions[event],
      let index = names[ConsumerName(.adapter, adapter)]
    else { return false }
    return accounts[index].handled[position] > 0
  }
}
