/// What a domain is made of, collected in any order.
///
/// Views, sagas and adapters are offered events in the order in which they stand among their kind.
public struct DomainParts: Sendable {
  var aggregates: [AggregateRoot] = []
  var commands: [Command] = []
  var views: [EventView] = []
  var sagas: [Saga] = []
  var adapters: [EventAdapter] = []
  var indexes: [RecordIndex] = []

  fileprivate static func + (left: DomainParts, right: DomainParts) -> DomainParts {
    DomainParts(
      aggregates: left.aggregates + right.aggregates, commands: left.commands + right.commands,
      views: left.views + right.views, sagas: left.sagas + right.sagas,
      adapters: left.adapters + right.adapters, indexes: left.indexes + right.indexes)
  }
}

/// Collects the parts of a domain as they are written one after the other, alone or in arrays.
@resultBuilder public enum DomainBuilder {
  /// Takes a kind of aggregate.
  public static func buildExpression(_ part: AggregateRoot) -> DomainParts {
    buildExpression([part])
  }
  /// Takes a command.
  public static func buildExpression(_ part: Command) -> DomainParts { buildExpression([part]) }
  /// Takes a view.
  public static func buildExpression(_ part: EventView) -> DomainParts { buildExpression([part]) }
  /// Takes a saga.
  public static func buildExpression(_ part: Saga) -> DomainParts { buildExpression([part]) }
  /// Takes an adapter.
  public static func buildExpression(_ part: EventAdapter) -> DomainParts {
    buildExpression([part])
  }
  /// Takes an index.
  public static func buildExpression(_ part: RecordIndex) -> DomainParts { buildExpression([part]) }

  /// Takes kinds of aggregates.
  public static func buildExpression(_ parts: [AggregateRoot]) -> DomainParts {
    DomainParts(aggregates: parts)
  }
  /// Takes commands.
  public static func buildExpression(_ parts: [Command]) -> DomainParts {
    DomainParts(commands: parts)
  }
  /// Takes views.
  public static func buildExpression(_ parts: [EventView]) -> DomainParts {
    DomainParts(views: parts)
  }
  /// Takes sagas.
  public static func buildExpression(_ parts: [Saga]) -> DomainParts { DomainParts(sagas: parts) }
  /// Takes adapters.
  public static func buildExpression(_ parts: [EventAdapter]) -> DomainParts {
    DomainParts(adapters: parts)
  }
  /// Takes indexes.
  public static func buildExpression(_ parts: [RecordIndex]) -> DomainParts {
    DomainParts(indexes: parts)
  }

  /// Puts what is written one after the other together.
  public static func buildBlock(_ parts: DomainParts...) -> DomainParts {
    parts.reduce(DomainParts(), +)
  }
  /// Takes what a condition lets in.
  public static func buildOptional(_ parts: DomainParts?) -> DomainParts { parts ?? DomainParts() }
  /// Takes the first of two alternatives.
  public static func buildEither(first parts: DomainParts) -> DomainParts { parts }
  /// Takes the second of two alternatives.
  public static func buildEither(second parts: DomainParts) -> DomainParts { parts }
  /// Takes what a loop makes.
  public static func buildArray(_ parts: [DomainParts]) -> DomainParts {
    parts.reduce(DomainParts(), +)
  }
}

extension Domain {
  /// Declares a domain by its parts, in any order:
  ///
  ///     Domain("shop") {
  ///       order
  ///       [buy, pay]
  ///       board
  ///     }
  ///
  /// - Parameter source: The domain's name when absent.
  public init(
    _ name: String, source: String? = nil, summary: String = "", upcasters: UpcasterChain = .empty,
    redaction: Redaction = Redaction([:]), @DomainBuilder parts: () -> DomainParts
  ) {
    let parts = parts()
    self.init(
      name, source: source, summary: summary, aggregates: parts.aggregates,
      commands: parts.commands, views: parts.views, sagas: parts.sagas, adapters: parts.adapters,
      indexes: parts.indexes, upcasters: upcasters, redaction: redaction)
  }
}
