/// The parts of a domain, collected in any order.
///
/// Views, sagas and adapters are offered events in the order in which they are listed among their
/// kind.
public struct DomainParts: Sendable {
  var aggregates: [AggregateRoot] = []
  var commands: [Command] = []
  var views: [EventView] = []
  var sagas: [Saga] = []
  var adapters: [EventAdapter] = []
  var events: [EventDeclaration] = []
  var indexes: [RecordIndex] = []

  fileprivate static func + (left: DomainParts, right: DomainParts) -> DomainParts {
    DomainParts(
      aggregates: left.aggregates + right.aggregates, commands: left.commands + right.commands,
      views: left.views + right.views, sagas: left.sagas + right.sagas,
      adapters: left.adapters + right.adapters, events: left.events + right.events,
      indexes: left.indexes + right.indexes)
  }
}

/// Collects the parts of a domain that are listed one after the other, alone or in arrays.
@resultBuilder public enum DomainBuilder {
  /// Accepts a kind of aggregate.
  public static func buildExpression(_ part: AggregateRoot) -> DomainParts {
    buildExpression([part])
  }
  /// Lets a line of the builder be a command.
  public static func buildExpression(_ part: Command) -> DomainParts { buildExpression([part]) }
  /// Lets a line of the builder be a view.
  public static func buildExpression(_ part: EventView) -> DomainParts { buildExpression([part]) }
  /// Lets a line of the builder be a saga.
  public static func buildExpression(_ part: Saga) -> DomainParts { buildExpression([part]) }
  /// Lets a line of the builder be an adapter.
  public static func buildExpression(_ part: EventAdapter) -> DomainParts {
    buildExpression([part])
  }
  /// Lets a line of the builder say something of a type of event.
  public static func buildExpression(_ part: EventDeclaration) -> DomainParts {
    buildExpression([part])
  }
  /// Lets a line of the builder be an index.
  public static func buildExpression(_ part: RecordIndex) -> DomainParts { buildExpression([part]) }

  /// Accepts kinds of aggregates.
  public static func buildExpression(_ parts: [AggregateRoot]) -> DomainParts {
    DomainParts(aggregates: parts)
  }
  /// Lets a line of the builder be a list of commands, in the order of declaration.
  public static func buildExpression(_ parts: [Command]) -> DomainParts {
    DomainParts(commands: parts)
  }
  /// Lets a line of the builder be a list of views, in the order in which they get events.
  public static func buildExpression(_ parts: [EventView]) -> DomainParts {
    DomainParts(views: parts)
  }
  /// Lets a line of the builder be a list of sagas, in the order in which they get events.
  public static func buildExpression(_ parts: [Saga]) -> DomainParts { DomainParts(sagas: parts) }
  /// Lets a line of the builder be a list of adapters, in the order in which they get events.
  public static func buildExpression(_ parts: [EventAdapter]) -> DomainParts {
    DomainParts(adapters: parts)
  }
  /// Lets a line of the builder say something of several types of events.
  public static func buildExpression(_ parts: [EventDeclaration]) -> DomainParts {
    DomainParts(events: parts)
  }
  /// Lets a line of the builder be a list of indexes.
  public static func buildExpression(_ parts: [RecordIndex]) -> DomainParts {
    DomainParts(indexes: parts)
  }

  /// Combines parts listed one after the other.
  public static func buildBlock(_ parts: DomainParts...) -> DomainParts {
    parts.reduce(DomainParts(), +)
  }
  /// Accepts the parts inside an `if` without `else`.
  public static func buildOptional(_ parts: DomainParts?) -> DomainParts { parts ?? DomainParts() }
  /// Accepts the first of two alternatives.
  public static func buildEither(first parts: DomainParts) -> DomainParts { parts }
  /// Accepts the second of two alternatives.
  public static func buildEither(second parts: DomainParts) -> DomainParts { parts }
  /// Accepts the parts that a loop produces.
  public static func buildArray(_ parts: [DomainParts]) -> DomainParts {
    parts.reduce(DomainParts(), +)
  }
}

extension Domain {
  /// Declares a domain by its parts, listed in any order.
  ///
  ///     Domain("shop") {
  ///       order
  ///       [buy, pay]
  ///       board
  ///     }
  ///
  /// - Parameter source: The name of the service; the domain's name when absent.
  public init(
    _ name: String, source: String? = nil, summary: String = "", upcasters: UpcasterChain = .empty,
    redaction: Redaction = Redaction([:]), @DomainBuilder parts: () -> DomainParts
  ) {
    let parts = parts()
    self.init(
      name, source: source, summary: summary, aggregates: parts.aggregates,
      commands: parts.commands, views: parts.views, sagas: parts.sagas, adapters: parts.adapters,
      events: parts.events, indexes: parts.indexes, upcasters: upcasters, redaction: redaction)
  }
}
