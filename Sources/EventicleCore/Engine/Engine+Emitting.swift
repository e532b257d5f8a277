extension Engine {
  /// Emits events as a handler does.
  mutating func emitInTransaction(
    _ events: [NewEvent], to stream: StreamName, by origin: InputOrigin
  ) -> Step {
    step(by: origin) { transaction in
      try transaction.write(events, to: stream)
      return nil
    }
  }

  /// Whether events can be emitted without a transaction.
  ///
  /// Those cannot that name an id, a cause or anything else that the engine fills in, are of several
  /// types, a tenant's, protected or observed, and none of a call that would be refused.
  @inline(__always)
  func emitsPlainly(_ events: [NewEvent], to stream: StreamName) -> Bool {
    observers.isEmpty && !registry.sealsEvents && !stream.isTenants && !stream.text.isEmpty
      && !world.ids.mayRepeat && world.laggingGroups.isEmpty && world.base?.pages.fault == nil
      && events.withUnsafeBufferPointer { Engine.areAlikeAndPlain($0) }
  }

  /// Emits events without a transaction: nothing of the domain runs, and everything that could be
  /// refused has been looked at before anything is written.
  @inline(__always)
  mutating func emitPlainly(
    _ events: [NewEvent], to stream: StreamName, by origin: InputOrigin
  ) -> Step {
    let first = world.log.last.next
    let head = events.withUnsafeBufferPointer { emit($0, to: stream, by: origin) }
    return Step(.made(spareStep.step(.appended(events, first: first), head)))
  }

  /// Whether all events have the type of the first, leave out whatever the engine fills in, and are
  /// within the limits.
  @inline(__always)
  private static func areAlikeAndPlain(_ events: UnsafeBufferPointer<NewEvent>) -> Bool {
    guard let first = events.baseAddress, !first.pointee.type.text.isEmpty else { return false }
    for index in events.indices {
      let event = first + index
      guard event.pointee.isWhollyPlain, event.pointee.data.utf8.count <= Limits.eventBytes else {
        return false
      }
      guard index == 0 || isSameText(event.pointee.type.text, first.pointee.type.text) else {
        return false
      }
    }
    return true
  }

  @inline(__always)
  private mutating func emit(
    _ events: UnsafeBufferPointer<NewEvent>, to stream: StreamName, by origin: InputOrigin
  ) -> MadeStep.Head {
    let (start, draws, first) = (nextEntry, world.ids.drawn, world.log.count + 1)
    guard let event = events.baseAddress else {
      return MadeStep.Head(
        start: start, instant: world.clock, cause: nil, origin: origin, changes: .none)
    }
    let count = events.count
    let route = route(of: stream, event.pointee.type)
    var clock: StepChanges.ClockMove?
    if let instant = comingInstant {
      clock = StepChanges.ClockMove(old: world.clock, new: instant)
      world.clock = instant
    }
    for index in 0..<count {
      world.append(
        new: event + index, to: stream, from: route.source, route.aggregate,
        by: start.number + index)
      for consumer in route.consumers {
        world.deliveries.pushBack(QueuedDelivery(world.log.last, consumer))
      }
    }
    nextEntry = JournalIndex(start.number + count)
    let form: StepChanges.Form =
      route.consumers.isEmpty
      ? .list([])
      : .offered(
        OfferedEvents(first: Int32(first), count: Int32(count), consumers: route.consumers))
    return MadeStep.Head(
      start: start, instant: world.clock, cause: nil, origin: origin,
      changes: StepChanges(
        appended: count, kept: 0, draws: world.ids.drawn - draws, clock: clock, form: form))
  }

  @inline(__always)
  private mutating func route(of stream: StreamName, _ type: EventType) -> EmissionRoute {
    if let route, route.isRoute(of: stream, type, in: registry) { return route }
    let found = EmissionRoute(registry, stream, type)
    route = found
    return found
  }
}
