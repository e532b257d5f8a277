/// A state as a chart declares it: its transitions, its actions, and the states inside it.
public struct MachineState: Sendable {
  /// How a state relates to those inside it.
  public enum Kind: Sendable, Hashable {
    /// A state without children.
    case atomic
    /// Exactly one child is active, first the one named, or the one around a state deeper inside:
    /// `waiting`, or `waiting.for.money`; several paths lie in different regions of a parallel state.
    case compound(initial: [String])
    /// All children are active together.
    case parallel
    /// Entering it ends the state around it.
    case final
    /// Stands for the children that were active last, or with `deep` for all states below them.
    case history(deep: Bool, standard: String?)

    /// Exactly one child is active, first the one named.
    public static func compound(initial: String) -> Kind { .compound(initial: [initial]) }
  }

  /// The name, unique among its siblings and without a dot.
  public let name: String
  /// Whether it has children, and how they are active.
  public let kind: Kind
  /// What it does on messages and delays; of those that apply the first one is taken.
  public let transitions: [MachineTransition]
  /// The states inside it, in document order.
  public let states: [MachineState]
  /// What is done whenever it is entered.
  public let entry: [MachineAction]
  /// What is done whenever it is left.
  public let exit: [MachineAction]
  /// What is done after ``entry`` whenever a compound state begins with its initial child.
  public let start: [MachineAction]
  /// The name of the message that says that it is done; `done.state.` and its path when `nil`.
  var doneName: String?
  /// The data of that message, for a final state.
  var output = JSON.emptyObject

  /// A state of any kind; the functions below are shorter.
  public init(
    _ name: String, _ kind: Kind, transitions: [MachineTransition] = [],
    states: [MachineState] = [], entry: [MachineAction] = [], exit: [MachineAction] = [],
    start: [MachineAction] = []
  ) {
    self.name = name
    self.kind = kind
    self.transitions = transitions
    self.states = states
    self.entry = entry
    self.exit = exit
    self.start = start
  }

  /// A state without children.
  public static func state(
    _ name: String, _ transitions: MachineTransition..., entry: [MachineAction] = [],
    exit: [MachineAction] = []
  ) -> MachineState {
    MachineState(name, .atomic, transitions: transitions, entry: entry, exit: exit)
  }

  /// A state of which one child is active, first the one named, or the one around a state deeper
  /// inside, such as `waiting.for.money`.
  public static func compound(
    _ name: String, initial: String, _ transitions: MachineTransition...,
    states: [MachineState], entry: [MachineAction] = [], exit: [MachineAction] = []
  ) -> MachineState {
    MachineState(
      name, .compound(initial: initial), transitions: transitions, states: states, entry: entry,
      exit: exit)
  }

  /// A state whose children are all active together.
  public static func parallel(
    _ name: String, _ transitions: MachineTransition..., regions: [MachineState],
    entry: [MachineAction] = [], exit: [MachineAction] = []
  ) -> MachineState {
    MachineState(
      name, .parallel, transitions: transitions, states: regions, entry: entry, exit: exit)
  }

  /// A state that ends the state around it; at the top it ends the machine.
  public static func final(_ name: String, entry: [MachineAction] = []) -> MachineState {
    MachineState(name, .final, entry: entry)
  }

  /// Stands for what was active when the state around it was last left.
  ///
  /// - Parameters:
  ///   - deep: Whether the states below the children are remembered too.
  ///   - standard: The target before the state has ever been left, written as in a transition of
  ///     this state; the initial state by default.
  public static func history(
    _ name: String, deep: Bool = false, standard: String? = nil
  ) -> MachineState {
    MachineState(name, .history(deep: deep, standard: standard))
  }
}
