extension Engine {
  /// Ends a saga instance at a person's request: it handles nothing more, and its timers are
  /// cancelled.
  mutating func endSaga(_ key: SagaKey, keepingData: Bool, reason: String) -> Step {
    intervene(key, .ended(kept: keepingData), reason) { [registry] instance, note, transaction in
      for name in instance.timers { transaction.disarm(TimerKey(key, name)) }
      transaction.note(.sagaEnded(key, kept: keepingData), parent: note)
      var ended = instance
      ended.hasEnded = true
      ended.timers = []
      ended.firing = []
      ended.undos = []
      transaction.make(.saga(old: instance, new: keepingData ? ended : nil))
      if let saga = registry.saga(key.saga), let number = registry.number(of: saga.group),
        let consumer = registry.consumer(number)
      {
        // Work that waited for the instance now waits for the value by which it was found.
        let work = Work.timer(TimerKey(key, ""), due: transaction.now)
        let pick = Pick(consumer: number, work: work, source: .clock)
        var ledger = GroupLedger(
          pick, consumer, key: key.instanceID, isFirst: true, transaction)
        registry.leaveInstance(key, &ledger, transaction)
        ledger.close(transaction) {
          Engine.nextPosition(for: consumer, after: $0, in: transaction.world)
        }
      }
    }
  }

  /// Replaces the data of an instance.
  mutating func correctSaga(_ key: SagaKey, _ data: JSON, reason: String) -> Step {
    guard let members = data.object else {
      return Step(
        failing: EngineError.sagaDataNoObject(instance: world.title(of: key), found: data.kindName))
    }
    if let problem = conflict(of: key, members) { return Step(failing: problem) }
    let correlation = registry.saga(key.saga)?.correlation(of: data) {
      world.sagas.matchProperties(of: key.saga)
    }
    return intervene(key, .corrected, reason) { instance, _, transaction in
      var corrected = instance
      corrected.data = data
      corrected.correlation = correlation
      transaction.make(.saga(old: instance, new: corrected))
    }
  }

  private mutating func intervene(
    _ key: SagaKey, _ intervention: SagaIntervention, _ reason: String,
    _ body: (SagaInstance, Int, Transaction) -> Void
  ) -> Step {
    guard let instance = world.sagas.instance(key) else {
      return Step(failing: unknown(key))
    }
    guard !instance.hasEnded else {
      return Step(failing: EngineError.sagaHasEnded(instance: world.title(of: key)))
    }
    guard reason.contains(where: { !$0.isWhitespace }) else {
      return Step(failing: EngineError.interventionWithoutReason(instance: world.title(of: key)))
    }
    return step(by: .person) { transaction in
      let note = transaction.note(
        .sagaIntervention(key, intervention, reason: reason), parent: nil)
      transaction.currentNote = note
      transaction.enter(instance.workspace)
      body(instance, note, transaction)
      return nil
    }
  }

  /// The error when another live instance has a value that must be unique.
  private func conflict(of key: SagaKey, _ members: JSONObject) -> EngineError? {
    guard let saga = registry.saga(key.saga), let instance = world.sagas.instance(key) else {
      return nil
    }
    let unique =
      [saga.key?.property].compactMap { $0 }
      + saga.startTypes.compactMap { saga.starts[$0]?.unless?.property }
    for property in unique {
      guard let value = members[property], !value.isNull else { continue }
      let holders = world.sagas.live(of: saga.name, property, value, in: instance.workspace)
      if let other = holders.first(where: { $0.key != key }) {
        return .sagaValueTaken(
          instance: world.title(of: key), property: property, value: value,
          holder: world.title(of: other.key))
      }
    }
    return nil
  }

  /// The error for an unknown saga instance.
  func unknown(_ key: SagaKey) -> EngineError {
    let count = world.sagas.count(of: key.saga)
    let known = (0..<min(count, TypoCorrection.listed)).compactMap {
      world.sagas.instance(of: key.saga, at: $0).map { $0.correlation ?? $0.key.instanceID }
    }
    return .unknownSagaInstance(key, known: known, count: count)
  }
}
