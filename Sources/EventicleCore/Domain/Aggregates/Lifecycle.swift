/// The states that an aggregate without a machine passes through, declared for people and tools.
///
/// It describes what commands and reducers do and decides nothing: the engine neither reads nor
/// checks it, so that declaring one changes no behaviour.
///
///     Lifecycle(
///       .state("placed", to: "paid", "cancelled"), .state("paid", to: "cancelled"),
///       .final("cancelled"))
public struct Lifecycle: Sendable, Hashable {
  /// One state, with the ways out of it.
  public struct State: Sendable, Hashable {
    /// The word that the field holds in this state; unique within the lifecycle.
    public let name: String
    /// The states that may follow, in the order in which they are shown.
    public let ways: [String]
    /// Whether nothing follows.
    public let isFinal: Bool

    /// A state that others may follow.
    public static func state(_ name: String, to ways: String...) -> State {
      State(name: name, ways: ways, isFinal: false)
    }

    /// A state after which nothing follows.
    public static func final(_ name: String) -> State {
      State(name: name, ways: [], isFinal: true)
    }
  }

  /// The states, in the order in which a life usually reaches them.
  public let states: [State]
  /// The member of the aggregate's state that holds the name of the present one.
  public let field: String

  /// Declares a lifecycle.
  ///
  /// - Parameters:
  ///   - states: In the order in which a life usually reaches them.
  ///   - field: The member of the aggregate's state that holds the name of the present one.
  public init(_ states: State..., field: String = "status") {
    self.states = states
    self.field = field
  }

  /// Faults in the declaration; empty when there are none.
  func problems(of aggregate: String) -> [DomainError] {
    var found: [DomainError] = []
    var names: Set<String> = []
    for state in states where !names.insert(state.name).inserted {
      found.append(.doubleState(aggregate: aggregate, state: state.name))
    }
    if names.contains("") { found.append(.nameless(kind: "state of the aggregate \(aggregate)")) }
    for state in states {
      for target in state.ways where !names.contains(target) {
        found.append(.lostState(aggregate: aggregate, state: state.name, target: target))
      }
    }
    return found
  }
}
