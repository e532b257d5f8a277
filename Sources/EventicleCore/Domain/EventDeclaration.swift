/// What kind of news an event is, for tools that show events.
public enum EventTone: String, Sendable, Hashable, CaseIterable {
  /// Ordinary news, without a mark.
  case plain
  /// Bad news that the domain reports itself, such as a declined payment: `▼`.
  case badNews
  /// It takes back what happened before, such as a refund: `↶`.
  case takenBack
}

/// What a domain says of a type of event, besides how its aggregates fold it.
///
/// Tools mark bad news, and what is taken back, by the last word of a type's name: `OrderCancelled`,
/// `payment.declined`. Where the name misleads, the domain says the tone, which wins:
///
///     Domain("parking") {
///       ticket
///       EventDeclaration("BarrierReleased", tone: .plain)
///       EventDeclaration("MeterJammed", tone: .badNews)
///     }
///
/// The tone changes what is shown and nothing that happens.
public struct EventDeclaration: Sendable, Hashable {
  /// The type of the events.
  public let type: EventType
  /// The kind of news they are; `nil` when the name tells.
  public let tone: EventTone?

  /// Declares a type of event.
  public init(_ type: EventType, tone: EventTone? = nil) {
    self.type = type
    self.tone = tone
  }
}
