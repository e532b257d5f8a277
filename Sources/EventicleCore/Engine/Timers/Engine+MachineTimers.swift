extension Registry {
  /// The aggregate whose delayed transition a timer triggers; `nil` for other timers.
  func machine(of timer: TimerKey) -> (root: AggregateRoot, id: DomainID, workspace: Workspace)? {
    let owner = timer.owner.saga
    guard saga(owner) == nil else { return nil }
    for root in domain.aggregates where root.machine != nil {
      let type = "aggregate:\(root.type)"
      guard owner.hasSuffix(type) else { continue }
      let id = DomainID(timer.owner.instanceID)
      let tenant = owner.dropLast(type.count)
      if tenant.isEmpty { return (root, id, .system) }
      if tenant.hasSuffix(":") { return (root, id, Workspace(String(tenant.dropLast()))) }
    }
    return nil
  }
}

extension Engine {
  /// Takes a delayed transition when its timer fires; one that fails is parked.
  func fire(
    _ key: TimerKey, due: Instant, of machine: (AggregateRoot, DomainID, Workspace),
    _ transaction: Transaction
  ) -> StepOutcome {
    let note = transaction.note(.timerFired(key, due: due, .handled), parent: nil)
    transaction.currentNote = note
    var outcome: StepOutcome
    do {
      outcome = try transaction.attempt {
        try transaction.refuseIfEdited()
        return try take(key, of: machine, transaction)
      }
    } catch {
      outcome = transaction.park(key, due: due, because: error, notedAt: note)
    }
    transaction.revise(note, .timerFired(key, due: due, outcome))
    return outcome
  }

  /// Takes a delayed transition inside its step.
  ///
  /// - Throws: The errors of guards and actions.
  func take(
    _ key: TimerKey, of machine: (AggregateRoot, DomainID, Workspace),
    _ transaction: Transaction
  ) throws -> StepOutcome {
    let (root, id, workspace) = machine
    let step = try transaction.within(workspace) { transaction in
      try transaction.fireMachineDelay(root, id, key.name)
    }
    return step == nil ? .ignored("\(root.type)/\(id) waits for it no more") : .handled
  }
}

extension Transaction {
  /// Parks a timer that belongs to no group, whose policy could decide.
  ///
  /// - Parameter note: The note of its fire in this step.
  func park(
    _ key: TimerKey, due: Instant, because error: any Error, notedAt note: Int
  ) -> StepOutcome {
    let (number, reason) = (nextNumber(.parked), sentence(of: error))
    let parked = Parked(
      number: number, work: .timer(key, due: due), reason: reason, parkedAt: now,
      entry: entry(of: note))
    make(.parked(number, old: nil, new: parked))
    return .failed(reason)
  }
}
