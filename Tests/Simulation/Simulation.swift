import EventicleCore

/// Runs random domains, commands, faults and crashes, each run from one seed.
public enum Simulation {
  /// More deliveries than this after one action are a loop.
  static let mostDeliveries = 5_000

  /// The greatest number of things that can fall due within an interval: a few cron timers every
  /// minute, and retries.
  static func mostDue(within interval: Interval) -> Int {
    200 + 8 * Int(interval.milliseconds / 60_000)
  }

  /// One in this many seeds runs the deep checks.
  public static let deepInterval: UInt64 = 16

  /// Runs a seed.
  public static func run(_ seed: UInt64, _ options: RunOptions = RunOptions()) -> RunResult {
    var options = options
    if seed % deepInterval == 0, !options.isBrief { options.isDeep = true }
    return Run.result(of: seed, options)
  }

  /// Runs a range of seeds in parallel lanes.
  ///
  /// The summary does not depend on the number of lanes. A lane stops after three seeds that broke
  /// an invariant.
  public static func run(
    _ seeds: Range<UInt64>, lanes: Int, _ options: RunOptions = RunOptions()
  ) async -> Summary {
    await withTaskGroup(of: Summary.self) { group in
      for lane in 0..<lanes {
        group.addTask {
          var summary = Summary()
          var seed = seeds.lowerBound + UInt64(lane)
          while seed < seeds.upperBound, summary.violations.count < 3 {
            summary.add(seed, run(seed, options))
            seed += UInt64(lanes)
          }
          return summary
        }
      }
      var all = Summary()
      for await summary in group { all.add(summary) }
      return all
    }
  }

  /// Finds a shorter course that breaks the same invariant: it ends with the failing action and
  /// leaves out the earlier actions that make no difference.
  public static func shrink(
    _ seed: UInt64, _ options: RunOptions = RunOptions()
  ) -> (options: RunOptions, result: RunResult)? {
    var best = options
    var found = run(seed, best)
    guard let violation = found.violation else { return nil }
    best.actions = min(best.actions, violation.action + 1)
    for action in (0..<best.actions).reversed() {
      var trial = best
      trial.without.insert(action)
      let result = run(seed, trial)
      if result.violation?.invariant == violation.invariant {
        best = trial
        found = result
      }
    }
    return (best, found)
  }
}
