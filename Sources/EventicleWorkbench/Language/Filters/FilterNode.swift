package import EventicleCore

/// The tree of a filter.
package indirect enum FilterNode: Hashable, Sendable {
  /// Every event passes; the empty filter.
  case all
  /// All of them hold; at least two.
  case and([FilterNode])
  /// At least one of them holds; at least two.
  case or([FilterNode])
  case not(FilterNode)
  case term(FilterTerm)
}

/// One condition of a filter.
package enum FilterTerm: Hashable, Sendable {
  /// A bare word: found in the type, an id, the stream or the text of the data.
  case word(TextPattern)
  /// `type:Order*`.
  case key(FilterKey, TextPattern)
  /// `cause:#12`: the event is among its causes.
  case cause(CauseReference)
  /// `since:-5m`: at that time or later.
  case since(TimeExpression)
  /// `until:12:04`: at that time or before.
  case until(TimeExpression)
  /// `is:error`: handling it failed.
  case isError
  /// `is:orphan`: its cause is not in the log.
  case isOrphan
  /// `#>10`: the position in the log compares.
  case position(Comparison, Position)
  /// `data.amount>100`; a missing field satisfies only `!=`.
  case field(JSONPath, ValueTest)

  /// `state.status=paid`, `prev.status=paid`: a member of the aggregate's state after the event, or
  /// before it; missing for an event of no aggregate.
  case state(FilterMoment, JSONPath, ValueTest)
  /// `changed(status)`: the event changed that member of the aggregate's state.
  case changed(JSONPath)

  /// The cost of evaluating it: 0 looks at the event, 1 asks the world, 2 reads the data, 3 folds.
  var cost: Int {
    switch self {
    case .position, .isError, .isOrphan, .since, .until: 0
    case .key(let key, _): key.cost
    case .cause: 1
    case .word, .field: 2
    case .state, .changed: 3
    }
  }
}

/// Which state of an aggregate a filter reads.
package enum FilterMoment: String, Hashable, Sendable, CaseIterable {
  /// The one after the event.
  case after = "state"
  /// The one before the event.
  case before = "prev"

  /// What it is, for completion.
  var meaning: String {
    switch self {
    case .after: "a member of the aggregate's state after the event"
    case .before: "a member of the aggregate's state before the event"
    }
  }
}

/// The keys that may stand before a colon.
package enum FilterKey: String, Hashable, Sendable, CaseIterable {
  case type, stream, id, saga
  case aggregate = "agg"
  case command = "cmd"
  case actor = "by"
  case source

  var cost: Int {
    switch self {
    case .type, .stream, .id, .source: 0
    case .saga, .aggregate, .command, .actor: 1
    }
  }

  /// What the key means, for help and completion.
  package var summary: String {
    switch self {
    case .type: "the type of the event"
    case .stream: "the stream it is in"
    case .id: "its id, or the id of what it is about"
    case .saga: "a saga that handled it"
    case .aggregate: "the aggregate it belongs to, as Order or Order/order-1"
    case .command: "the command that emitted it"
    case .actor: "who made it happen: user, a command or a saga"
    case .source: "the service that said so"
    }
  }

  /// All words that may stand before a colon.
  static let words = FilterKey.allCases.map(\.rawValue) + ["cause", "since", "until", "is"]
}

extension FilterNode {
  /// The cost of its most expensive term.
  var cost: Int {
    switch self {
    case .all: 0
    case .and(let nodes), .or(let nodes): nodes.reduce(0) { max($0, $1.cost) }
    case .not(let node): node.cost
    case .term(let term): term.cost
    }
  }

  /// The same condition with the cheap parts first.
  var planned: FilterNode {
    switch self {
    case .all, .term: return self
    case .not(let node): return .not(node.planned)
    case .and(let nodes): return .and(FilterNode.cheapestFirst(nodes))
    case .or(let nodes): return .or(FilterNode.cheapestFirst(nodes))
    }
  }

  private static func cheapestFirst(_ nodes: [FilterNode]) -> [FilterNode] {
    let planned = nodes.map(\.planned)
    return (0...3).flatMap { cost in planned.filter { $0.cost == cost } }
  }
}
