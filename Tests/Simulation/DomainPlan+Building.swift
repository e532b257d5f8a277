import EventicleCore

/// The error of a handler whose event tells it to fail.
struct Trouble: Error, CustomStringConvertible {
  let description: String
}

extension DomainPlan {
  /// The domain that behaves as planned.
  ///
  /// - Parameter isWhole: Whether the domain includes the consumers that come and go.
  func domain(isWhole: Bool) -> Domain {
    let present = consumers.enumerated().filter { isWhole || !$0.element.comesAndGoes }
    func each(_ kind: ConsumerKind) -> [(index: Int, consumer: Consumer)] {
      present.filter { $0.element.name.kind == kind }.map { ($0.offset, $0.element) }
    }
    let roots = zip(aggregates, machines).map { DomainPlan.root($0, isMachine: $1) }
    return Domain(
      "simulated", aggregates: roots, commands: commands(roots),
      views: each(.view).map { DomainPlan.view($1, $0) },
      sagas: each(.saga).enumerated().map { saga($1.consumer, $1.index, habits[$0]) },
      adapters: each(.adapter).map { DomainPlan.adapter($1, $0) })
  }

  // MARK: - Aggregates and commands

  private static func root(_ name: String, isMachine: Bool) -> AggregateRoot {
    let machine = StateMachine(
      "Lamp", initial: "off",
      states: [
        .state("off", .on("GO", to: "on")), .state("on", .on("GO", to: "off")),
      ])
    return AggregateRoot(
      name, stream: StreamName(name), idPrefix: name, machine: isMachine ? machine : nil,
      reducers: [
        "Added": { state, event in
          state["c"] = .int((state["c"].integer ?? 0) + 1)
          state["n"] = .int((state["n"].integer ?? 0) + (event.data["n"].integer ?? 0))
        }
      ])
  }

  private func commands(_ roots: [AggregateRoot]) -> [Command] {
    let adding = roots.enumerated().map { index, root in
      Command("Add\(index)", stream: root.stream) { data, transaction in
        try AddCommand(roots: roots, index: index, data: data).run(in: transaction)
      }
    }
    let acknowledge = Command("Acknowledge", stream: "a0") { data, transaction in
      try transaction.delete("Outbox", data["row"].string ?? "")
      return CommandResult()
    }
    return adding + [acknowledge]
  }

  // MARK: - Consumers

  /// Fails, or spends time, if the event says so for this consumer.
  static func suffer(_ event: Event, _ me: Int, _ transaction: Transaction) throws {
    let data = event.data.value
    guard data["w"].integer == me else { return }
    if transaction.now < event.createdAt + .milliseconds(Int64(data["b"].integer ?? 0)) {
      throw Trouble(description: "\(event.type) is too much for consumer \(me) now.")
    }
    transaction.spend(.milliseconds(Int64(data["p"].integer ?? 0)))
  }

  private static func fold(_ event: Event, into type: String, _ transaction: Transaction) throws {
    try transaction.change(type, event.key) { row in
      row["c"] = .int((row["c"].integer ?? 0) + 1)
      row["n"] = .int((row["n"].integer ?? 0) + (event.data["n"].integer ?? 0))
    }
  }

  private static func view(_ plan: Consumer, _ me: Int) -> EventView {
    let name = plan.name.name
    guard plan.isRaw else {
      return EventView(
        name, streams: plan.streams, group: plan.group, options: plan.options,
        on: [
          "Added": { event, transaction in
            try fold(event, into: name, transaction)
            try suffer(event, me, transaction)
          }
        ])
    }
    return EventView(
      name, streams: plan.streams, group: plan.group, options: plan.options,
      onRaw: { encoded, transaction in
        let event = try JSONEventCodec().decode(encoded)
        try fold(event, into: name, transaction)
        try suffer(event, me, transaction)
      })
  }

  private static func adapter(_ plan: Consumer, _ me: Int) -> EventAdapter {
    let name = plan.name.name
    return EventAdapter(
      name, streams: plan.streams, group: plan.group, options: plan.options,
      on: [
        "Added": { event, transaction in
          try transaction.put("Outbox", "\(name)/\(event.id)", ["event": .string(event.id.text)])
          try suffer(event, me, transaction)
        }
      ])
  }

  /// The handler of the subscription.
  var subscriber: SubscriptionBody {
    let me = consumers.count
    return .events { event, transaction in
      try DomainPlan.fold(event, into: "sub", transaction)
      try DomainPlan.suffer(event, me, transaction)
    }
  }

  // MARK: - Sagas

  private func saga(_ plan: Consumer, _ me: Int, _ habits: SagaHabits) -> Saga {
    let key: Saga.Value = { $0.data["k"] }
    return Saga(plan.name.name, streams: plan.streams).taking(plan.options)
      .startOn("Opened", unlessLive: "k", value: key) { step, event in
        let data = event.data.value
        step["k"] = data["k"]
        step["p"] = 0
        step["f"] = 0
        step["bad"] = .int(Int(step.now.milliseconds) + (data["tb"].integer ?? 0))
        try step.upsertTimer("t", after: .milliseconds(Int64(data["after"].integer ?? 0)))
        try step.upsertTimer("c", cron: "*/\(habits.cronMinutes) * * * *")
        try DomainPlan.suffer(event, me, step.transaction)
      }
      .on("Poked", matching: "k", value: key) { step, event in
        let data = event.data.value
        step["p"] = .int((step["p"].integer ?? 0) + 1)
        switch data["op"].integer ?? 0 {
        case 0: try step.upsertTimer("t", after: .milliseconds(Int64(data["after"].integer ?? 0)))
        case 1: step.removeTimer("t")
        case 2: _ = try? step.dispatch("Add0", ["mode": 1, "n": 1])
        default: try step.dispatch("Add0", ["mode": 0, "n": 1, "w": -1])
        }
        try DomainPlan.suffer(event, me, step.transaction)
      }
      .on("Moved", matching: "k", value: key) { step, event in
        step["k"] = event.data["to"]
        try DomainPlan.suffer(event, me, step.transaction)
      }
      .on("Closed", matching: "k", value: key) { step, event in
        step.end(keepingData: habits.keepsData)
        try DomainPlan.suffer(event, me, step.transaction)
      }
      .onTimer("t") { step in
        step["f"] = .int((step["f"].integer ?? 0) + 1)
        if (step["f"].integer ?? 0) < 3 { try step.upsertTimer("t", after: .seconds(30)) }
        try step.dispatch("Add0", ["mode": 0, "n": 2, "w": -1])
        if step.now.milliseconds < Int64(step["bad"].integer ?? 0) {
          throw Trouble(description: "The timer came too early for its handler.")
        }
        if habits.endsByTimer, (step["f"].integer ?? 0) == 2 {
          step.end(keepingData: habits.keepsData)
        }
      }
      .onTimer("c") { step in
        step["f"] = .int((step["f"].integer ?? 0) + 1)
        if (step["f"].integer ?? 0) > 3 { step.end(keepingData: habits.keepsData) }
      }
  }
}
