extension Engine {
  /// The instances of a saga that an event concerns.
  enum SagaTarget {
    case live([SagaInstance])
    case start(Saga.Start)
    case everybody(EventHandler)
    case nobody(String)
  }

  /// Offers an event to a saga: to every live instance that matches, else to its start.
  ///
  /// Each instance takes its step in a transaction of its own, so that a failure does not affect
  /// the others; a busy instance takes it afterwards.
  ///
  /// - Parameter instance: The only instance to offer it to, when its step is retried.
  mutating func deliver(
    _ pick: Pick, _ delivery: Delivery, _ event: Event, _ consumer: ConsumerDefinition,
    _ saga: Saga, instance: String?
  ) -> Step {
    var pick = pick
    var delivery = delivery
    if delivery.lane == nil, let lane = saga.lane(of: event) {
      delivery.lane = lane
      pick.work = .delivery(delivery, instance: instance)
    }
    if let router = saga.router, instance == nil {
      do {
        try keepRoute(of: event, by: router, in: saga, &delivery)
        pick.work = .delivery(delivery, instance: nil)
      } catch {
        return fail(pick, delivery, event, consumer, saga, error)
      }
    }
    let kept = instance == nil ? delivery.kept : nil
    if case .frontier = pick.source, let lane = delivery.lane, let state = pick.state,
      LaneCapacity(state, consumer, at: world.clock).isFull(lane)
    {
      return putBack(
        pick, delivery, consumer, key: mailbox(of: event, in: saga, kept), instance: nil,
        "it waits for a place in the \(lane) lane")
    }
    let (position, lane) = (delivery.position, delivery.lane)
    // Without lanes and without a start, the mailbox is never looked up.
    let isKeyNeeded = pick.state != nil || saga.starts.contains(event.type)
    let key = instance ?? (isKeyNeeded ? mailbox(of: event, in: saga, kept) : event.ownKey)
    if kept != nil, case .frontier = pick.source, isAtWork(key, of: consumer, pick) {
      return putBack(
        pick, delivery, consumer, key: key, instance: nil,
        "it waits behind other work of \(world.keyShown(key, of: saga.name))")
    }
    if case .lane(let index) = pick.source, let lane = pick.state?.lanes[index],
      !isSameText(lane.key, key)
    {
      let others = keyed(lane.work.dropFirst(), consumer)
      if isAtWork(key, of: consumer, pick) {
        return scatter(index, [(key, pick.work)] + others, pick, delivery, consumer, behind: key)
      }
      pick.scattered = others
    }
    let target =
      kept.map { Engine.target(of: event, in: saga, by: $0.route, world.sagas) }
      ?? target(of: event, in: saga, only: instance)
    switch target {
    case .nobody(let reason):
      var known = instance
      if let instance, world.sagas.instance(SagaKey(saga.name, instance)) == nil { known = nil }
      let transaction = begin()
      _ = registry.attempt(
        pick, consumer, event, key: key, instance: known, isFirst: true, transaction
      ) { .ignored(reason) }
      return Step(finish(transaction, cause: delivery.cause, by: pick.origin))
    case .everybody(let handler):
      return takeStep(
        pick, consumer, saga, event, key: event.ownKey, instance: nil, isFirst: true,
        outcome: .handled
      ) { _, transaction in try handler(event, transaction) }
    case .start(let start):
      return takeStep(
        pick, consumer, saga, event, key: key, instance: nil, isFirst: true, outcome: .started
      ) { id, transaction in
        try transaction.begin(
          start, of: saga, event, at: position, id, lane: lane, match: kept?.route.wanted)
      }
    case .live(let instances):
      guard let handler = saga.handlers[event.type] else { return Step() }
      guard instances.count == 1 else {
        return takeSteps(of: instances, pick, delivery, consumer, saga, event, handler)
      }
      return takeStep(
        pick, consumer, saga, event, key: instances[0].key.instanceID, instance: instances[0],
        isFirst: true, outcome: .handled
      ) { _, transaction in
        try transaction.go(on: instances[0], handler, of: saga, event, at: position, lane: lane)
      }
    }
  }

