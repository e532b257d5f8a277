import EventicleCore
import EventicleWorkbench

/// Checks at the end of a run that reach the same history in other ways.
struct DeepChecks {
  let run: Run
  var history: History
  private var hash: WorldHash { run.hash }

  init(run: Run, history: History) {
    self.run = run
    self.history = history
    self.history.arrive(at: run.engine.world)
  }

  func run(_ seed: UInt64) throws {
    var random = SeededRandom(seed, -3)
    try travel(&random)
    try fork(&random)
    try carryEvents()
    try compareWays(seed)
  }

  /// Going back in time, by any method, restores the earlier world.
  private func travel(_ random: inout SeededRandom) throws {
    var nearby: (JournalIndex, World)?
    for _ in 0..<12 {
      guard let moment = random.pick(history.moments) else { return }
      let world = history.timeline.world(after: moment.end, nearby: nearby)
      try run.compare(
        world, with: moment.hash, .timeTravelIsExact, "The world after \(moment.end)")
      nearby = random.chance(oneIn: 2) ? (moment.end, world) : nil
    }
  }

  /// Work in a fork leaves the present unchanged.
  private func fork(_ random: inout SeededRandom) throws {
    let before = hash(run.engine.world)
    guard let moment = random.pick(history.moments) else { return }
    let world = history.timeline.world(after: moment.end)
    var fork = try Engine(
      resuming: world, run.whole, nextEntry: moment.end.next)
    for number in 0..<5 {
      _ = fork.perform(
        .dispatch(CommandIntent("Add0", ["n": .int(100 + number), "mode": 4, "w": -1])))
      var count = 0
      while fork.hasWork, count < Simulation.mostDeliveries {
        _ = fork.perform(.deliver)
        count += 1
      }
    }
    guard hash(world) == moment.hash, hash(run.engine.world) == before else {
      throw Violation(
        .forksLeaveHistory, "A fork at \(moment.end) changed the history that it left.")
    }
    for (number, fact) in run.checker.facts.enumerated() {
      guard run.engine.world.log.event(at: Position(number + 1))?.id.text == fact.id else {
        throw Violation(
          .forksLeaveHistory,
          "A fork at \(moment.end) changed #\(number + 1) of the history it left.")
      }
    }
    guard fork.world.log.count >= world.log.count + 20 else {
      throw Violation(.forksLeaveHistory, "A fork at \(moment.end) did not keep its events.")
    }
  }

  /// A file of events contains all of them, byte for byte.
  private func carryEvents() throws {
    let log = run.engine.world.log
    let events = (0..<log.count).compactMap { log.event(at: Position($0 + 1)) }
    var bytes: [UInt8] = []
    for event in events { bytes += event.json + [0x0A] }
    guard try EventFile.read(bytes) == events else {
      throw Violation(
        .eventsTravelWhole, "Events that were written to a file and read again differ.")
    }
    var other = try Engine(Domain("other"))
    for event in events { _ = other.perform(.take(event, reaction: .viewsOnly)) }
    guard other.world.log.count == events.count else {
      throw Violation(
        .eventsTravelWhole, "Of \(events.count) events \(other.world.log.count) were taken in.")
    }
    for event in events.reversed() where other.world.log.position(of: event.id) == nil {
      throw Violation(.eventsTravelWhole, "\(event.id) was not taken in.")
    }
  }

  /// Retaining every world, or firing timers by hand in due order, leads to the same journal.
  private func compareWays(_ seed: UInt64) throws {
    let plain = try Course(run.plan, seed: seed, .plain).digest
    for way in [Course.Way.holding, .byHand] {
      guard try Course(run.plan, seed: seed, way).digest == plain else {
        throw Violation(.waysAgree, "The same course, \(way), led to another journal.")
      }
    }
  }
}

/// The same course of commands, events and time, run in one of several ways.
private struct Course {
  enum Way {
    case plain
    /// Every world is retained and read before the engine continues.
    case holding
    /// Timers are fired by hand, the first one due first.
    case byHand
  }

  private(set) var digest = Digest()
  private var engine: Engine
  private var held: [World] = []
  private let way: Way

  init(_ plan: DomainPlan, seed: UInt64, _ way: Way) throws {
    self.way = way
    engine = try Engine(plan.domain(isWhole: true), seed: seed)
    var random = SeededRandom(seed, -4)
    for number in 0..<14 {
      let key = "k\(random.roll(2))"
      let data: JSON = [
        "k": .string(key), "after": .int(random.roll(400_000)), "n": 1, "w": .int(random.roll(5)),
        "b": .int(random.roll(60_000)), "mode": .int(random.roll(8)), "op": .int(random.roll(4)),
      ]
      switch random.roll(4) {
      case 0: try go(.dispatch(CommandIntent("Add0", data)))
      case 1: try go(.emit([NewEvent("Opened", DomainID(key), data: data)], to: "s"))
      case 2: try go(.emit([NewEvent("Poked", DomainID(key), data: data)], to: "s"))
      default: try pass(.minutes(Int64(random.roll(30))))
      }
      digest.feed(number)
    }
  }

  private mutating func go(_ input: Input) throws {
    take(engine.perform(input))
    var count = 0
    while engine.hasWork {
      count += 1
      guard count < Simulation.mostDeliveries else {
        throw Violation(.comesToRest, "Deliveries do not come to an end.")
      }
      take(engine.perform(.deliver))
    }
  }

  private mutating func take(_ step: Step) {
    if way == .holding {
      held.append(engine.world)
      if let world = held.last, world.timers.count > 1_000_000 { digest.feed(world.clock) }
    }
    for entry in step.entries { digest.feed(entry) }
  }

  private mutating func pass(_ interval: Interval) throws {
    let end = engine.world.clock + interval
    var count = 0
    while let due = next(upTo: end) {
      count += 1
      guard count < Simulation.mostDue(within: interval) else {
        throw Violation(.comesToRest, "Timers do not come to an end.")
      }
      try go(due)
    }
    if end > engine.world.clock { try go(.moveClock(end)) }
  }

  private func next(upTo end: Instant) -> Input? {
    guard way == .byHand else { return engine.nextDue(upTo: end) }
    let timer = engine.nextTimer
    if let wake = engine.nextWake, wake <= end, timer.map({ wake <= $0.due }) ?? true {
      return .moveClock(wake)
    }
    return timer.flatMap { $0.due <= end ? .fire($0.key) : nil }
  }
}
