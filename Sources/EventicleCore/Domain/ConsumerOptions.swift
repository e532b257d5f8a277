/// How a consumer takes its deliveries.
public struct ConsumerOptions: Sendable, Hashable {
  /// What happens to a delivery whose handler fails.
  public var policy: ErrorPolicy
  /// The most keys at work at once; events of one key are always handled one by one.
  public var parallel: Int
  /// Whether each event is handled only once, even when the group is moved back.
  public var isIdempotent: Bool
  /// Whether later events of a key wait while work of that key is parked; other keys go on.
  public var waitsForParked: Bool

  /// Creates options; by default, one event at a time and failures are parked.
  public init(
    policy: ErrorPolicy = .park, parallel: Int = 1, isIdempotent: Bool = false,
    waitsForParked: Bool = false
  ) {
    self.policy = policy
    self.parallel = max(1, parallel)
    self.isIdempotent = isIdempotent
    self.waitsForParked = waitsForParked
  }

  /// One event at a time; failures are parked.
  public static let standard = ConsumerOptions()
}
