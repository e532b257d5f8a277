import EventicleCore
import EventicleSamples
import EventicleWorkbench

/// Looking through a recorded history of the shop, as a person does who debugs it.
enum Debugging {
  static let all = [
    Bench("verify", [10_000, 100_000, 1_000_000], runs: 3, unit: "step", run: verify),
    Bench("run_back", [10_000, 100_000, 1_000_000], runs: 3, unit: "walk", run: back),
  ]

  /// A session with at least so many steps: orders that are placed, and paid or declined.
  private static func shop(steps: Int) throws -> Session {
    var session = Session(.shop)
    var order = 0
    while session.moment.timeline.count < steps * 2 {
      order += 1
      let verb = order % 5 == 0 ? "DeclinePayment" : "CapturePayment"
      for line in [
        "do PlaceOrder customer=c-\(order % 100) total:=\(order % 90 + 1)",
        "do \(verb) paymentId=pay-\(order)",
      ] {
        if let problem = session.run(line).problem {
          throw WrongContent(description: "\(line): \(problem.message)")
        }
      }
    }
    return session
  }

  /// All recorded inputs performed again and compared, byte for byte.
  @Sendable private static func verify(_ count: Int) throws -> Sample {
    var session = try shop(steps: count)
    var steps = 0
    var sample = measure(1) {
      let reply = session.run("verify")
      steps = reply.output?["steps"].integer ?? 0
      return reply.output?["differences"].array?.count ?? -1
    }
    try prove(sample.check, 0, "steps that came out differently")
    guard steps >= count else {
      throw WrongContent(description: "\(steps) steps were performed again, not \(count).")
    }
    sample.operations = steps
    return sample
  }

  /// From the newest moment to the last hit of a stop that is hit once, at the beginning of history.
  @Sendable private static func back(_ count: Int) throws -> Sample {
    var session = try shop(steps: count)
    _ = session.run("stop C PlaceOrder if data.customer=\"c-50\" once")
    var times: [Double] = []
    let sample = measure(100) {
      var moved = 0
      for _ in 0..<100 {
        _ = session.run("live")
        let before = Clock.now()
        let reply = session.run("rrun")
        times.append(Clock.now() - before)
        if reply.problem == nil, !session.isAtHead { moved += 1 }
      }
      return moved
    }
    try prove(sample.check, 100, "walks back that arrived")
    var told = sample
    told.more = Percentiles(times).figures
    return told
  }
}
