extension Engine {
  /// Whether a group has a live consumer.
  package func isGroupTaken(_ group: GroupName) -> Bool { registry.number(of: group) != nil }

  /// Adds a subscription.
  ///
  /// A known group continues after its position. A new one starts after the given position, which
  /// is stored at once, so that a restart skips nothing.
  /// - Parameter start: The last event that a new group is not offered; the end of the log when
  ///   `nil`.
  /// - Throws: ``EngineError/groupTaken(_:)`` when the group has a consumer,
  ///   ``EngineError/emptyGroup`` and ``EngineError/emptyStream``.
  package mutating func subscribe(
    _ group: GroupName, to streams: [StreamName], after start: Position? = nil,
    isEphemeral: Bool = false, options: ConsumerOptions = .standard, _ reaction: SubscriptionBody
  ) throws -> Step {
    guard !group.text.isEmpty else { throw EngineError.emptyGroup }
    guard !streams.contains("") else { throw EngineError.emptyStream }
    guard !isGroupTaken(group) else { throw EngineError.groupTaken(group) }
    let known = world.storedGroup(group)
    let number = world.consumers.number(of: group) ?? ConsumerNumber(world.consumers.count)
    let reactions = reaction.reactions
    let definition = ConsumerDefinition(
      name: reaction.name(in: group), group: group, streams: registry.choice(of: streams),
      types: reactions.types, reactions: reactions, options: options)
    try replace(
      subscriptions: registry.subscriptions + [
        Subscription(number: number, definition: definition)
      ])
    let end = world.log.last
    var state = known ?? GroupState(position: min(start ?? end, end))
    state.status = .live
    state.isEphemeral = isEphemeral
    state.streams = streams
    state.withdrawOffers(at: world.clock)
    state.isInStep =
      state.lanes.isEmpty
      && Engine.nextPosition(for: definition, after: state.position, in: world) == nil
    return step { transaction in
      if transaction.world.consumers.number(of: group) == nil {
        transaction.make(.consumer(definition.name, group))
      }
      transaction.note(.group(group, .subscribed(after: state.position)), parent: nil)
      transaction.make(.group(group, old: known, new: state))
      return nil
    }
  }

  /// Removes a subscription; its position is kept unless it was opened to be deleted on close.
  package mutating func unsubscribe(_ group: GroupName) throws -> Step {
    let rest = registry.subscriptions.filter { $0.definition.group != group }
    guard rest.count < registry.subscriptions.count else {
      throw unknown(group)
    }
    let step = change(group) { state in
      state.status = .closed
      return state.isEphemeral ? .deleted : .closed
    }
    try replace(subscriptions: rest)
    return step
  }

  /// Pauses a group; its events are delivered when it is resumed.
  mutating func pause(_ group: GroupName) -> Step {
    change(group) { state in
      guard state.status == .live else { return nil }
      state.status = .paused
      return .paused
    }
  }

  /// Resumes a paused or stopped group from its position.
  mutating func resume(_ group: GroupName) -> Step {
    return change(group) { state in
      switch state.status {
      case .paused, .stopped: state.status = .live
      case .live, .closed: return nil
      }
      return .resumed
    }
  }

  /// Moves a group to a position, so that the events between are offered again or skipped.
  mutating func move(_ group: GroupName, after position: Position) -> Step {
    let target = Position(min(max(position.number, 0), world.log.count))
    let now = world.clock
    return change(group) { state in
      state.position = target
      // Everything after it is offered again, in its turn.
      (state.redeliveries, state.passedOver) = ([], [])
      // Events are found again from the new position, but waiting timers are kept only in the
      // lanes.
      state.lanes = state.lanes.compactMap { lane in
        var rest = lane
        rest.work.removeAll { if case .delivery = $0 { true } else { false } }
        if rest.work.count < lane.work.count { rest.attempts = 0 }
        guard rest.work.isEmpty else { return rest }
        // A key whose step is still running stays busy; one that waits for a retry or for the
        // answer of a worker does not.
        rest.blockedBy = nil
        let isFree = lane.attempts > 0 || lane.offer != nil || rest.isIdle(at: now)
        return isFree ? nil : rest
      }
      return .moved(after: target)
    }
  }

  /// Changes a group apart from the common queue; once it has caught up it is in step again.
  private mutating func change(
    _ group: GroupName, _ body: (inout GroupState) -> GroupAction?
  ) -> Step {
    guard let number = registry.number(of: group), let consumer = registry.consumer(number),
      let kept = world.storedGroup(group), let shown = world.group(group)
    else { return Step(failing: unknown(group)) }
    var new = kept
    new.position = shown.position
    new.isInStep = false
    guard let action = body(&new) else { return Step() }
    if new.status == .live, new.lanes.isEmpty,
      Engine.nextPosition(for: consumer, after: new.position, in: world) == nil
    {
      new.isInStep = true
    }
    let isDeleted = action == .deleted
    return step(by: .person) { transaction in
      let queue = transaction.world.deliveries
      let rest = queue.without(number)
      if rest.count < queue.count { transaction.make(.requeued(old: queue, new: rest)) }
      transaction.note(.group(group, action), parent: nil)
      transaction.make(.group(group, old: kept, new: isDeleted ? nil : new))
      return nil
    }
  }
}

/// What a subscription does with an event, in decoded or raw form.
package enum SubscriptionBody: Sendable {
  case events(EventHandler)
  case raw(RawEventHandler)
  /// An adapter whose events are handled outside the engine.
  case worker(adapter: String, WorkerReaction)

  func name(in group: GroupName) -> ConsumerName {
    if case .worker(let adapter, _) = self { return ConsumerName(.adapter, adapter) }
    return ConsumerName(.subscription, group.text)
  }

  var reactions: Reactions {
    switch self {
    case .worker(_, let worker): Reactions(worker: worker)
    case .events(let handler): Reactions(any: handler)
    case .raw(let handler): Reactions(raw: handler)
    }
  }
}
