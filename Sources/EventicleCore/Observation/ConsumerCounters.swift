/// What a consumer has done: how often deliveries ended how, and how long they took.
///
/// Going back in time removes deliveries, so adding and removing are exact inverses.
public struct ConsumerCounters: Sendable, Hashable {
  /// How one delivery ended.
  public enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// The handler succeeded.
    case handled
    /// There was nothing to do.
    case ignored
    /// The handler failed.
    case failed
    /// A failure was retried.
    case retried
    /// It was parked after the last failure.
    case parked
    /// It was skipped after the last failure.
    case skipped
    /// The consumer had handled the event before.
    case duplicate
  }

  /// One counted delivery, with what is needed to remove it again.
  public struct Mark: Sendable, Hashable {
    /// How the delivery ended.
    public let outcome: Outcome
    /// The time from the event to the end of the delivery, if measured.
    public let latency: Interval?
    /// The latest latency before this delivery.
    public let previousLatency: Interval?

    /// A delivery with its latency, and the latest latency before it.
    public init(_ outcome: Outcome, latency: Interval?, previousLatency: Interval?) {
      self.outcome = outcome
      self.latency = latency
      self.previousLatency = previousLatency
    }
  }

  /// Deliveries whose handler succeeded.
  public private(set) var handled = 0
  /// Deliveries with nothing to do.
  public private(set) var ignored = 0
  /// Failures of the handler, those before a retry included.
  public private(set) var failed = 0
  /// Attempts after the first, successful or not.
  public private(set) var retried = 0
  /// Deliveries parked after the last failure.
  public private(set) var parked = 0
  /// Deliveries skipped after the last failure.
  public private(set) var skipped = 0
  /// Deliveries of events handled before.
  public private(set) var duplicates = 0
  /// The latencies of all measured deliveries.
  public private(set) var latencies = LatencyHistogram()
  /// The latency measured last; `nil` before the first.
  public private(set) var lastLatency: Interval?

  /// Counters at zero.
  public init() {}

  /// Counts one delivery.
  ///
  /// - Returns: The mark with which ``remove(_:)`` undoes it.
  @discardableResult
  public mutating func add(_ outcome: Outcome, latency: Interval? = nil) -> Mark {
    let mark = Mark(outcome, latency: latency, previousLatency: lastLatency)
    add(mark)
    return mark
  }

  /// Counts a removed delivery again.
  public mutating func add(_ mark: Mark) {
    change(mark.outcome, by: 1)
    guard let latency = mark.latency else { return }
    latencies.record(latency)
    lastLatency = latency
  }

  /// Removes the delivery that was counted last.
  public mutating func remove(_ mark: Mark) {
    change(mark.outcome, by: -1)
    guard let latency = mark.latency else { return }
    latencies.unrecord(latency)
    lastLatency = mark.previousLatency
  }

  /// The number of deliveries with an outcome.
  public func count(of outcome: Outcome) -> Int {
    switch outcome {
    case .handled: handled
    case .ignored: ignored
    case .failed: failed
    case .retried: retried
    case .parked: parked
    case .skipped: skipped
    case .duplicate: duplicates
    }
  }

  private mutating func change(_ outcome: Outcome, by step: Int) {
    switch outcome {
    case .handled: handled &+= step
    case .ignored: ignored &+= step
    case .failed: failed &+= step
    case .retried: retried &+= step
    case .parked: parked &+= step
    case .skipped: skipped &+= step
    case .duplicate: duplicates &+= step
    }
  }
}
