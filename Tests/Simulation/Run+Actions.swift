import EventicleCore

extension Run {
  /// Runs a seed.
  static func result(of seed: UInt64, _ options: RunOptions = RunOptions()) -> RunResult {
    guard var run = try? Run(seed: seed, options: options) else {
      var result = RunResult()
      result.violation = (0, .comesToRest, "The domain of seed \(seed) is not sound.")
      return result
    }
    var action = 0
    do {
      while action < options.actions {
        run.random = SeededRandom(seed, action)
        if !options.without.contains(action) { try run.act() }
        action += 1
      }
      run.random = SeededRandom(seed, action)
      if options.isBrief {
        try RepeatChecks(run: run).check(seed)
        try BranchChecks(run: run).check(seed)
      } else {
        try run.finish(seed)
      }
    } catch let violation as Violation {
      run.result.violation = (action, violation.invariant, violation.description)
    } catch {
      run.result.violation = (action, .comesToRest, "\(error)")
    }
    run.result.deliveries = run.checker.deliveries
    run.result.sagas = run.checker.started
    run.result.endedSagas = run.checker.ended
    run.result.milliseconds = (run.engine.world.clock - Instant.standardStart).milliseconds
    run.result.digest = run.digest.value
    return run.result
  }

  /// Performs one random action, and some or all of what follows from it.
  private mutating func act() throws {
    let kind = random.roll(24)
    options.show?("action of kind \(kind)")
    switch kind {
    case 0...4: try command()
    case 5: try askAgain()
    case 6...10: try sagaEvent()
    case 11: try emitAgain()
    case 12, 13: try pass(.milliseconds(Int64(random.roll(90_000))))
    case 14: try jump()
    case 15: try someGroup().map { _ = try perform(.pause($0)) }
    case 16, 17: try someGroup().map { _ = try perform(.resume($0)) }
    case 18: try move()
    case 19: try dealWithParked()
    case 20: try subscribeOrNot()
    case 21: try impossible()
    case 22:
      if let timer = engine.world.timers.next { _ = try perform(.fire(timer.key)) }
    default:
      if random.chance(oneIn: 4), let name = random.pick(plan.aggregates) {
        _ = try perform(.trim(StreamName(name), keeping: random.roll(12)))
      }
    }
    if random.chance(oneIn: 4) {
      for _ in 0..<random.roll(4) where engine.hasWork { _ = try perform(.deliver) }
    } else {
      try settle()
    }
  }

  /// Delivers until nothing waits.
  mutating func settle() throws {
    var count = 0
    while engine.hasWork {
      count += 1
      guard count < Simulation.mostDeliveries else {
        throw Violation(.comesToRest, "Deliveries do not come to an end.")
      }
      _ = try perform(.deliver)
    }
  }

  /// Advances the clock and does what falls due on the way.
  mutating func pass(_ interval: Interval) throws {
    let end = engine.world.clock + interval
    var count = 0
    while let due = engine.nextDue(upTo: end) {
      count += 1
      guard count < Simulation.mostDue(within: interval) else {
        throw Violation(.comesToRest, "Timers do not come to an end.")
      }
      _ = try perform(due)
      try settle()
    }
    if end > engine.world.clock { _ = try perform(.moveClock(end)) }
    if let late = checker.firing.values.min(), late < engine.world.clock {
      throw Violation(
        .timersAreKept, "A timer was due at \(late), and now it is \(engine.world.clock).")
    }
  }

  /// Jumps by hours, days or weeks, beyond the range of a 32-bit timer.
  private mutating func jump() throws {
    if options.isBrief { return try pass(.minutes(Int64(random.roll(6)))) }
    let minutes = [900, 900, 900, 4_000, 60_000][random.roll(5)]
    // A saga that may wait makes every minute of its cron timers wait too, so the jump is shorter.
    let mayWait = plan.consumers.contains { consumer in
      guard consumer.name.kind == .saga else { return false }
      let isLive = engine.world.group(consumer.group)?.status == .live
      return !isLive || consumer.options.policy.ending == .stop
    }
    try pass(.minutes(Int64(random.roll(mayWait ? 900 : minutes))))
  }

  // MARK: - Actions

  /// Chooses the consumer that has trouble with an event, and how long it fails or stays busy.
  mutating func trouble(_ data: inout JSON) {
    data["w"] = .int(random.chance(oneIn: 3) ? random.roll(plan.everybody.count) : -1)
    switch random.roll(3) {
    case 0: data["b"] = .int([1, 300, 20_000, 90_000, 40_000_000][random.roll(5)])
    case 1: data["p"] = .int([5, 900, 40_000][random.roll(3)])
    default: break
    }
  }

