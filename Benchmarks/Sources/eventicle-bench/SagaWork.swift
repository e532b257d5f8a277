import EventicleCore

/// Sagas and their timers, among many that are live.
enum SagaWork {
  static let all = [
    Bench("saga", [100, 1_000, 10_000, 100_000], unit: "step", run: steps),
    Bench("saga_timer", [1, 100, 10_000, 100_000], unit: "step", run: timerSteps),
    Bench("timers", [10_000, 100_000, 1_000_000], runs: 3, unit: "timer", run: timers),
  ]

  private static let limit = Interval.hours(1)

  /// A saga for each thing; `Armed` arms its timer, `Calmed` calls it off.
  private static func saga(arming: Bool) -> Saga {
    let byThing: Saga.Value = { $0.domainID.map { .string($0.text) } }
    func on(_ saga: Saga, _ type: EventType, _ body: @escaping Saga.EventStep) -> Saga {
      saga.on(type, matching: "thing", value: byThing, do: body)
    }
    var saga = Saga("Follow", streams: ["things"])
      .startOn("Begun") { step, event in
        step["thing"] = .string(event.domainID?.text ?? "")
        if arming { try step.upsertTimer("late", after: limit) }
      }
      .onTimer("late") { step in step["late"] = true }
    saga = on(saga, "Touched") { step, _ in
      step["touched"] = .int((step["touched"].integer ?? 0) + 1)
      if arming { try step.upsertTimer("late", after: limit) }
    }
    saga = on(saga, "Noted") { step, _ in
      step["noted"] = .int((step["noted"].integer ?? 0) + 1)
    }
    saga = on(saga, "Armed") { step, _ in
      step["noted"] = .int((step["noted"].integer ?? 0) + 1)
      try step.upsertTimer("late", after: limit)
    }
    return on(saga, "Calmed") { step, _ in
      step["noted"] = .int((step["noted"].integer ?? 0) + 1)
      step.removeTimer("late")
    }
  }

  private static func start(_ count: Int, _ recorder: inout Recorder) -> Double {
    let before = Clock.now()
    for number in 0..<count {
      recorder.emit(NewEvent("Begun", DomainID("thing-\(number)")), to: "things")
    }
    return Clock.now() - before
  }

  /// Seconds for an event of a type to each of some instances, spread over all.
  private static func send(
    _ type: EventType, _ rounds: Int, among count: Int, _ recorder: inout Recorder
  ) -> Double {
    let before = Clock.now()
    for round in 0..<rounds {
      let id = DomainID("thing-\((round * 7_919) % count)")
      recorder.emit(NewEvent(type, id), to: "things")
    }
    return Clock.now() - before
  }

  private static func sum(_ member: String, _ recorder: Recorder) -> Int {
    let sagas = recorder.world.sagas
    return (0..<sagas.count(of: "Follow")).reduce(0) {
      $0 + (sagas.instance(of: "Follow", at: $1)?.data[member].integer ?? 0)
    }
  }

  @Sendable private static func steps(_ count: Int) throws -> Sample {
    try run(count, arming: false)
  }

  @Sendable private static func timerSteps(_ count: Int) throws -> Sample {
    try run(count, arming: true)
  }

  /// Starts so many, then takes three steps of each, or as many as make a good measurement.
  private static func run(_ count: Int, arming: Bool) throws -> Sample {
    var recorder = try Recorder(Domain("bench", sagas: [saga(arming: arming)]))
    let started = start(count, &recorder)
    // Fewer where instructions are counted, which takes long.
    let rounds = min(30_000, count * 300)
    var sample = measure(rounds) {
      _ = send("Touched", rounds, among: count, &recorder)
      return recorder.world.sagas.count(of: "Follow")
    }
    try prove(sample.check, count, "live instances")
    try prove(sum("touched", recorder), rounds, "steps taken")
    try prove(recorder.world.timers.count, arming ? count : 0, "armed timers")
    sample.more = [
      ("start_us", started / Double(count) * 1e6),
      ("step_us", sample.seconds / Double(rounds) * 1e6),
    ]
    return sample
  }

  /// So many pending: what arming and calling off add to a step, then all fire.
  @Sendable private static func timers(_ count: Int) throws -> Sample {
    var recorder = try Recorder(Domain("bench", sagas: [saga(arming: true)]))
    let started = start(count, &recorder)
    try prove(recorder.world.timers.count, count, "armed timers")
    // Half of them at most are called off, so that there is something to fire.
    let rounds = min(count / 2, 10_000)
    let plain = send("Noted", rounds, among: count, &recorder)
    let armed = send("Armed", rounds, among: count, &recorder)
    let calmed = send("Calmed", rounds, among: count, &recorder)
    try prove(sum("noted", recorder), 3 * rounds, "steps taken")
    let left = recorder.world.timers.count
    let end = recorder.world.clock + limit + limit
    var sample = measure(left) {
      var fired = 0
      while let due = recorder.engine.nextDue(upTo: end) {
        recorder.perform(due)
        fired += 1
      }
      return fired
    }
    try prove(sample.check, left, "timers fired")
    try prove(recorder.world.timers.count, 0, "timers left")
    let each = Double(rounds) / 1e6
    sample.more = [
      ("start_us", started / Double(count) * 1e6), ("plain_step_us", plain / each),
      ("add_us", (armed - plain) / each), ("cancel_us", (calmed - plain) / each),
      ("fire_us", sample.seconds / Double(left) * 1e6),
    ]
    return sample
  }
}
