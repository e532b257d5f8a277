import EventicleCore

/// A random domain as a value: its declarations and their behaviour.
struct DomainPlan: Sendable {
  struct Consumer: Sendable {
    let name: ConsumerName
    let group: GroupName
    let streams: [StreamName]
    var options = ConsumerOptions()
    var isRaw = false
    /// Whether a recovery may start without the consumer.
    var comesAndGoes = false
  }

  struct SagaHabits: Sendable {
    let cronMinutes: Int
    let keepsData: Bool
    let endsByTimer: Bool
  }

  /// The streams of the aggregates, `a0` and on; the name is also the prefix of the aggregate's
  /// ids.
  let aggregates: [String]
  /// Which of the aggregates are state machines.
  let machines: [Bool]
  private(set) var consumers: [Consumer] = []
  private(set) var habits: [SagaHabits] = []
  let subscription: Consumer
  /// The workspaces of commands, besides that of the system.
  let tenants: [Workspace]
  /// One in this many steps meets a crash; with 1, every boundary of every step may.
  let stepsPerCrash: Int

  static let sagaStream: StreamName = "s"

  init(_ seed: UInt64) {
    var random = SeededRandom(seed, -1)
    let count = 1 + random.roll(3)
    aggregates = (0..<count).map { "a\($0)" }
    machines = aggregates.map { _ in random.chance(oneIn: 3) }
    tenants = random.chance(oneIn: 3) ? ["acme", "bolt"] : []
    stepsPerCrash = [4, 4, 4, 4, 2, 1][random.roll(6)]
    subscription = Consumer(
      name: ConsumerName(.subscription, "sub"), group: "sub", streams: ["a*"],
      options: DomainPlan.options(&random))
    let views = 1 + random.roll(3)
    for index in 0..<views {
      let isLast = index == views - 1
      consumers.append(
        Consumer(
          name: ConsumerName(.view, "v\(index)"), group: GroupName("view-v\(index)"),
          streams: streams(&random), options: DomainPlan.options(&random),
          isRaw: random.chance(oneIn: 4), comesAndGoes: isLast && random.chance(oneIn: 3)))
    }
    for index in 0..<(1 + random.roll(2)) {
      var options = DomainPlan.options(&random)
      options.isIdempotent = false
      options.parallel = random.chance(oneIn: 3) ? 1 : 2 + random.roll(20)
      consumers.append(
        Consumer(
          name: ConsumerName(.saga, "g\(index)"), group: GroupName("saga-g\(index)"),
          streams: [DomainPlan.sagaStream], options: options))
      habits.append(
        SagaHabits(
          cronMinutes: [1, 5, 15][random.roll(3)], keepsData: random.chance(oneIn: 2),
          endsByTimer: random.chance(oneIn: 2)))
    }
    for index in 0..<(1 + random.roll(2)) {
      consumers.append(
        Consumer(
          name: ConsumerName(.adapter, "x\(index)"), group: GroupName("x\(index)"),
          streams: streams(&random), options: DomainPlan.options(&random)))
    }
  }

  private func streams(_ random: inout SeededRandom) -> [StreamName] {
    if random.chance(oneIn: 5) { return ["a*"] }
    let some = aggregates.filter { _ in random.roll(3) > 0 }
    return (some.isEmpty ? aggregates : some).map { StreamName($0) }
  }

  private static func options(_ random: inout SeededRandom) -> ConsumerOptions {
    let wait = Interval.milliseconds([0, 200, 5_000, 60_000][random.roll(4)])
    let policy: ErrorPolicy =
      switch random.roll(6) {
      case 0: .skip
      case 1: .stop
      case 2: .retry(1 + random.roll(4), after: wait)
      case 3: .retry(1 + random.roll(3), .exponential(wait, jitter: 20), then: .skip)
      case 4: .retry(1, after: wait, then: .stop)
      default: .park
      }
    return ConsumerOptions(
      policy: policy, parallel: random.chance(oneIn: 2) ? 1 : 1 + random.roll(8),
      isIdempotent: random.chance(oneIn: 3))
  }

  /// The consumers, followed by the subscription.
  var everybody: [Consumer] { consumers + [subscription] }

  /// The index of a consumer in ``everybody``.
  func index(of name: ConsumerName) -> Int? { everybody.firstIndex { $0.name == name } }
}
