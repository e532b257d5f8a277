package import EventicleCore

/// The JSON that looking verbs print, with one shape for each kind of thing.
package enum Summary {
  /// Adds the workspace to a summary, unless it is the system's.
  package static func of(_ workspace: Workspace, _ summary: JSON) -> JSON {
    guard workspace.isTenant else { return summary }
    var summary = summary
    summary["workspace"] = .string(workspace.text)
    return summary
  }

  /// An event in its file format, with its positions.
  package static func event(_ event: Event, _ position: Position, in log: EventLog) -> JSON {
    guard var summary = try? JSON(parsing: event.json) else { return .null }
    summary["position"] = .int(position.number)
    summary["streamPosition"] = .int(log.streamPosition(of: position).number)
    return summary
  }

  /// An aggregate at a version.
  package static func aggregate(_ key: AggregateKey, _ state: JSON, _ version: Version) -> JSON {
    of(
      key.workspace,
      [
        "type": .string(key.type), "id": .string(key.id.text), "version": .int(version.number),
        "state": state,
      ])
  }

  /// A saga instance with its timers.
  package static func saga(_ instance: SagaInstance, in world: World) -> JSON {
    let timers = instance.timers.compactMap { name in
      world.timers.timer(TimerKey(instance.key, name)).map { timer($0, in: world) }
    }
    let summary: JSON = [
      "saga": .string(instance.key.saga), "instanceId": .string(instance.key.instanceID),
      "key": instance.correlation.map { .string($0) } ?? .null,
      "data": instance.data, "ended": .bool(instance.hasEnded), "timers": .array(timers),
      "steps": .int(instance.steps),
    ]
    return of(instance.workspace, summary)
  }

  /// A timer, with the time until it is due.
  package static func timer(_ timer: Timer, in world: World) -> JSON {
    let instance = world.sagas.instance(timer.key.owner)
    var summary: JSON = [
      "saga": .string(timer.key.owner.saga), "instanceId": .string(timer.key.owner.instanceID),
      "key": instance?.correlation.map { .string($0) } ?? .null,
      "timer": .string(timer.key.name), "schedule": .string(timer.schedule.description),
      "due": .string(timer.due.description),
      "in": .string((timer.due - world.clock).description),
    ]
    if let intent = world.command(of: timer.key) {
      summary["command"] = .string(intent.type)
      summary["data"] = intent.data
    }
    return of(instance?.workspace ?? .system, summary)
  }

  /// A row of a view.
  package static func row(_ record: Record) -> JSON {
    of(
      record.workspace,
      ["view": .string(record.key.type), "key": .string(record.id), "row": record.content])
  }

  /// A waiting delivery, by its index in a queue.
  ///
  /// - Parameter now: When what is in its turn is due.
  package static func delivery(
    _ index: Int, of queue: PendingDeliveries, at now: Instant, in log: EventLog
  ) -> JSON {
    let delivery = queue[index]
    let event = log.event(at: delivery.position)
    let again = queue.redelivery(at: index)
    return of(
      event?.workspace ?? .system,
      [
        "delivery": .int(index + 1), "event": .int(delivery.position.number),
        "type": .string(event?.type.text ?? ""), "consumer": .string(delivery.consumer.name),
        "kind": .string(delivery.consumer.kind.rawValue),
        "key": .string(event?.key ?? ""),
        "due": .string((again?.due ?? now).description),
        "act": again.map { JSON.string($0.reason.word) } ?? .null,
      ])
  }
}

extension Redelivery.Reason {
  /// The act of a person that it comes from, as one word.
  package var word: String {
    switch self {
    case .delayed: "delayed"
    case .duplicated: "duplicated"
    case .unacknowledged: "crashed"
    }
  }
}
