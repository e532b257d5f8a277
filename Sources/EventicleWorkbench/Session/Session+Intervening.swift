import EventicleCore

extension Session {
  /// Performs a verb on timers, scheduled commands or saga instances; `nil` for other verbs.
  mutating func intervene(_ instruction: Instruction) throws(LanguageError) -> Reply? {
    switch instruction {
    case .schedule(let scheduling): return try schedule(scheduling)
    case .cancel(let reference):
      let key = try resolve(reference).key
      let name = "\(key.name) of \(title(of: key.owner))"
      return act(.cancelTimer(key)) { step, _ in
        step.problem == nil ? "\(name) was called off" : ""
      }
    case .moveTimer(let reference, let time): return try move(reference, time.value)
    case .endSaga(let reference, let removes, let reason):
      let instance = try liveInstance(reference)
      let (name, count) = (title(of: instance.key), instance.timers.count)
      let timers =
        count == 0 ? "" : "; \(count) \(count == 1 ? "timer was" : "timers were") called off"
      return act(
        .endSaga(instance.key, keepingData: !removes, reason: reason.value)
      ) { step, _ in
        step.problem == nil ? "\(name) was ended\(removes ? " and removed" : "")\(timers)" : ""
      }
    case .correctSaga(let reference, let items, let reason):
      let instance = try liveInstance(reference)
      let name = title(of: instance.key)
      let data = try items.data(over: instance.data)
      var reply = act(.correctSaga(instance.key, data, reason: reason.value)) { step, _ in
        step.problem == nil ? "\(name) was corrected" : ""
      }
      reply.output = engine.world.sagas.instance(instance.key).map {
        Summary.saga($0, in: engine.world)
      }
      return reply
    default: return nil
    }
  }

  // MARK: - Timers

  private mutating func schedule(_ scheduling: Scheduling) throws(LanguageError) -> Reply {
    let (name, type) = (scheduling.name.value, scheduling.command.value)
    guard domain.command(type) != nil else {
      throw unknown(
        "command", type, among: domain.commands.map(\.type), at: scheduling.command.span)
    }
    let data = try scheduling.items.data()
    try check(data, of: scheduling.command)
    let scheduled = ScheduledCommand(
      name, CommandIntent(type, data), scheduling.schedule(now: engine.world.clock),
      missed: scheduling.missed)
    let remark = undeclared(data, in: type)
    let extra = remark.isEmpty ? "" : " · \(remark)"
    var reply = act(.schedule(scheduled)) { step, session in
      guard step.problem == nil else { return "" }
      let due = session.engine.world.timers.timer(scheduled.timer).map { "is due at \($0.due)" }
      return "\(name): \(type) \(due ?? "was due at once")\(extra)"
    }
    reply.output = engine.world.timers.timer(scheduled.timer).map {
      Summary.timer($0, in: engine.world)
    }
    return reply
  }

  private mutating func move(
    _ reference: Located<TimerReference>, _ time: TimeExpression
  ) throws(LanguageError) -> Reply {
    let timer = try resolve(reference)
    // A relative time counts from the timer's due time; a time of day is one of today.
    let base = if case .relative = time { timer.due } else { engine.world.clock }
    let name = "\(timer.key.name) of \(title(of: timer.key.owner))"
    var reply = act(.moveTimer(timer.key, to: time.instant(now: base))) { step, session in
      guard step.problem == nil else { return "" }
      guard let now = session.engine.world.timers.timer(timer.key) else {
        return "\(name) was due at once"
      }
      return "\(name) is \(step.isEmpty ? "already " : "")due at \(now.due)"
    }
    reply.output = engine.world.timers.timer(timer.key).map { Summary.timer($0, in: engine.world) }
    return reply
  }

  // MARK: - Sagas

  /// The instance that a reference names at the head, where interventions take place.
  private func liveInstance(
    _ reference: Located<SagaReference>
  ) throws(LanguageError) -> SagaInstance {
    let name = reference.value.name
    guard domain.saga(name) != nil else {
      throw unknown("saga", name, among: domain.sagas.map(\.name), at: reference.span)
    }
    let sagas = engine.world.sagas
    guard let instance = sagas.find(name, reference.value.key ?? "") else {
      let known = (0..<min(sagas.count(of: name), 200)).compactMap {
        sagas.instance(of: name, at: $0).map { $0.correlation ?? $0.key.instanceID }
      }
      throw unknown(
        "instance of \(name)", reference.value.key ?? "", among: known, at: reference.span)
    }
    return instance
  }
}

extension World {
  /// The owner of a timer; a name that is not a saga's stands for itself.
  func owner(_ saga: String, _ key: String) -> SagaKey {
    sagas.find(saga, key)?.key ?? SagaKey(saga, key)
  }
}
