import EventicleCore

/// Loading aggregates, and commands that change them.
enum Aggregates {
  static let all = [
    Bench("agg_load", [10, 100, 1_000, 10_000], unit: "load", growth: 1) {
      try load($0, among: 100_000)
    },
    Bench("agg_load_among", [10_000, 100_000, 1_000_000], unit: "load") {
      try load(100, among: $0)
    },
    Bench("command", [100, 1_000, 10_000, 100_000], unit: "command", run: command),
    Bench("command_create", [1_000, 10_000, 100_000], unit: "command", run: create),
  ]

  static let thing = AggregateRoot(
    "Thing", stream: "things",
    reducers: [
      "Touched": { state, event in
        let sum = state["sum"].integer ?? 0
        state["sum"] = .int(sum + (event.data["n"].integer ?? 0))
      }
    ])

  static let touch = Command(
    "Touch", stream: "things", [.required("id"), .required("n", .number)]
  ) { data, transaction in
    let id = DomainID(data["id"].string ?? "")
    var aggregate = transaction.load(thing, id) ?? transaction.new(thing, id: id)
    aggregate.raise("Touched", ["n": data["n"]])
    return CommandResult(
      response: aggregate["sum"], events: try transaction.persist(&aggregate))
  }

  static let domain = Domain("bench", aggregates: [thing], commands: [touch])

  private static func id(_ number: Int) -> DomainID { DomainID("thing-\(number)") }

  /// Loads one aggregate with so much history; so many events are stored in all.
  private static func load(_ history: Int, among stored: Int) throws -> Sample {
    var recorder = try Recorder(domain)
    let others = max(0, stored - history)
    let events = (0..<others).map { NewEvent("Touched", id($0 / 10 + 2), data: ["n": .int($0)]) }
    let own = (1...history).map { NewEvent("Touched", id(1), data: ["n": .int($0)]) }
    // The history lies all over the log, not in one place.
    recorder.perform(.emit(mixed(events, own), to: "things"))
    try prove(recorder.world.log.count, others + history, "events stored")
    let world = recorder.world
    let rounds = max(20, min(20_000, 2_000_000 / (history * 10)))
    let sample = measure(rounds) {
      var sum = 0
      for _ in 0..<rounds {
        let found = thing.state(of: id(1), in: world)
        sum += found?.state["sum"].integer ?? 0
      }
      return sum
    }
    try prove(sample.check, rounds * history * (history + 1) / 2, "what the loads have summed up")
    try prove(thing.state(of: id(1), in: world)?.version, Version(history), "the version")
    var result = sample
    result.more = [
      ("load_us", sample.seconds / Double(rounds) * 1e6),
      ("floor_ms", Floors.fold(history * rounds) * 1_000),
    ]
    return result
  }

  /// Two orders of events made one, the shorter spread evenly over the longer.
  private static func mixed(_ many: [NewEvent], _ few: [NewEvent]) -> [NewEvent] {
    var result: [NewEvent] = []
    result.reserveCapacity(many.count + few.count)
    let gap = max(1, many.count / max(few.count, 1))
    var next = 0
    for (place, event) in many.enumerated() {
      result.append(event)
      if place % gap == gap - 1, next < few.count {
        result.append(few[next])
        next += 1
      }
    }
    return result + few[next...]
  }

  /// Loads one of so many aggregates with ten events, raises one, persists and emits it.
  @Sendable private static func command(_ count: Int) throws -> Sample {
    var recorder = try Recorder(domain)
    recorder.perform(
      .emit(
        (0..<(count * 10)).map { NewEvent("Touched", id($0 % count + 1), data: ["n": 1]) },
        to: "things"))
    // Few rounds, so that histories stay close to ten events.
    let rounds = min(10_000, count * 4)
    let sample = measure(rounds) {
      var sum = 0
      for round in 0..<rounds {
        let step = recorder.perform(
          .dispatch(
            CommandIntent("Touch", ["id": .string("thing-\(round % count + 1)"), "n": 1]))
        )
        sum += step.response?.integer ?? 0
      }
      return sum
    }
    let wanted = (0..<rounds).reduce(0) { $0 + 11 + $1 / count }
    try prove(sample.check, wanted, "sum of the versions")
    try recorder.proveJournal(events: count * 10 + rounds)
    return sample
  }

  @Sendable private static func create(_ count: Int) throws -> Sample {
    var recorder = try Recorder(domain)
    let sample = measure(count) {
      for number in 1...count {
        recorder.perform(
          .dispatch(
            CommandIntent("Touch", ["id": .string("thing-\(number)"), "n": .int(number)])))
      }
      return recorder.world.log.count
    }
    try recorder.proveJournal(events: count)
    for number in [1, count / 2 + 1, count] {
      let state = thing.state(of: id(number), in: recorder.world)?.state
      try prove(state?["sum"].integer, number, "what \(id(number)) knows")
    }
    return sample
  }
}
