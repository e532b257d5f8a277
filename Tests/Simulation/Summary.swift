extension Simulation {
  /// The combined results of many seeds, independent of the order in which they ran.
  public struct Summary: Sendable {
    /// The number of seeds run.
    public var seeds = 0
    /// The number of times an engine was lost and recovered.
    public var recoveries = 0
    /// The number of steps written.
    public var steps = 0
    /// The number of deliveries.
    public var deliveries = 0
    /// The number of saga instances started.
    public var sagas = 0
    /// The number of saga instances that ended.
    public var endedSagas = 0
    /// The time that passed on all clocks, in milliseconds.
    public var milliseconds: Int64 = 0
    /// A digest of everything that was done.
    public var digest: UInt64 = 0
    /// The seeds that broke an invariant, with their results.
    public var violations: [(seed: UInt64, result: RunResult)] = []

    /// Creates an empty summary.
    public init() {}

    /// Adds the result of a seed.
    public mutating func add(_ seed: UInt64, _ result: RunResult) {
      seeds += 1
      recoveries += result.recoveries
      steps += result.steps
      deliveries += result.deliveries
      sagas += result.sagas
      endedSagas += result.endedSagas
      milliseconds += result.milliseconds
      var digest = Digest()
      digest.feed(seed)
      digest.feed(result.digest)
      self.digest &+= digest.value
      if result.violation != nil { violations.append((seed, result)) }
    }

    /// Adds another summary.
    public mutating func add(_ other: Summary) {
      seeds += other.seeds
      recoveries += other.recoveries
      steps += other.steps
      deliveries += other.deliveries
      sagas += other.sagas
      endedSagas += other.endedSagas
      milliseconds += other.milliseconds
      digest &+= other.digest
      violations += other.violations
    }

    /// The summary as a few lines, equal for equal seeds.
    public var text: String {
      let days = milliseconds / 86_400_000
      return """
        \(seeds) seeds, \(steps) steps, \(deliveries) deliveries, \(days) simulated days
        \(recoveries) crash recoveries
        \(endedSagas) saga schedules driven to their end, of \(sagas) started
        \(violations.count) violations, digest \(String(digest, radix: 16))
        """
    }
  }
}
