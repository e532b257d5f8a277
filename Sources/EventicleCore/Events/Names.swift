/// The kind of thing that happened, in the past tense: `OrderCreated`.
public struct EventType: TextIdentifier {
  /// The type's name as it is written.
  public let text: String
  /// Creates a type from its name, without any check.
  public init(_ text: String) { self.text = text }
}

/// What an event is about, usually the id of an aggregate: `order-77`.
public struct DomainID: TextIdentifier {
  /// The characters as they were given: ids are compared by their bytes, never normalised.
  public let text: String
  /// Creates an id from its text, without any check.
  public init(_ text: String) { self.text = text }
}

/// The name of a consumer group, under which its position is kept.
public struct GroupName: TextIdentifier {
  /// The group's name as it is written.
  public let text: String
  /// Creates a group's name from its text, without any check.
  public init(_ text: String) { self.text = text }
}
