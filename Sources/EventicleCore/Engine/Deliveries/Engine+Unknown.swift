extension Engine {
  /// The error for a timer that is not armed.
  func unknown(_ timer: TimerKey) -> EngineError {
    var known: [String] = []
    world.timers.forEach {
      known.append(world.title(of: $0.key))
      return known.count < TypoCorrection.listed
    }
    return .unknownTimer(world.title(of: timer), known: known, count: world.timers.count)
  }

  /// The error for a group without a consumer.
  func unknown(_ group: GroupName) -> EngineError {
    .unknownGroup(
      group,
      known: (0..<world.consumers.count).compactMap {
        registry.consumer(ConsumerNumber($0))?.group
      })
  }

  /// The error for a number under which nothing is parked.
  package func unknownParked(_ number: Int) -> EngineError {
    .unknownParked(
      number, known: world.parked.prefix(TypoCorrection.listed).map(\.number),
      count: world.parkedCount)
  }

  /// The error for a stream to trim that is neither declared nor has events; `nil` for any other.
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
  /// The consumer of the work as a sentence names it: `the saga Payment`.
  var addressee: String {
    switch self {
    case .delivery(let delivery, _):
      "the \(delivery.consumer.kind.rawValue) \(delivery.consumer.name)"
    case .timer(let key, _) where key.isOfCommand: "the command \(key.owner.instanceID)"
    case .timer(let key, _):
      machine(key) ?? "the saga \(key.owner.saga)"
    }
  }

  /// For the timer of a delayed transition, its aggregate and tenant: `the aggregate Gate/g`.
  private func machine(_ key: TimerKey) -> String? {
    let parts = key.owner.saga.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[parts.count - 2] == "aggregate" else { return nil }
    let tenant = parts.count == 3 ? " of \(parts[0])" : ""
    return "the aggregate \(parts[parts.count - 1])/\(key.owner.instanceID)\(tenant)"
  }
}
