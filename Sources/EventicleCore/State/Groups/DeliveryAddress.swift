/// A delivery that waits, named by its event and its consumer.
public struct DeliveryAddress: Sendable, Hashable, CustomStringConvertible {
  /// The position of the event in the whole log.
  public let position: Position
  /// The consumer that is to be offered the event.
  public let consumer: ConsumerName

  /// Creates an address.
  public init(_ position: Position, _ consumer: ConsumerName) {
    self.position = position
    self.consumer = consumer
  }

  /// `#12>PaymentSaga`.
  public var description: String { "\(position)>\(consumer.name)" }
}
