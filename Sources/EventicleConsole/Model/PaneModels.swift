import EventicleCore

/// The tree on the left: what there is, with counts.
struct ExploreModel: Hashable, Sendable {
  /// The groups of the tree, in order.
  enum Section: String, CaseIterable, Hashable, Sendable {
    case streams
    case aggregates
    case sagas
    case views
    case commands
    case adapters
  }

  var list = ListCursor()
  /// The groups that are folded away.
  var folded: Set<Section> = []
}

/// What is known about the selected row.
struct InspectModel: Hashable, Sendable {
  /// The looks at it.
  enum Tab: String, CaseIterable, Hashable, Sendable {
    case state = "State"
    case diff = "Diff"
    case cause = "Cause"
    case deliveries = "Deliveries"
    case raw = "Raw"
  }

  var tab = Tab.state
  /// The first line shown.
  var scroll = 0
  /// The paths of the JSON tree that are folded.
  var folded: Set<String> = []
}

/// One aggregate or a list of them; rows of views too.
struct AggregateModel: Hashable, Sendable {
  /// What is looked at.
  enum Subject: Hashable, Sendable {
    case nothing
    case instances(String)
    case instance(AggregateKey)
    case rows(String)
    case row(String, key: String)
  }

  /// The looks at an aggregate.
  enum Tab: String, CaseIterable, Hashable, Sendable {
    case state = "State"
    case history = "History"
  }

  var subject = Subject.nothing
  var tab = Tab.state
  var list = ListCursor()
  var scroll = 0
}

/// One saga instance as a timeline, or a list of them.
struct SagaModel: Hashable, Sendable {
  /// What is looked at.
  enum Subject: Hashable, Sendable {
    case nothing
    /// The instances of a saga; of every saga when no name is given.
    case instances(String?)
    case instance(SagaKey)
  }

  var subject = Subject.nothing
  var list = ListCursor()
  /// The selected step, from 0.
  var step = 0
  /// The first line shown.
  var scroll = 0
  /// Whether whole states are shown instead of what changed.
  var showsWholeState = false
}

/// Armed timers, waiting deliveries and parked work.
struct TimersModel: Hashable, Sendable {
  var list = ListCursor()
}
