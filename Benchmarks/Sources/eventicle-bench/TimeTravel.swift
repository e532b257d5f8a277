import EventicleCore

/// Looking at the past.
enum TimeTravel {
  static let all = [
    Bench("step_back", [1_000, 10_000, 100_000, 1_000_000], unit: "step", run: back),
    Bench("step_forward", [1_000, 10_000, 100_000, 1_000_000], unit: "step", run: forward),
    Bench("jump", [1_000, 10_000, 100_000, 1_000_000], runs: 3, unit: "jump", run: jump),
    Bench("jump_far", [10_000_000], runs: 1, unit: "jump", run: jump),
  ]

  private static let account = AggregateRoot(
    "Account", stream: "payments",
    reducers: [
      "PaymentCaptured": { state, event in
        state["sum"] = .int(
          (state["sum"].integer ?? 0) + (event.data["amount"].integer ?? 0))
      }
    ])

  /// About so many journal entries: half of them events, half what a view did with them.
  private static func recorder(entries: Int) throws -> Recorder {
    var recorder = try Recorder(
      Domain("bench", aggregates: [account], views: [Reading.view]))
    for number in 0..<(entries / 2) { recorder.emit(Payments.event(number), to: "payments") }
    recorder.arrive()
    try prove(recorder.timeline.count, entries / 2 * 2, "journal entries")
    return recorder
  }

  @Sendable private static func back(_ count: Int) throws -> Sample {
    let timeline = try recorder(entries: count).timeline
    var cursor = timeline.headCursor
    var world = timeline.head
    let steps = min(1_000, count / 2)
    var times: [Double] = []
    var sample = measure(steps) {
      for _ in 0..<steps {
        let before = Clock.now()
        guard let earlier = timeline.previous(before: cursor) else { break }
        world = timeline.world(at: earlier, nearby: (cursor, world))
        cursor = earlier
        times.append(Clock.now() - before)
      }
      return world.log.count
    }
    try prove(sample.check, count / 2 - steps, "events seen")
    try prove(try Reading.rows(world).count, count / 2 - steps, "payments in the rows")
    sample.more = Percentiles(times).figures
    return sample
  }

  @Sendable private static func forward(_ count: Int) throws -> Sample {
    let timeline = try recorder(entries: count).timeline
    let steps = min(1_000, count / 2)
    var cursor = timeline.cursor(after: Position(count / 2 - steps))
    var world = timeline.world(at: cursor)
    var times: [Double] = []
    var sample = measure(steps) {
      for _ in 0..<steps {
        let before = Clock.now()
        guard let later = timeline.next(after: cursor) else { break }
        world = timeline.world(at: later, nearby: (cursor, world))
        cursor = later
        times.append(Clock.now() - before)
      }
      return world.log.count
    }
    try prove(sample.check, count / 2, "events seen")
    try prove(try Reading.rows(world).count, count / 2, "payments in the rows")
    sample.more = Percentiles(times).figures
    return sample
  }

  /// All rows and one aggregate as of any event.
  @Sendable private static func jump(_ count: Int) throws -> Sample {
    let timeline = try recorder(entries: count).timeline
    var dice = Dice(11)
    let targets = (0..<1_000).map { _ in dice.next(below: count / 2) + 1 }
    var times: [Double] = []
    var found: [(rows: (count: Int, sum: Int), state: Int)] = []
    var sample = try measure(targets.count) {
      for target in targets {
        let before = Clock.now()
        let world = timeline.world(at: timeline.cursor(after: Position(target)))
        let rows = try Reading.rows(world)
        let id = DomainID("payment-\(target % Payments.customers)")
        let state = account.state(of: id, in: world)?.state["sum"].integer ?? 0
        times.append(Clock.now() - before)
        found.append((rows, state))
      }
      return found.count
    }
    for (target, result) in zip(targets, found) {
      try prove(result.rows.count, target, "payments in the rows at \(target)")
      try prove(result.rows.sum, Payments.sum(target), "sum of the rows at \(target)")
      let customer = target % Payments.customers
      let known = stride(from: customer, to: target, by: Payments.customers)
        .reduce(0) { $0 + Payments.amount($1) }
      try prove(result.state, known, "the aggregate at \(target)")
    }
    sample.more = Percentiles(times).figures
    return sample
  }
}
