public import EventicleCore

/// A handler that has not come back within the deadline for one step of the engine.
///
/// Nothing else is done until it comes back: a handler of the engine cannot be cancelled. Work that
/// waits for something outside belongs in an ``AsyncEventAdapter``.
public struct HungHandler: Sendable, Hashable, CustomStringConvertible {
  /// The stable id of the handler: `saga PaymentSaga / on PaymentDeclined`, `command PlaceOrder`.
  public let handler: String
  /// When it was called, on the host's clock.
  public let since: Instant

  /// `saga PaymentSaga / on PaymentDeclined, running since …`.
  public var description: String { "\(handler), running since \(since)" }
}
