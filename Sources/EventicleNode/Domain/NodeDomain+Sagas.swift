internal import EventicleCore

// Sagas: the code says where an event goes and what a step changes; the engine keeps instances,
// timers and order.
extension NodeDomain {
  func saga(_ declaration: NodeDeclaration) -> Saga {
    let name = declaration.text("name")
    let steps = NodeSagaSteps(host: host, key: declaration.key, name: name)
    let starts = unique(declaration.texts("starts"))
    let every = unique(declaration.texts("every"))
    let matched = declaration["on"].array ?? []
    let handled = unique(matched.compactMap { $0["type"].string })
    var properties: [String: String] = [:]
    for one in matched {
      if let type = one["type"].string { properties[type] = one["property"].string }
    }
    var saga = Saga(name, streams: declaration.texts("streams").map { StreamName($0) })
    for type in starts {
      let handler = HandlerID(.saga, name, .start(EventType(type)))
      saga = saga.startOn(EventType(type)) { step, event in
        try steps.take(step, handler, isStart: true) { $0.member("event", event) }
      }
    }
    for type in handled {
      let handler = HandlerID(.saga, name, .on(EventType(type)))
      let step: Saga.EventStep = { step, event in
        try steps.take(step, handler) { $0.member("event", event) }
      }
      // Where it goes is asked for; the property tells by what instances are found and named.
      if let property = properties[type] {
        saga = saga.on(EventType(type), matching: property, value: { _ in nil }, do: step)
      } else {
        saga = saga.on(EventType(type), do: step)
      }
    }
    for type in every where !starts.contains(type) && !handled.contains(type) {
      let handler = HandlerID(.saga, name, .on(EventType(type)))
      saga = saga.onEvery(EventType(type)) { event, transaction in
        try steps.handle(event, handler, in: transaction)
      }
    }
    for timer in unique(declaration.texts("timers")) {
      let handler = HandlerID(.saga, name, .timer(timer))
      saga = saga.onTimer(timer) { step in
        try steps.take(step, handler) { $0.member("timer", .string(timer)) }
      }
    }
    saga = saga.onAnyTimer { step, timer in
      try steps.take(step, HandlerID(.saga, name, .timer(timer))) {
        $0.member("timer", .string(timer))
      }
    }
    let hasErrorHandler = declaration.isSet("onError")
    if hasErrorHandler { saga = steps.hearingFailures(saga) }
    saga = saga.taking(
      ConsumerOptions(
        policy: hasErrorHandler ? .skip : .park, parallel: declaration.parallel))
    let hot = declaration.isSet("hot") ? declaration["hotParallel"].integer ?? 20 : nil
    return saga.routed(hotParallel: hot) { event, transaction in
      try steps.route(event, in: transaction)
    }
  }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

/// Asks the code for the steps of one saga.
struct NodeSagaSteps: Sendable {
  let host: NodeHost
  let key: String
  let name: String

  /// Where an event goes.
  func route(_ event: Event, in transaction: Transaction) throws -> SagaRoute {
    let handler = HandlerID(.saga, name, .route)
    let answer = try host.call(
      "route", key, handler, in: transaction, deadline: host.options.handlerDeadline
    ) { message in
      NodeContext(handler, transaction).write(to: &message)
      message.member("event", event)
    }
    let match = answer["match"]
    return SagaRoute(
      lane: answer["lane"].string.flatMap { SagaLane(rawValue: $0) },
      match: match["property"].string.map { SagaRoute.Match($0, match["value"]) },
      starts: answer["starts"].bool ?? false, isStateless: answer["every"].bool ?? false)
  }

  /// Takes a step of an instance and does what the code says.
  func take(
    _ step: SagaStep, _ handler: HandlerID, isStart: Bool = false,
    _ members: (inout MessageWriter) -> Void
  ) throws {
    let transaction = step.transaction
    let answer = try host.call(
      "step", key, handler, in: transaction, deadline: host.options.handlerDeadline
    ) { message in
      NodeContext(handler, transaction).write(to: &message)
      message.member("id", .string(step.instanceID))
      message.member("data", isStart ? .emptyObject : step.data)
      message.member("timers", timers(of: step))
      message.member("start", .bool(isStart))
      members(&message)
    }
    if case .object = answer["data"] { step.data = answer["data"] }
    for timer in answer["timers"].array ?? [] { try apply(timer, to: step) }
    if answer["ended"].bool == true { step.end(keepingData: answer["keep"].bool ?? false) }
  }

  private func timers(of step: SagaStep) -> JSON {
    let instance = SagaKey(step.saga, step.instanceID)
    var timers = JSON.emptyObject
    for name in step.transaction.sagaInstance(instance)?.timers ?? [] {
      guard let armed = step.transaction.armedTimer(TimerKey(instance, name)) else { continue }
      timers[name] = armed.schedule.recurs ? "cron" : "timeout"
    }
    return timers
  }

  private func apply(_ timer: JSON, to step: SagaStep) throws {
    guard let name = timer["name"].string else { return }
    if timer["remove"].bool == true {
      step.removeTimer(name)
    } else if let cron = timer["cron"].string {
      try step.upsertTimer(name, cron: cron)
    } else {
      try step.upsertTimer(name, after: .milliseconds(Int64(timer["ms"].double ?? 0)))
    }
  }

  /// Handles an event without any instance.
  func handle(_ event: Event, _ handler: HandlerID, in transaction: Transaction) throws {
    _ = try host.call(
      "step", key, handler, in: transaction, deadline: host.options.handlerDeadline
    ) { message in
      NodeContext(handler, transaction).write(to: &message)
      message.member("every", true)
      message.member("event", event)
    }
  }

  /// The saga whose failures the code hears of.
  func hearingFailures(_ saga: Saga) -> Saga {
    let handler = HandlerID(.saga, name, .failure)
    return saga.onError { failure, transaction in
      try host.tellFailure(
        key, handler, failure.reason, in: transaction, deadline: host.options.handlerDeadline
      ) { message in
        if let event = failure.event { message.member("event", event) }
        if let timer = failure.timer { message.member("timer", .string(timer)) }
      }
    }
  }
}
