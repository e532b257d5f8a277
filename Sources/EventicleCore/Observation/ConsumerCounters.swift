/// What a consumer did so far: how often it ended how, and how long it took.
///
/// Going back in time takes deliveries out again, so that adding and removing are exact inverses.
public struct ConsumerCounters: Sendable, Hashable {
  /// How one delivery ended.
  public enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// The handler did its work.
    case handled
    /// There was nothing to do.
    case ignored
    /// The handler failed.
    case failed
    /// It was tried again after a failure.
    case retried
    /// It was kept aside after the last failure.
    case parked
    /// It was passed over after the last failure.
    case skipped
    /// The consumer had handled the event before.
    case duplicate
  }

  /// One delivery as it was counted; what is needed to take it out again.
  public struct Mark: Sendable, Hashable {
    /// How it ended.
    public let outcome: Outcome
    /// How long after its event it ended, if that was measured.
    public let latency: Interval?
    /// The latency that was the last one before.
    public let previousLatency: Interval?

    /// One of these parts.
    public init(_ outcome: Outcome, latency: Interval?, previousLatency: Interval?) {
      self.outcome = outcome
      self.latency = latency
      self.previousLatency = previousLatency
    }
  }

  /// Deliveries whose handler did its work.
  public private(set) var handled = 0
  /// Deliveries with nothing to do.
  public private(set) var ignored = 0
  /// Deliveries whose handler failed, each failure counted.
  public private(set) var failed = 0
  /// Deliveries that were tried again, each retry counted.
  public private(set) var retried = 0
  /// Deliveries that were kept aside.
  public private(set) var parked = 0
  /// Deliveries that were passed over.
  public private(set) var skipped = 0
  /// Deliveries of events that had been handled before.
  public private(set) var duplicates = 0
  /// The latencies of all deliveries that were measured.
  public private(set) var latencies = LatencyHistogram()
  /// The latency measured last.
  public private(set) var lastLatency: Interval?

  /// Counters of nothing.
  public init() {}

  /// Counts one delivery.
  ///
  /// - Returns: What ``remove(_:)`` takes to undo it.
  @discardableResult
  public mutating func add(_ outcome: Outcome, latency: Interval? = nil) -> Mark {
    let mark = Mark(outcome, latency: latency, previousLatency: lastLatency)
    add(mark)
    return mark
  }

  /// Counts a delivery again that was taken out.
  public mutating func add(_ mark: Mark) {
    change(mark.outcome, by: 1)
    guard let latency = mark.latency else { return }
    latencies.record(latency)
    lastLatency = latency
  }

  /// Takes the delivery out again that was counted last.
  public mutating func remove(_ mark: Mark) {
    change(mark.outcome, by: -1)
    guard let latency = mark.latency else { return }
    latencies.unrecord(latency)
    lastLatency = mark.previousLatency
  }

  /// How many deliveries ended so.
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
