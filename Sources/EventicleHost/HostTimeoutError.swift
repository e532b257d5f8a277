public import EventicleCore

/// What was asked of a host was not answered in time.
public struct HostTimeoutError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was asked: `dispatch PlaceOrder`.
  public let operation: String
  /// How long the caller was ready to wait, on the host's clock.
  public let timeout: Interval
  /// Whether the engine had begun, so that it may still be carried out; `false` when it was
  /// withdrawn and never will be.
  public let mayStillHappen: Bool

  /// The same in words.
  public var description: String {
    mayStillHappen
      ? "The host was to \(operation) within \(timeout); it has begun and is not done, and may still "
        + "be carried out. Look for its events, or ask again under the same idempotency key."
      : "The host was to \(operation) within \(timeout), but had not begun; it was withdrawn and will "
        + "not be carried out. Ask again."
  }
}
