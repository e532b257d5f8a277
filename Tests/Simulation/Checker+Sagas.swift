import EventicleCore

extension Checker {
  /// Checks a saga step: one live instance per key, none after its end, every step counted.
  mutating func takeSagaStep(
    _ saga: String, _ fact: Fact, _ instance: String?, _ outcome: StepOutcome,
    _ isRedrive: Bool, _ world: World, _ what: String
  ) throws {
    let value = fact.data["k"].string ?? ""
    let known = live[saga]?[value]
    switch outcome {
    case .started:
      let key = SagaKey(saga, instance ?? "")
      guard fact.type == "Opened", known == nil, instances[key] == nil else {
        throw Violation(.oneInstanceAKey, "\(what): a second instance was started for \(value).")
      }
      started += 1
      instances[key] = Instance(key: value, steps: 1, pokes: 0, keys: [value])
      live[saga, default: [:]][value] = key
      try compare(key, world, what)
    case .handled:
      let key = SagaKey(saga, instance ?? "")
      guard known == key || isRedrive, var state = instances[key] else {
        throw Violation(
          .oneInstanceAKey, "\(what): \(instance ?? "nobody") took a step that was not its own.")
      }
      state.steps += 1
      if fact.type == "Poked" { state.pokes += 1 }
      if fact.type == "Moved" {
        live[saga]?[state.key] = nil
        state.key = fact.data["to"].string ?? ""
        state.keys.insert(state.key)
        live[saga, default: [:]][state.key] = key
      }
      instances[key] = state
      try compare(key, world, what)
    case .ignored(let reason):
      guard fact.type == "Opened" || known == nil || isRedrive else {
        throw Violation(
          .oneInstanceAKey,
          "\(what): ignored because \(reason), but \(known?.instanceID ?? "") is live.")
      }
      if fact.type == "Opened", known == nil {
        throw Violation(
          .oneInstanceAKey, "\(what): nothing was started because \(reason), but none is live.")
      }
    default: break
    }
  }

  /// Whether no move to a key is pending.
  ///
  /// Events of different keys are not ordered: while a saga has not handled the event that moves
  /// its instance to a key, it may start another instance for that key.
  func hasSettled(_ key: String) -> Bool {
    let moves = facts.indices.filter {
      facts[$0].type == "Moved" && facts[$0].data["to"].string == key
    }.map { $0 + 1 }
    guard !moves.isEmpty else { return true }
    let isParked = parked.values.contains { work in
      guard case .delivery(let delivery, _) = work.work else { return false }
      return moves.contains(delivery.position.number)
    }
    return !isParked
      && accounts.indices.allSatisfy { index in
        plan.everybody[index].name.kind != .saga
          || moves.allSatisfy { accounts[index].done[$0] > 0 }
      }
  }

  func compare(_ key: SagaKey, _ world: World, _ what: String) throws {
    // An instance that ended in this step is checked where its end is recorded.
    guard let shown = world.sagas.instance(key), let state = instances[key], !shown.hasEnded else {
      return
    }
    guard shown.steps == state.steps, shown.data["p"].integer == state.pokes,
      shown.data["k"].string == state.key
    else {
      throw Violation(
        .sagaStepsAreKept,
        "\(what): \(key) should have taken \(state.steps) steps, not \(shown.steps).")
    }
  }

  mutating func takeEnd(_ key: SagaKey, _ world: World) throws {
    guard let state = instances.removeValue(forKey: key) else {
      throw Violation(.nothingAfterTheEnd, "\(key) ended without being live.")
    }
    ended += 1
    live[key.saga]?[state.key] = nil
    if let shown = world.sagas.instance(key), !shown.hasEnded {
      throw Violation(.nothingAfterTheEnd, "\(key) is live after its end.")
    }
    // Entries earlier in the same step remove the timers of the instance.
    if let orphan = timers.keys.first(where: { $0.owner == key }) {
      throw Violation(.nothingAfterTheEnd, "\(orphan) is armed after the end of its instance.")
    }
  }
}
