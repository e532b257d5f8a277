/// What an engine uses besides its domain.
public struct EngineOptions: Sendable {
  /// How events travel to those who take them raw.
  public var codec: any EventCodec
  /// What seals events before they are stored and opens them before they are read; without one
  /// they rest in clear.
  public var protection: (any EventProtection)?
  /// Who hears of every transaction, in this order.
  public var observers: [TransactionObserver]
  /// Eventicle's JSON codec, no protection and no observers.
  public static let standard = EngineOptions()

  /// Options; Eventicle's JSON codec, no protection and no observers when nothing else is said.
  public init(
    codec: any EventCodec = JSONEventCodec(), protection: (any EventProtection)? = nil,
    observers: [TransactionObserver] = []
  ) {
    self.codec = codec
    self.protection = protection
    self.observers = observers
  }
}
