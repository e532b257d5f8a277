/// The kind of thing that happened, in the past tense: `OrderCreated`.
public struct EventType: TextIdentifier {
  /// The name as it is written.
  public let text: String
  /// One of these parts.
  public init(_ text: String) { self.text = text }
}

/// What the event is about, usually the id of an aggregate: `order-77`.
public struct DomainID: TextIdentifier {
  /// The name as it is written.
  public let text: String
  /// One of these parts.
  public init(_ text: String) { self.text = text }
}

/// Who consumes a stream, and under which name its position is kept.
public struct GroupName: TextIdentifier {
  /// The name as it is written.
  public let text: String
  /// One of these parts.
  public init(_ text: String) { self.text = text }
}
