package import EventicleCore

extension Summary {
  /// A journal entry, with its cause and what it did.
  ///
  /// - Parameter world: Knows the keys by which people name saga instances.
  package static func entry(
    _ entry: JournalEntry, _ index: JournalIndex, in world: World
  ) -> JSON {
    var summary: JSON = [
      "journal": .int(index.number), "at": .string(entry.instant.description),
      "cause": entry.cause.map { .int($0.number) } ?? .null, "byUser": .bool(entry.isByUser),
    ]
    for (name, value) in members(of: entry.kind) { summary[name] = value }
    if let key = saga(of: entry.kind) {
      summary["key"] = world.sagas.instance(key)?.correlation.map { .string($0) } ?? .null
    }
    if let problem = entry.kind.problem { summary["problem"] = .string(problem) }
    return summary
  }

  /// How a command, a delivery or a timer ended; `nil` for what has no outcome.
  package static func outcome(of kind: JournalEntry.Kind) -> String? {
    switch kind {
    case .command(_, _, _, let outcome): name(of: outcome)
    case .delivery(_, _, _, let outcome), .timerFired(_, _, let outcome):
      outcomeMembers(outcome).first?.1.string
    default: nil
    }
  }

  /// The saga instance that an entry is about.
  private static func saga(of kind: JournalEntry.Kind) -> SagaKey? {
    switch kind {
    case .delivery(_, let consumer, let instance?, _): SagaKey(consumer.name, instance)
    case .timerArmed(let key, _, _, _), .timerCancelled(let key), .timerFired(let key, _, _):
      key.owner
    case .sagaEnded(let key, _), .sagaIntervention(let key, _, _): key
    default: nil
    }
  }

  private static func members(of kind: JournalEntry.Kind) -> [(String, JSON)] {
    switch kind {
    case .command(let type, let data, let response, let outcome):
      [
        ("kind", "command"), ("command", .string(type)), ("data", data.value),
        ("response", response ?? .null), ("outcome", .string(name(of: outcome))),
      ] + waiting(outcome)
    case .append(let position, let type):
      [("kind", "append"), ("position", .int(position.number)), ("type", .string(type.text))]
    case .imported(let position, let type):
      [("kind", "import"), ("position", .int(position.number)), ("type", .string(type.text))]
    case .delivery(let position, let consumer, let instance, let outcome):
      [
        ("kind", "deliver"), ("position", .int(position.number)),
        ("consumer", .string(consumer.name)), ("consumerKind", .string(consumer.kind.rawValue)),
        ("instanceId", instance.map { .string($0) } ?? .null),
      ] + outcomeMembers(outcome)
    case .acted(let position, let consumer, let act):
      [
        ("kind", .string("deliver.\(word(of: act))")), ("position", .int(position.number)),
        ("consumer", .string(consumer.name)), ("consumerKind", .string(consumer.kind.rawValue)),
      ] + until(act)
    case .timerArmed(let key, let due, let schedule, let again):
      timer(again ? "timer.rearm" : "timer.arm", key) + [
        ("due", .string(due.description)), ("schedule", .string(schedule.description)),
      ]
    case .timerCancelled(let key): timer("timer.cancel", key)
    case .timerFired(let key, let due, let outcome):
      timer("timer.fire", key) + [("due", .string(due.description))] + outcomeMembers(outcome)
    case .sagaEnded(let key, let kept):
      [
        ("kind", "saga.end"), ("saga", .string(key.saga)),
        ("instanceId", .string(key.instanceID)), ("kept", .bool(kept)),
      ]
    case .sagaIntervention(let key, let intervention, let reason):
      [
        ("kind", intervention == .corrected ? "saga.correct" : "saga.stop"),
        ("saga", .string(key.saga)), ("instanceId", .string(key.instanceID)),
        ("reason", .string(reason)),
      ]
    case .clock(let from, let to):
      [("kind", "clock"), ("from", .string(from.description)), ("to", .string(to.description))]
    case .group(let group, let action):
      [("kind", "group"), ("group", .string(group.text))] + members(of: action)
    case .parkedEdited(let number): [("kind", "parked.edit"), ("parked", .int(number))]
    case .parkedDropped(let number): [("kind", "parked.drop"), ("parked", .int(number))]
    case .trimmed(let stream, let through):
      [("kind", "trim"), ("stream", .string(stream.text)), ("through", .int(through.number))]
    case .trouble: [("kind", "trouble")]
    }
  }

  private static func word(of act: DeliveryAct) -> String {
    switch act {
    case .deliver: "early"
    case .delay: "delay"
    case .drop: "drop"
    case .duplicate: "dup"
    case .crash: "crash"
    }
  }

  private static func until(_ act: DeliveryAct) -> [(String, JSON)] {
    if case .delay(let until) = act { [("due", .string(until.description))] } else { [] }
  }

  private static func waiting(_ outcome: CommandOutcome) -> [(String, JSON)] {
    guard case .waiting(let reason, let until) = outcome else { return [] }
    return [("reason", .string(reason)), ("until", .string(until.description))]
  }

  private static func timer(_ kind: JSON, _ key: TimerKey) -> [(String, JSON)] {
    [
      ("kind", kind), ("saga", .string(key.owner.saga)),
      ("instanceId", .string(key.owner.instanceID)), ("timer", .string(key.name)),
    ]
  }

  private static func outcomeMembers(_ outcome: StepOutcome) -> [(String, JSON)] {
    switch outcome {
    case .handled: [("outcome", "handled")]
    case .started: [("outcome", "started")]
    case .ignored(let reason): [("outcome", "ignored"), ("reason", .string(reason))]
    case .duplicate: [("outcome", "duplicate")]
    case .offered(let attempt, let until):
      [
        ("outcome", "offered"), ("attempt", .int(attempt)), ("until", .string(until.description)),
      ]
    case .failed: [("outcome", "failed")]
    case .retrying(_, let attempt, let until):
      [
        ("outcome", "retrying"), ("attempt", .int(attempt)),
        ("until", .string(until.description)),
      ]
    case .skipped: [("outcome", "skipped")]
    case .stopped: [("outcome", "stopped")]
    }
  }

  private static func members(of action: GroupAction) -> [(String, JSON)] {
    switch action {
    case .subscribed(let position):
      [("action", "subscribe"), ("after", .int(position.number))]
    case .paused: [("action", "pause")]
    case .resumed: [("action", "resume")]
    case .moved(let position): [("action", "move"), ("after", .int(position.number))]
    case .migrated(let count): [("action", "migrate"), ("instances", .int(count))]
    case .rebuilt(let rows): [("action", "rebuild"), ("rows", .int(rows))]
    case .closed: [("action", "close")]
    case .deleted: [("action", "delete")]
    }
  }

  private static func name(of outcome: CommandOutcome) -> String {
    switch outcome {
    case .done: "done"
    case .reported: "reported"
    case .rejected: "rejected"
    case .failed: "failed"
    case .waiting: "waiting"
    }
  }
}
