import EventicleCore

/// What a person does to time in forks leaves main as it is, and can be verified.
struct BranchChecks {
  let run: Run

  /// Makes the history again as a branch, and forks it at some moments: acts on deliveries and
  /// changes of history are done there.
  func check(_ seed: UInt64) throws {
    var random = SeededRandom(seed, -7)
    let main = try main(seed)
    guard main.timeline.count > 0 else { return }
    let (before, count) = (run.hash(main.engine.world), main.timeline.count)
    for _ in 0..<2 {
      let entry = JournalIndex(random.roll(count + 1))
      try check(main, at: main.timeline.moment(of: entry), &random)
    }
    try run.compare(
      main.engine.world, with: before, .forksLeaveHistory, "Main after what was done in forks")
    guard main.timeline.count == count else {
      throw Violation(.forksLeaveHistory, "Main has other entries after what was done in forks.")
    }
  }

  private func main(_ seed: UInt64) throws -> Branch {
    let timeline = run.history.timeline
    let most = run.history.stepsBeforeChange ?? Int.max
    var main = Branch(try Engine(run.whole, seed: seed))
    var (cursor, steps) = (TimeCursor(entry: JournalIndex(0)), 0)
    while steps < most, let next = timeline.nextStep(after: cursor),
      let input = timeline.input(of: next.entry)
    {
      _ = main.perform(Input(input))
      (cursor, steps) = (next, steps + 1)
    }
    main.arrive()
    return main
  }

  private func check(_ main: Branch, at moment: TimeCursor, _ random: inout SeededRandom) throws {
    var fork = main.fork("fork", at: moment)
    let name = main.timeline.name(of: moment)
    if fork.timeline.count == moment.entry.number {
      try run.compare(
        fork.engine.world, with: run.hash(main.timeline.world(at: moment)), .forksLeaveHistory,
        "A fork at \(name)")
    }
    act(&fork, &random)
    try verify(fork, "a fork at \(name)")
    guard let edit = edit(of: fork, &random) else { return }
    let edited: Branch
    // An edit that makes no sense there says so, and changes nothing.
    do throws(HistoryEditError) { edited = try fork.rewritten(edit).branch } catch { return }
    try verify(edited, "\(edit) in a fork at \(name)")
  }

  /// Does something to deliveries that wait, and makes the others, as a person does step by step.
  private func act(_ fork: inout Branch, _ random: inout SeededRandom) {
    for _ in 0..<(2 + random.roll(12)) {
      let queue = fork.engine.world.queue
      guard queue.count > 0 else { break }
      let chosen = queue[random.roll(queue.count)]
      let acts: [DeliveryAct] = [
        .deliver, .delay(until: fork.engine.world.clock + .seconds(Int64(1 + random.roll(90)))),
        .drop, .duplicate, .crash,
      ]
      let address = DeliveryAddress(chosen.position, chosen.consumer)
      let action: InputAction =
        random.chance(oneIn: 2) ? .deliver : .act(acts[random.roll(acts.count)], on: address)
      _ = fork.perform(Input(action, by: .person))
    }
    settle(&fork)
    _ = fork.perform(Input(.moveClock(fork.engine.world.clock + .minutes(2)), by: .person))
    settle(&fork)
    fork.arrive()
  }

  private func settle(_ fork: inout Branch) {
    var left = 200
    while fork.engine.hasWork, left > 0 {
      _ = fork.perform(.deliver)
      left -= 1
    }
  }

  private func edit(of fork: Branch, _ random: inout SeededRandom) -> HistoryEdit? {
    let (events, entries) = (fork.timeline.head.log.count, fork.timeline.count)
    guard events > 0 else { return nil }
    let position = Position(1 + random.roll(events))
    let entry = JournalIndex(1 + random.roll(entries))
    switch random.roll(4) {
    case 0: return .skip(position)
    case 1: return .change(position, JSONBytes(["changed": .int(random.roll(9))]))
    case 2: return .move(entry, after: JournalIndex(random.roll(entries + 1)))
    default: return .refuse(entry, reason: "not now")
    }
  }

  private func verify(_ fork: Branch, _ what: String) throws {
    let start = TimeCursor(entry: JournalIndex(0))
    let found = fork.verify(from: start, upTo: fork.timeline.headCursor)
    guard let difference = found.difference else { return }
    throw Violation(
      .inputsRepeat,
      "In \(what) the input to \(difference.phrase) at \(difference.entry), performed again, gave "
        + "another step. \(difference.sentence)")
  }
}
