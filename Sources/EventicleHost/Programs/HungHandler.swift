public import EventicleCore

/// A handler that has run for longer than the deadline for one step of the engine.
///
/// The engine does nothing else until it returns, because a handler of the engine cannot be
/// cancelled. Work that waits for something outside belongs in an ``AsyncEventAdapter``.
public struct HungHandler: Sendable, Hashable, CustomStringConvertible {
  /// The stable id of the handler: `saga PaymentSaga / on PaymentDeclined`, `command PlaceOrder`.
  public let handler: HandlerID
  /// When it was called, on the host's clock.
  public let since: Instant

  /// The handler and its start, such as `saga PaymentSaga / on PaymentDeclined, running since …`.
  public var description: String { "\(handler), running since \(since)" }
}
