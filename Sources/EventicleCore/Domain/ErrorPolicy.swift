/// What happens to a delivery or a timer whose handler fails.
///
/// It is retried a number of times, with waits in between, and then given up in one of three ways.
public struct ErrorPolicy: Sendable, Hashable, CustomStringConvertible {
  /// The ways to give up.
  public enum Ending: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// The delivery is parked until a person retries or drops it.
    case park
    /// The failure is noted, and the consumer continues with the next event.
    case skip
    /// The consumer stops before the event until a person resumes it.
    case stop

    /// The word as it is written in a policy, such as `park`.
    public var description: String { rawValue }

    /// The effect, as one sentence for people.
    public var meaning: String {
      switch self {
      case .park: "The delivery is parked and the consumer goes on."
      case .skip: "The delivery is skipped and the consumer goes on."
      case .stop: "The consumer stops before the event."
      }
    }
  }

  /// The decision after a failure.
  public enum Decision: Sendable, Hashable {
    /// Retry after a wait.
    case retry(after: Interval)
    /// Give up in one of the three ways.
    case giveUp(Ending)
  }

  /// The number of retries, from 0 to ``Limits/retries``.
  public let retries: Int
  /// How long each retry waits.
  public let backoff: Backoff
  /// The way to give up when the last retry has failed.
  public let ending: Ending

  private init(retries: Int, backoff: Backoff, ending: Ending) {
    self.retries = min(max(retries, 0), Limits.retries)
    self.backoff = self.retries == 0 ? .fixed(.milliseconds(0)) : backoff
    self.ending = ending
  }

  /// Parks the delivery at the first failure.
  public static let park = ErrorPolicy(retries: 0, backoff: .fixed(.seconds(0)), ending: .park)
  /// Skips the event at the first failure.
  public static let skip = ErrorPolicy(retries: 0, backoff: .fixed(.seconds(0)), ending: .skip)
  /// Stops the consumer at the first failure.
  public static let stop = ErrorPolicy(retries: 0, backoff: .fixed(.seconds(0)), ending: .stop)

  /// Retries up to `count` times, each time after the same wait.
  ///
  /// A count below 0 counts as 0, one above ``Limits/retries`` as that limit.
  public static func retry(
    _ count: Int, after wait: Interval, then ending: Ending = .park
  ) -> ErrorPolicy {
    ErrorPolicy(retries: count, backoff: .fixed(wait), ending: ending)
  }

  /// Retries up to `count` times, after the waits of a backoff.
  public static func retry(
    _ count: Int, _ backoff: Backoff, then ending: Ending = .park
  ) -> ErrorPolicy {
    ErrorPolicy(retries: count, backoff: backoff, ending: ending)
  }

  /// The decision after a number of failures of the same work, counted from 1.
  public func decision(afterFailures failures: Int, seed: UInt64 = 0) -> Decision {
    failures <= retries
      ? .retry(after: backoff.wait(before: failures, seed: seed)) : .giveUp(ending)
  }

  /// The policy as text, such as `park` or `retry 3 every 1s then park`; it can be parsed again.
  public var description: String {
    retries == 0 ? ending.rawValue : "retry \(retries) every \(backoff) then \(ending)"
  }

  /// Parses `park`, `skip`, `stop`, or `retry 3 every 1s x2 up to 1m then park`; without a wait it
  /// retries at once, and without an ending it parks.
  ///
  /// - Throws: ``PolicyError`` that says what was expected.
  public init(parsing text: some StringProtocol) throws(PolicyError) {
    var words = String(text).split(separator: " ").map { String($0) }[...]
    func failure() -> PolicyError {
      PolicyError(
        reason: "An error policy is park, skip, stop, or retry 3 every 1s then park, "
          + "but this is \"\(text)\".")
    }
    guard let word = words.popFirst() else { throw failure() }
    if let ending = Ending(rawValue: word), words.isEmpty {
      self.init(retries: 0, backoff: .fixed(.seconds(0)), ending: ending)
      return
    }
    guard word == "retry", let number = words.popFirst(), let count = Int(number), count >= 0 else {
      throw failure()
    }
    guard count <= Limits.retries else {
      throw PolicyError(
        reason: "A policy may retry \(Limits.retries) times at the most, but this is \(count).")
    }
    var ending = Ending.park
    if let place = words.firstIndex(of: "then") {
      guard words.count == place - words.startIndex + 2, let last = words.last,
        let known = Ending(rawValue: last)
      else { throw failure() }
      ending = known
      words = words[..<place]
    }
    var backoff = Backoff.fixed(.seconds(0))
    if let every = words.popFirst() {
      guard every == "every" else { throw failure() }
      backoff = try Backoff(words: words)
    }
    self.init(retries: count, backoff: backoff, ending: ending)
  }
}
