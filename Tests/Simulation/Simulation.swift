import EventicleCore

/// Random domains, commands, faults and crashes, from one seed each.
public enum Simulation {
  /// More deliveries than this after one action are no cascade but a loop.
  static let mostDeliveries = 5_000

  /// More than this cannot fall due within an interval: a few cron timers every minute, and what
  /// is tried again.
  static func mostDue(within interval: Interval) -> Int {
    200 + 8 * Int(interval.milliseconds / 60_000)
  }

  /// Every so many seeds one is compared in all ways.
  public static let deepInterval: UInt64 = 16

  /// Runs a seed.
  public static func run(_ seed: UInt64, _ options: RunOptions = RunOptions()) -> RunResult {
    var options = options
    if seed % deepInterval == 0 { options.isDeep = true }
    return Run.result(of: seed, options)
  }

  /// Runs a range of seeds in lanes beside each other.
  ///
  /// What comes of them together does not depend on how many lanes there are. A lane in which
  /// three seeds broke an invariant goes no further.
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

  /// The shortest course found that breaks the same invariant: nothing after the failing action,
  /// and none of the actions before it that make no difference.
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
