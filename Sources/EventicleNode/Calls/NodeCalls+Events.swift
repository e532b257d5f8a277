internal import EventicleCore

// Streams, and the instances of sagas.
extension NodeCalls {
  static func emit(_ arguments: JSON, in transaction: Transaction) throws -> NodeAnswer {
    let events = try NodeEvents.new(arguments["events"])
    return .events(
      try transaction.emit(events, to: StreamName(arguments["stream"].string ?? "")))
  }

  /// The most events of one answer.
  private static let most = 10_000

  static func history(ofStreams arguments: JSON, _ reading: some NodeReading) -> NodeAnswer {
    let names =
      arguments["stream"].string.map { [$0] }
      ?? arguments["stream"].array?.compactMap(\.string) ?? []
    let streams = names.map { reading.workspace.stream(StreamName($0)) }
    let after = max(0, arguments["after"].integer ?? 0)
    let limit = min(max(1, arguments["limit"].integer ?? most), most)
    let positions = reading.lend { world in
      NodeCalls.positions(of: streams, after: after, limit: limit, in: world)
    }
    let events = positions.compactMap { position in
      reading.lend { world in world.log.event(at: position) }.flatMap { reading.opened($0) }
    }
    var message = MessageWriter(
      "next", positions.count == limit ? .int(positions.last?.number ?? 0) : .null)
    message.member("events", events)
    return .raw(message.whole)
  }

  /// The positions of the next events of several streams, in the order of the log.
  static func positions(
    of streams: [StreamName], after: Int, limit: Int, in world: borrowing World
  ) -> [Position] {
    var found: [Position] = []
    for stream in streams {
      var place = world.log.place(in: stream, after: Position(after)).number
      for _ in 0..<limit {
        guard let position = world.log.position(of: stream, at: StreamPosition(place)) else {
          break
        }
        found.append(position)
        place += 1
      }
    }
    guard streams.count > 1 else { return found }
    return Array(Set(found).sorted { $0.number < $1.number }.prefix(limit))
  }

  // MARK: - Sagas

  /// All instances of all sagas that are kept.
  ///
  /// - Parameter withEvents: Whether each tells the events of its last steps.
  static func sagas(
    _ reading: some NodeReading, _ host: NodeHost, withEvents: Bool = false
  ) -> [JSON] {
    reading.lend { world in
      var found: [JSON] = []
      for saga in host.declared(.saga) {
        let name = saga.text("name")
        for place in 0..<world.sagas.count(of: name) {
          guard let instance = world.sagas.instance(of: name, at: place) else { continue }
          var timers = JSON.emptyObject
          for timer in instance.timers {
            let armed = world.timers.timer(TimerKey(instance.key, timer))
            timers[timer] = armed?.schedule.recurs == true ? "cron" : "timeout"
          }
          var form: JSON = [
            "saga": .string(name), "id": .string(instance.key.instanceID), "data": instance.data,
            "timers": timers, "ended": .bool(instance.hasEnded),
            "createdAt": .int(Int(instance.startedAt.milliseconds)),
          ]
          if withEvents {
            form["events"] = .array(events(of: instance, in: world).map(NodeCalls.form))
          }
          found.append(form)
        }
      }
      return found
    }
  }

  /// The events of the last steps of an instance, oldest first.
  static func sagaEvents(_ arguments: JSON, _ reading: some NodeReading) -> NodeAnswer {
    let key = SagaKey(arguments["saga"].string ?? "", arguments["id"].string ?? "")
    let events = reading.lend { world in
      world.sagas.instance(key).map { NodeCalls.events(of: $0, in: world) } ?? []
    }
    return .events(events.compactMap { reading.opened($0) })
  }

  private static func events(of instance: SagaInstance, in world: borrowing World) -> [Event] {
    var found: [Event] = []
    for step in instance.recentSteps {
      guard case .event(let position) = step.trigger, let event = world.log.event(at: position)
      else { continue }
      found.append(event)
    }
    return found
  }

  static func lock(_ arguments: JSON, in transaction: Transaction) throws -> NodeAnswer {
    let id = arguments["id"].string ?? arguments["id"].description
    if arguments["try"].bool == true { return .value(.bool(transaction.tryLock(id))) }
    try transaction.withLock(id) {}
    return .value(true)
  }
}
