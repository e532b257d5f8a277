/// What an engine uses besides its domain: codec, protection, observers and executor.
public struct EngineOptions: Sendable {
  /// How events are turned into bytes and back where they enter and leave as bytes.
  public var codec: any EventCodec
  /// Seals events before they are stored and opens them before they are read; `nil` stores them
  /// unencrypted.
  public var protection: (any EventProtection)?
  /// The observers of every transaction, called in this order.
  public var observers: [TransactionObserver]
  /// Calls the handlers of the domain; `nil` calls their closures in place, at no cost.
  public var executor: (any HandlerExecutor)?
  /// Eventicle's JSON codec, no protection, no observers and handlers called in place.
  public static let standard = EngineOptions()

  /// Creates options; the defaults are those of ``standard``.
  public init(
    codec: any EventCodec = JSONEventCodec(), protection: (any EventProtection)? = nil,
    observers: [TransactionObserver] = [], executor: (any HandlerExecutor)? = nil
  ) {
    self.executor = executor
    self.codec = codec
    self.protection = protection
    self.observers = observers
  }
}
