import EventicleCore

extension Run {
  /// Dispatches a command to an aggregate, with or without a tenant and an idempotency key.
  mutating func command() throws {
    var data: JSON = ["id": .int(1 + random.roll(3)), "n": .int(1 + random.roll(9))]
    trouble(&data)
    let mode = random.chance(oneIn: 2) ? 0 : random.roll(AddCommand.Mode.allCases.count)
    data["mode"] = .int(mode)
    let type = "Add\(random.roll(plan.aggregates.count))"
    let workspace = random.chance(oneIn: 2) ? random.pick(plan.tenants) : nil
    let count = AddCommand.Mode(rawValue: mode)?.eventsUnderKey
    guard let count, random.chance(oneIn: 3) else {
      _ = try perform(.dispatch(CommandIntent(type, data, workspace: workspace)))
      return
    }
    let key = "c\(client.asked.count)-\(random.roll(1_000_000))"
    data["ck"] = .string(key)
    let intent = CommandIntent(type, data, workspace: workspace, idempotencyKey: key)
    client.asks(Client.Asked(intent: intent, key: key, events: count))
    if let asked = client.asked.last { try ask(asked) }
  }

  /// Dispatches an earlier command again, acknowledged or not, or another command under its key.
  mutating func askAgain() throws {
    guard let asked = random.pick(client.asked) else { return }
    let isDone = checker.keyed[asked.key] != nil
    guard isDone, random.chance(oneIn: 3) else { return try ask(asked) }
    var data = asked.intent.data
    data["n"] = 1_000
    let before = hash(engine.world)
    let step = engine.perform(
      .dispatch(
        CommandIntent(
          asked.intent.type, data, workspace: asked.intent.workspace,
          idempotencyKey: asked.key)))
    guard step.problem != nil, step.entries.isEmpty, hash(engine.world) == before else {
      throw Violation(.repeatsAreKnown, "The key \(asked.key) was given to another command.")
    }
  }

  /// Dispatches a command under its key and checks that it ran once, however often it was
  /// dispatched.
  mutating func ask(_ asked: Client.Asked) throws {
    let wasDone = checker.keyed[asked.key] != nil
    let step = try perform(.dispatch(asked.intent))
    let count = checker.keyed[asked.key] ?? 0
    guard count == asked.events || step == nil && count == 0 else {
      throw Violation(
        .repeatsAreKnown, "\(asked.key) led to \(count) events, not \(asked.events).")
    }
    if wasDone, let step, !step.entries.isEmpty {
      throw Violation(.repeatsAreKnown, "\(asked.key) was carried out again.")
    }
  }

  /// Edits, redrives or discards parked work.
  mutating func dealWithParked() throws {
    for (number, parked) in checker.parked.sorted(by: { $0.key < $1.key }).prefix(2) {
      if case .delivery(let delivery, _) = parked.work, delivery.consumer.kind != .saga,
        random.chance(oneIn: 3)
      {
        var data = checker.facts[delivery.position.number - 1].data
        data["w"] = -1
        data["n"] = .int(50 + random.roll(9))
        _ = try perform(.edit(number, random.chance(oneIn: 4) ? nil : JSONBytes(data)))
      }
      _ = try perform(random.chance(oneIn: 3) ? .dropParked(number) : .redrive(number))
    }
  }
}
