public import EventicleCore

/// An operation of a host was not answered within its timeout.
public struct HostTimeoutError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The operation, such as `dispatch PlaceOrder`.
  public let operation: String
  /// How long the caller waited, on the host's clock.
  public let timeout: Interval
  /// Whether the engine had begun, so that the operation may still complete; `false` when it was
  /// withdrawn and never will.
  public let mayStillHappen: Bool

  /// A sentence with the operation, the timeout, and whether it may still complete.
  public var description: String {
    mayStillHappen
      ? "The host was to \(operation) within \(timeout); it has begun and is not done, and may still "
        + "be carried out. Look for its events, or ask again under the same idempotency key."
      : "The host was to \(operation) within \(timeout), but had not begun; it was withdrawn and will "
        + "not be carried out. Ask again."
  }
}
