/// What an engine uses besides its domain: codec, protection and observers.
public struct EngineOptions: Sendable {
  /// The codec of raw events.
  public var codec: any EventCodec
  /// Seals events before they are stored and opens them before they are read; `nil` stores them
  /// unencrypted.
  public var protection: (any EventProtection)?
  /// The observers of every transaction, called in this order.
  public var observers: [TransactionObserver]
  /// Eventicle's JSON codec, no protection and no observers.
  public static let standard = EngineOptions()

  /// Creates options; the defaults are those of ``standard``.
  public init(
    codec: any EventCodec = JSONEventCodec(), protection: (any EventProtection)? = nil,
    observers: [TransactionObserver] = []
  ) {
    self.codec = codec
    self.protection = protection
    self.observers = observers
  }
}
