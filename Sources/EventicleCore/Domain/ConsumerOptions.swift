/// How a consumer takes its events.
public struct ConsumerOptions: Sendable, Hashable {
  /// What happens to an event whose handler fails.
  public var policy: ErrorPolicy
  /// How many keys may be at work at once; events of one key are always handled one by one.
  public var parallel: Int
  /// Whether each event is handled once, even when the group is moved back.
  public var isIdempotent: Bool
  /// Whether what comes later for the same key waits while something of that key is parked; other
  /// keys go on.
  public var waitsForParked: Bool

  /// Options; one event at a time, parking what fails, when nothing else is said.
  public init(
    policy: ErrorPolicy = .park, parallel: Int = 1, isIdempotent: Bool = false,
    waitsForParked: Bool = false
  ) {
    self.policy = policy
    self.parallel = max(1, parallel)
    self.isIdempotent = isIdempotent
    self.waitsForParked = waitsForParked
  }

  /// One event at a time; what fails is parked.
  public static let standard = ConsumerOptions()
}
