/// Where an event goes within a saga that routes its events by a closure; see
/// ``Saga/routed(hotParallel:by:)``.
public struct SagaRoute: Sendable, Hashable {
  /// A value that the instances which the event is for have in a property.
  public struct Match: Sendable, Hashable {
    /// The property of the instance's data.
    public let property: String
    /// The value; `null` matches no instance.
    public let value: JSON

    /// Creates a match of a property with a value.
    public init(_ property: String, _ value: JSON) {
      self.property = property
      self.value = value
    }
  }

  /// The lane of the event; `nil` where the saga has only one.
  public var lane: SagaLane?
  /// The live instances that the event is for; `nil` for none.
  public var match: Match?
  /// Whether the event starts an instance when no live one matches.
  public var starts: Bool
  /// Whether the event is handled without any instance.
  public var isStateless: Bool

  /// Creates a route; one without a match, a start and a stateless handler reaches nobody.
  public init(
    lane: SagaLane? = nil, match: Match? = nil, starts: Bool = false, isStateless: Bool = false
  ) {
    self.lane = lane
    self.match = match
    self.starts = starts
    self.isStateless = isStateless
  }

  /// The match, unless its value matches nothing.
  package var wanted: Match? { match.flatMap { $0.value.isNull ? nil : $0 } }
}

/// A route behind a reference, because nearly all deliveries have none.
indirect enum KeptRoute: Sendable, Hashable {
  case route(SagaRoute)

  var route: SagaRoute {
    switch self {
    case .route(let route): route
    }
  }
}
