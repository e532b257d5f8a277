import EventicleCore

/// The recorded inputs are enough to make the same history again.
struct RepeatChecks {
  let run: Run

  /// Performs the inputs in a fresh engine, up to where the domain changed, and compares every step
  /// byte for byte and some worlds, in a brief run every one, each reached by a random path.
  func check(_ seed: UInt64) throws {
    var timeline = run.history.timeline
    timeline.arrive(at: run.engine.world)
    let most = run.history.stepsBeforeChange ?? Int.max
    let fresh = try Engine(run.whole, seed: seed)
    let result = timeline.verify(with: fresh) { $0 < most }
    if let difference = result.difference {
      throw Violation(
        .inputsRepeat,
        "The input to \(difference.phrase) at \(difference.entry), performed again, gave another "
          + "step. \(difference.sentence)")
    }
    try compareWorlds(timeline, fresh, most, SeededRandom(seed, -5))
  }

  /// The world at some moments, reached in any order, is that of an engine that was given the inputs
  /// up to there and nothing else.
  private func compareWorlds(
    _ timeline: Timeline, _ fresh: Engine, _ most: Int, _ random: SeededRandom
  ) throws {
    var random = random
    var engine = fresh
    var known: [(TimeCursor, World)] = []
    var (cursor, steps) = (TimeCursor(entry: JournalIndex(0)), 0)
    while steps < most, let next = timeline.nextStep(after: cursor),
      let input = timeline.input(of: next.entry)
    {
      _ = engine.perform(Input(input))
      (cursor, steps) = (next, steps + 1)
      if run.options.isBrief || random.chance(oneIn: 12) { known.append((cursor, engine.world)) }
    }
    let path =
      run.options.isBrief
      ? random.shuffled(known) : (0..<6).compactMap { _ in random.pick(known) }
    var nearby: (TimeCursor, World)?
    for (moment, world) in path {
      let reached = timeline.world(at: moment, nearby: nearby)
      try run.compare(
        reached, with: run.hash(world), .inputsRepeat, "The world at \(timeline.name(of: moment))")
      nearby = random.chance(oneIn: 2) ? (moment, reached) : nil
    }
  }
}