  /// The key that keeps a saga's steps in order: the instance that an event is for, or else the
  /// value by which an instance will be found.
  ///
  /// - Parameter kept: The route of the event, if the saga routes and has been asked.
  func mailbox(of event: Event, in saga: Saga, _ kept: KeptRoute? = nil) -> String {
    if saga.router != nil { return mailbox(of: event, in: saga, by: kept?.route) }
    let workspace = event.workspace
    func name(_ value: JSON) -> String { Engine.mailbox(of: value, in: workspace) }
    if let match = saga.handlers[event.type].flatMap({ saga.match(of: $0) }),
      let value = match.value(event), !value.isNull
    {
      let live = live(in: saga, match.property, value, workspace)
      if live.count == 1 { return live[0].key.instanceID }
      if live.isEmpty { return name(value) }
      return event.ownKey
    }
    if let start = saga.starts[event.type], let value = saga.unless(of: start)?.value(event),
      !value.isNull
    {
      // An event that would start another instance waits until this one is free.
      if let live = live(in: saga, like: event, start, world) { return live.key.instanceID }
      return name(value)
    }
    return event.ownKey
  }

  /// The key that keeps events in order while no live instance exists for them.
  static func mailbox(of value: JSON, in workspace: Workspace) -> String {
    workspace.ownName(of: value.string ?? value.description)
  }

  /// The key of work that arrives after an instance has ended: that of the value by which a start
  /// looks for a live instance.
  static func mailboxAfterEnd(
    of instance: SagaInstance, _ saga: Saga, _ sagas: borrowing SagaInstances
  ) -> String? {
    if saga.router != nil { return mailboxAfterEnd(of: instance, routedBy: sagas) }
    let property =
      saga.key?.property
      ?? saga.startTypes.lazy.compactMap { saga.starts[$0]?.unless?.property }.first
    guard let property, let value = instance.data.object?[property], !value.isNull else {
      return nil
    }
    return mailbox(of: value, in: instance.workspace)
  }

  private func target(of event: Event, in saga: Saga, only: String?) -> SagaTarget {
    if let only {
      guard let instance = world.sagas.instance(SagaKey(saga.name, only)), !instance.hasEnded
      else { return .nobody("its instance has ended") }
      return .live([instance])
    }
    if let handler = saga.stateless[event.type] { return .everybody(handler) }
    var reason = "no instance matches"
    if let match = saga.handlers[event.type].flatMap({ saga.match(of: $0) }) {
      if let value = match.value(event), !value.isNull {
        let workspace = event.workspace
        let live = live(in: saga, match.property, value, workspace)
        if !live.isEmpty { return .live(live) }
        let found = world.sagas.instances(
          of: saga.name, property: match.property, value: value, in: workspace)
        let shown = value.string ?? value.description
        reason =
          found.isEmpty
          ? "no instance has \(match.property) \(shown)" : "its instance has ended"
      } else {
        reason = "the event has no \(match.property) to match"
      }
    }
    guard let start = saga.starts[event.type] else { return .nobody(reason) }
    guard start.condition(event) else { return .nobody("its start condition said no") }
    if start.unless == nil, let key = saga.key, key.value(event).map(\.isNull) ?? true {
      return .nobody("the event has no \(key.property) to start with")
    }
    if let live = live(in: saga, like: event, start, world) {
      return .nobody("\(live.correlation ?? live.key.instanceID) is live already")
    }
    return .start(start)
  }

  /// The live instance that keeps an event from starting another one.
  func live(
    in saga: Saga, like event: Event, _ start: Saga.Start, _ world: World
  ) -> SagaInstance? {
    guard let unless = saga.unless(of: start), let value = unless.value(event), !value.isNull else {
      return nil
    }
    return world.sagas.live(
      of: saga.name, unless.property, value, in: event.workspace, limit: 1
    ).first
  }

  private func live(
    in saga: Saga, _ property: String, _ value: JSON, _ workspace: Workspace
  ) -> [SagaInstance] {
    world.sagas.live(of: saga.name, property, value, in: workspace)
  }
}
