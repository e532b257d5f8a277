/// One state of a ``StateMachine``, with the states inside it.
public struct MachineState: Sendable {
  /// What sort of state it is.
  public enum Kind: Sendable, Hashable {
    /// Nothing lies inside it.
    case atomic
    /// One of its children is active, at first the one named.
    case compound(initial: String)
    /// All of its children are active at once.
    case parallel
    /// The end of the state around it.
    case final
    /// Stands for the children that were active last, or with `deep` for all states below.
    case history(deep: Bool, standard: String?)
  }

  /// Its name, unlike those of its siblings and without a dot.
  public let name: String
  /// What sort of state it is.
  public let kind: Kind
  /// What it does with messages and time; of those that fit the first one is taken.
  public let transitions: [MachineTransition]
  /// The states inside it, in document order.
  public let states: [MachineState]
  /// What is done whenever it is entered.
  public let entry: [MachineAction]
  /// What is done whenever it is left.
  public let exit: [MachineAction]

  /// A state with all its parts; the other ways to make one are shorter.
  public init(
    _ name: String, _ kind: Kind, transitions: [MachineTransition] = [],
    states: [MachineState] = [], entry: [MachineAction] = [], exit: [MachineAction] = []
  ) {
    self.name = name
    self.kind = kind
    self.transitions = transitions
    self.states = states
    self.entry = entry
    self.exit = exit
  }

  /// A state with nothing inside.
  public static func state(
    _ name: String, _ transitions: MachineTransition..., entry: [MachineAction] = [],
    exit: [MachineAction] = []
  ) -> MachineState {
    MachineState(name, .atomic, transitions: transitions, entry: entry, exit: exit)
  }

  /// A state of which one child is active, at first the one named.
  public static func compound(
    _ name: String, initial: String, _ transitions: MachineTransition...,
    states: [MachineState], entry: [MachineAction] = [], exit: [MachineAction] = []
  ) -> MachineState {
    MachineState(
      name, .compound(initial: initial), transitions: transitions, states: states, entry: entry,
      exit: exit)
  }

  /// A state whose children are all active at once.
  public static func parallel(
    _ name: String, _ transitions: MachineTransition..., regions: [MachineState],
    entry: [MachineAction] = [], exit: [MachineAction] = []
  ) -> MachineState {
    MachineState(
      name, .parallel, transitions: transitions, states: regions, entry: entry, exit: exit)
  }

  /// The end of the state around it; at the top, the end of the machine.
  public static func final(_ name: String, entry: [MachineAction] = []) -> MachineState {
    MachineState(name, .final, entry: entry)
  }

  /// Stands for what was active when the state around it was left last.
  ///
  /// - Parameters:
  ///   - deep: Whether the states below the children are remembered too.
  ///   - standard: Where it leads before the state was ever left, written as a transition of
  ///     this state would write it; as the state around it begins when absent.
  public static func history(
    _ name: String, deep: Bool = false, standard: String? = nil
  ) -> MachineState {
    MachineState(name, .history(deep: deep, standard: standard))
  }
}