  private mutating func sagaEvent() throws {
    // An event that was not acknowledged is sent again first.
    if let sent = client.takesUnheard() { return try send(sent) }
    let keys = checker.live.values.flatMap(\.keys).sorted()
    let fresh = "k\(random.roll(3))"
    let key = random.chance(oneIn: 3) ? fresh : random.pick(keys) ?? fresh
    var type: EventType = ["Opened", "Opened", "Poked", "Poked", "Poked", "Moved", "Closed"][
      random.roll(7)]
    if type == "Opened", !checker.hasSettled(key) { type = "Poked" }
    let number = checker.facts.count
    var data: JSON = [
      "k": .string(key), "op": .int(random.roll(4)),
      "after": .int([0, 1_000, 45_000, 3_000_000, 2_500_000_000][random.roll(5)]),
      "tb": .int(random.chance(oneIn: 2) ? 0 : random.roll(200_000)),
    ]
    trouble(&data)
    if type == "Moved" { data["to"] = .string("\(fresh)m\(number)-\(random.roll(1_000_000))") }
    let id = EventID("client-\(number)-\(random.roll(1_000_000))")
    try send(
      Client.Sent(
        event: NewEvent(type, DomainID(key), data: data, id: id), stream: DomainPlan.sagaStream))
  }

  private mutating func send(_ sent: Client.Sent) throws {
    client.sends(sent)
    guard let step = try perform(.emit([sent.event], to: sent.stream)) else { return }
    if let problem = step.problem {
      throw Violation(.repeatsAreKnown, "An event was refused: \(problem)")
    }
    client.isTold(of: .emit([sent.event], to: sent.stream), step)
  }

  private mutating func emitAgain() throws {
    guard var sent = random.pick(client.heard) else { return }
    let count = engine.world.log.count
    if random.chance(oneIn: 2) {
      sent.event.data = JSONBytes(["k": "other"])
      let step = engine.perform(.emit([sent.event], to: sent.stream))
      guard step.problem != nil, engine.world.log.count == count else {
        throw Violation(.repeatsAreKnown, "An id was given to another event.")
      }
      return
    }
    _ = try perform(.emit([sent.event], to: sent.stream))
    guard engine.world.log.count == count else {
      throw Violation(.repeatsAreKnown, "An event was appended twice.")
    }
  }

  private mutating func someGroup() -> GroupName? { random.pick(plan.everybody)?.group }

  private mutating func move() throws {
    guard let consumer = random.pick(plan.everybody), consumer.name.kind != .saga else { return }
    let target = Position(random.roll(engine.world.log.count + 1))
    let step = try perform(.move(consumer.group, after: target))
    if step?.problem == nil, step?.entries.isEmpty == false, !engine.hasWork,
      let group = engine.world.group(consumer.group), group.position < target
    {
      throw Violation(
        .groupsObey, "\(consumer.group) was moved to \(target) and is at \(group.position).")
    }
  }

  private mutating func subscribeOrNot() throws {
    let group = plan.subscription.group
    let isThere = engine.isGroupTaken(group)
    let step =
      isThere
      ? try engine.unsubscribe(group)
      : try engine.subscribe(
        group, to: plan.subscription.streams, after: Position(0),
        options: plan.subscription.options, plan.subscriber)
    if !step.entries.isEmpty { try written(step, from: nil) }
  }

  /// Tries inputs that must be rejected and change nothing.
  private mutating func impossible() throws {
    let before = hash(engine.world)
    let inputs: [Input] = [
      .moveClock(engine.world.clock - .seconds(1)), .redrive(9_999), .pause("nobody"),
      .fire(TimerKey(SagaKey("g0", "none"), "t")), .dispatch(CommandIntent("Nonsense")),
      .emit([NewEvent("")], to: "a0"),
    ]
    for input in inputs {
      let step = engine.perform(input)
      guard step.problem != nil, step.entries.isEmpty, hash(engine.world) == before else {
        throw Violation(.refusalLeavesNothing, "Something impossible was done: \(input).")
      }
    }
  }

  // MARK: - The end of a run

  /// Resumes every group, and lets enough time pass for all retries.
  private mutating func goOn() throws {
    for consumer in plan.everybody { _ = try perform(.resume(consumer.group)) }
    try settle()
    try pass(.hours(14))
  }

  /// Ends every live saga.
  private mutating func closeSagas() throws {
    for key in Set(checker.live.values.flatMap(\.keys)).sorted() {
      let event = NewEvent("Closed", DomainID(key), data: ["k": .string(key), "w": -1])
      try send(Client.Sent(event: event, stream: DomainPlan.sagaStream))
    }
    try settle()
    try goOn()
    if let rest = checker.instances.keys.first {
      throw Violation(.comesToRest, "\(rest) cannot be brought to its end.")
    }
    guard checker.started == checker.ended else {
      throw Violation(
        .comesToRest, "\(checker.started) sagas were started, and \(checker.ended) ended.")
    }
  }

  /// Stops all faults and checks that everything comes to rest.
  private mutating func finish(_ seed: UInt64) throws {
    isCalm = true
    while let sent = client.takesUnheard() { try send(sent) }
    for asked in client.asked { try ask(asked) }
    if !isWhole {
      isWhole = true
      try recover(after: engine.world)
      isWhole = true
    }
    for _ in 0..<6 { try goOn() }
    try closeSagas()
    try checker.finish(engine.world, domain)
    try client.finish(engine.world, checker)
    if options.isDeep { try DeepChecks(run: self, history: history).run(seed) }
    try RepeatChecks(run: self).check(seed)
  }
}
