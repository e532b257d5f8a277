/// The position, backlog and health of a consumer group.
public struct GroupReport: Sendable, Hashable {
  /// Under which name the group is paused, resumed and moved.
  public let group: GroupName
  /// The consumer that handles its events.
  public let consumer: ConsumerName
  /// Where its events come from; its position is one in the whole log nevertheless.
  public let streams: [StreamName]
  /// Whether it is running, paused or stopped.
  public let status: GroupState.Status
  /// The last event it has been offered, in the whole log.
  public let position: Position
  /// The number of events of its streams after that position.
  public let lag: Int
  /// The number of keys that wait for an instant or for a person's decision.
  public let waitingKeys: Int
  /// The number of keys that may be busy at once.
  public let parallel: Int
  /// The number of its deliveries and timers that are parked.
  public let parked: Int
  /// The counts of its deliveries by outcome.
  public let tally: Tally

  /// Whether its results are incomplete, because some of its events are parked or it is stopped.
  public var isDegraded: Bool {
    if case .stopped = status { return true }
    return parked > 0
  }
}

extension Engine {
  /// A report on each group with a consumer, in the order of delivery.
  ///
  /// - Complexity: O(groups · streams · log n + parked work).
  public var groupReports: [GroupReport] { groupReports(in: world) }

  /// The reports as they were in a world of the same engine's past.
  package func groupReports(in world: World) -> [GroupReport] {
    let parked = world.parked.reduce(into: [ConsumerName: Int]()) { counts, parked in
      switch parked.work {
      case .delivery(let delivery, _): counts[delivery.consumer, default: 0] += 1
      case .timer(let key, _): counts[ConsumerName(.saga, key.owner.saga), default: 0] += 1
      }
    }
    return (0..<world.consumers.count).compactMap { index in
      guard let consumer = registry.consumer(ConsumerNumber(index)),
        let state = world.group(consumer.group)
      else { return nil }
      return GroupReport(
        group: consumer.group, consumer: consumer.name, streams: consumer.streams,
        status: state.status, position: state.position,
        lag: lag(of: consumer, after: state.position, in: world), waitingKeys: state.lanes.count,
        parallel: consumer.options.parallel, parked: parked[consumer.name] ?? 0, tally: state.tally)
    }
  }

  private func lag(
    of consumer: ConsumerDefinition, after position: Position, in world: World
  ) -> Int {
    let streams = world.log.streamNames.filter { consumer.listens(to: $0) }
    return streams.reduce(0) { sum, stream in
      let next = max(
        world.log.place(in: stream, after: position).number, world.trimmed(stream).number + 1)
      return sum + world.log.count(of: stream) - next + 1
    }
  }

  /// Reads the events of streams, including their tenants' parts, in the order of the log.
  ///
  /// - Returns: The number of events read.
  package func replay(
    _ streams: [StreamName], in world: World, from start: StreamStart,
    _ handler: (Event) throws -> Void
  ) throws -> Int {
    let after = start.position(in: world.log)
    var count = 0
    if streams.count == 1, !streams[0].isPattern, world.tenantCount == 0 {
      let first = max(
        world.log.place(in: streams[0], after: after).number,
        world.trimmed(streams[0]).number + 1)
      try world.log.forEach(in: streams[0], from: StreamPosition(first)) { event, _ in
        guard let event = try registry.opened(event) else { return }
        try handler(event)
        count += 1
      }
      return count
    }
    let choice = registry.choice(of: streams)
    let wanted = world.log.streamNames.filter { choice.means($0) }
    let trims = wanted.map { world.log.position(of: $0, at: world.trimmed($0)) ?? Position(0) }
    var position = after
    try world.log.forEach(from: after.next, to: world.log.last) { event in
      position = position.next
      guard let index = wanted.firstIndex(of: event.stream), position > trims[index] else {
        return
      }
      guard let event = try registry.opened(event) else { return }
      try handler(event)
      count += 1
    }
    return count
  }

  /// The codec of raw events.
  var codec: any EventCodec { registry.codec }
}
