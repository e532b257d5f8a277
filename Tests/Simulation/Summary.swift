extension Simulation {
  /// What came of many seeds together; the order in which they ran does not matter.
  public struct Summary: Sendable {
    /// How many seeds were run.
    public var seeds = 0
    /// How often an engine was lost and came back.
    public var recoveries = 0
    /// How many steps were written.
    public var steps = 0
    /// How many deliveries were made.
    public var deliveries = 0
    /// How many saga instances were started.
    public var sagas = 0
    /// How many of them were driven to their end.
    public var endedSagas = 0
    /// How much time passed on the clocks, in milliseconds.
    public var milliseconds: Int64 = 0
    /// A number that follows from everything that was done.
    public var digest: UInt64 = 0
    /// The seeds that broke an invariant, and how.
    public var violations: [(seed: UInt64, result: RunResult)] = []

    /// Nothing yet.
    public init() {}

    /// Adds what came of a seed.
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

    /// Adds what came of other seeds.
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

    /// The same in a few lines, equal for equal seeds.
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
