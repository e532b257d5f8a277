extension Engine {
  /// Says that no such timer is armed.
  func unknown(_ timer: TimerKey) -> EngineError {
    var known: [TimerKey] = []
    world.timers.forEach {
      known.append($0.key)
      return known.count < TypoCorrection.listed
    }
    return .unknownTimer(timer, known: known, count: world.timers.count)
  }

  /// Says that nobody consumes for a group.
  func unknown(_ group: GroupName) -> EngineError {
    .unknownGroup(
      group,
      known: (0..<world.consumers.count).compactMap {
        registry.consumer(ConsumerNumber($0))?.group
      })
  }

  /// Says that nothing is parked under a number.
  package func unknownParked(_ number: Int) -> EngineError {
    .unknownParked(
      number, known: world.parked.prefix(TypoCorrection.listed).map(\.number),
      count: world.parkedCount)
  }

  /// What is wrong with a stream whose events are to be put away: nobody knows it.
  ///
  /// A stream that is declared and has no events yet is known.
  func problem(of stream: StreamName) -> EngineError? {
    let written = world.log.streamNames
    let declared =
      domain.aggregates.map(\.stream) + domain.commands.map(\.stream)
      + Registry.definitions(of: domain).flatMap(\.streams).filter { !$0.isPattern }
    let known = Set(written).union(declared)
    return known.contains(stream) || known.contains(stream.logical)
      ? nil : .unknownStream(stream, known: known.sorted())
  }
}

extension Work {
  /// Whom it is for, as a sentence says it: `the saga Payment`.
  var addressee: String {
    switch self {
    case .delivery(let delivery, _):
      "the \(delivery.consumer.kind.rawValue) \(delivery.consumer.name)"
    case .timer(let key, _) where key.isOfCommand: "the command \(key.owner.instanceID)"
    case .timer(let key, _):
      machine(key) ?? "the saga \(key.owner.saga)"
    }
  }

  /// `the aggregate Gate/g`, and whose it is, when a timer is of a delayed transition.
  private func machine(_ key: TimerKey) -> String? {
    let parts = key.owner.saga.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[parts.count - 2] == "aggregate" else { return nil }
    let tenant = parts.count == 3 ? " of \(parts[0])" : ""
    return "the aggregate \(parts[parts.count - 1])/\(key.owner.instanceID)\(tenant)"
  }
}
