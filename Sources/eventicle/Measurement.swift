import EventicleCore
import EventicleSamples

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One thing that is measured, at several sizes.
struct Measurement: Sendable {
  /// What one run took, and a number that proves it did the work.
  struct Run {
    let operations: Int
    let seconds: Double
    let check: Int
  }

  let name: String
  let sizes: [Int]
  let run: @Sendable (Int) throws -> Run

  static let all = [
    // First, while this process is small: starting another copies what it has.
    Measurement(name: "first_paint", sizes: [80, 200], run: FirstPaint.run),
    Measurement(name: "emit_nosub", sizes: [1_000, 10_000, 100_000], run: emit),
    Measurement(name: "command", sizes: [100, 1_000, 10_000], run: command),
    Measurement(name: "saga", sizes: [100, 1_000, 10_000], run: saga),
    Measurement(name: "import", sizes: [1_000, 10_000, 100_000], run: take),
    Measurement(name: "step_back", sizes: [1_000, 10_000, 100_000], run: stepBack),
    Measurement(name: "jump", sizes: [1_000, 10_000, 100_000], run: jump),
  ]

  static func time(_ operations: Int, _ body: () throws -> Int) rethrows -> Run {
    let start = now()
    let check = try body()
    return Run(operations: operations, seconds: now() - start, check: check)
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Sendable private static func emit(_ count: Int) throws -> Run {
    var engine = try Engine(Domain("bench"))
    let data: JSON = ["amount": 59, "currency": "GBP"]
    return time(count) {
      for _ in 0..<count {
        _ = engine.perform(.emit([NewEvent("Happened", "thing-1", data: data)], to: "things"))
      }
      return engine.world.log.count
    }
  }

  /// Loads one of so many orders, raises one event, persists and emits it.
  @Sendable private static func command(_ count: Int) throws -> Run {
    var engine = try Engine(Domain("bench", aggregates: [thing], commands: [touch]))
    for number in 1...count {
      _ = engine.perform(.dispatch(CommandIntent("Touch", ["id": .string("thing-\(number)")])))
    }
    let rounds = 10_000
    return time(rounds) {
      for round in 0..<rounds {
        let id = JSON.string("thing-\(round % count + 1)")
        _ = engine.perform(.dispatch(CommandIntent("Touch", ["id": id])))
      }
      return engine.world.log.count
    }
  }

  private static let thing = AggregateRoot(
    "Thing", stream: "things",
    reducers: [
      "Touched": { state, _ in state["touched"] = .int((state["touched"].integer ?? 0) + 1) }
    ])

  private static let touch = Command("Touch", stream: "things", [.required("id")]) { data, tx in
    let id = DomainID(data["id"].string ?? "")
    var aggregate = tx.load(thing, id) ?? tx.new(thing, id: id)
    aggregate.raise("Touched")
    return CommandResult(events: try tx.persist(&aggregate))
  }

  /// Steps of sagas while so many instances live.
  @Sendable private static func saga(_ count: Int) throws -> Run {
    let saga = Saga("Follow", streams: ["things"])
      .startOn("Begun") { step, event in step["id"] = .string(event.domainID?.text ?? "") }
      .on("Touched", matching: "id", value: { $0.domainID.map { .string($0.text) } }) { step, _ in
        step["touched"] = .int((step["touched"].integer ?? 0) + 1)
      }
    var engine = try Engine(Domain("bench", sagas: [saga]))
    for number in 1...count {
      _ = engine.perform(.emit([NewEvent("Begun", DomainID("thing-\(number)"))], to: "things"))
    }
    engine.settle { _ in }
    let rounds = 10_000
    return time(rounds) {
      for round in 0..<rounds {
        let id = DomainID("thing-\(round % count + 1)")
        _ = engine.perform(.emit([NewEvent("Touched", id)], to: "things"))
        engine.settle { _ in }
      }
      return engine.world.log.count
    }
  }

  private static func history(_ count: Int) -> [UInt8] {
    var lines: [UInt8] = []
    for number in 1...count {
      let order = number / 2 + 1
      let line =
        #"{"id":"e-\#(number)","type":"\#(number % 2 == 1 ? "OrderPriced" : "OrderCreated")","#
        + #""source":"shop","stream":"orders","domainId":"order-\#(order)","#
        + #""createdAt":\#(1_767_258_000_000 + number * 40),"data":{"customer":"c-1","total":59,"#
        + #""currency":"GBP"}}"#
      lines += Array(line.utf8) + [0x0A]
    }
    return lines
  }

  @Sendable private static func take(_ count: Int) throws -> Run {
    let bytes = history(count)
    var session = try Session(.shop)
    return try time(count) { try session.importEvents(bytes) }
  }

  @Sendable private static func stepBack(_ count: Int) throws -> Run {
    var session = try Session(.shop)
    try session.importEvents(history(count))
    let steps = 500
    return time(steps) {
      for _ in 0..<steps { _ = session.run("back") }
      return session.shown.log.count
    }
  }

  @Sendable private static func jump(_ count: Int) throws -> Run {
    var session = try Session(.shop)
    try session.importEvents(history(count))
    let jumps = 100
    return time(jumps) {
      var sum = 0
      for number in 0..<jumps {
        _ = session.run("goto #\(number * 7_919 % count + 1)")
        sum += session.shown.log.count
      }
      return sum
    }
  }
}
