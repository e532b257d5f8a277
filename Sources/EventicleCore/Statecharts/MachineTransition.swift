/// What sets a transition off.
public enum MachineTrigger: Sendable, Hashable, CustomStringConvertible {
  /// A message of a name; `*` stands for every message that the same state does not name.
  case message(String)
  /// Nothing: it is taken as soon as its guard holds.
  case always
  /// So much time in the state.
  case after(Interval)
  /// The state's children have come to their end.
  case done

  /// `OPEN`, `always`, `after 30s` or `done`.
  public var description: String {
    switch self {
    case .message(let name): name == "*" ? "any message" : name
    case .always: "always"
    case .after(let interval): "after \(interval)"
    case .done: "done"
    }
  }
}

/// One way out of a state of a ``StateMachine``, or what the state does without being left.
///
/// A target is written as seen from the state that declares it: `open` is a sibling, or else the
/// nearest state of that name among the siblings of its ancestors; `.waiting` is a child;
/// `#payment.waiting` is a path from the top. Without a target nothing is left or entered.
public struct MachineTransition: Sendable {
  /// What sets it off.
  public let trigger: MachineTrigger
  /// Where it leads; several targets lie in different regions of a parallel state.
  public let targets: [String]
  /// What must hold.
  public let condition: MachineGuard?
  /// What it does, in order.
  public let actions: [MachineAction]
  /// Whether a compound state stays active when all targets lie within it.
  public let isInternal: Bool
  /// Whether it says that the message may not happen here.
  public let isForbidden: Bool

  /// A transition with all its parts; the other ways to make one are shorter.
  public init(
    _ trigger: MachineTrigger, targets: [String], when condition: MachineGuard? = nil,
    isInternal: Bool = false, actions: [MachineAction] = []
  ) {
    self.trigger = trigger
    self.targets = targets
    self.condition = condition
    self.actions = actions
    self.isInternal = isInternal
    isForbidden = false
  }

  private init(forbidding message: String) {
    trigger = .message(message)
    targets = []
    condition = nil
    actions = []
    isInternal = false
    isForbidden = true
  }

  /// Taken when a message of a name comes.
  ///
  /// - Parameter internally: Whether the state itself stays active when it leads to a child.
  public static func on(
    _ message: String, to targets: String..., when condition: MachineGuard? = nil,
    internally: Bool = false, do actions: MachineAction...
  ) -> MachineTransition {
    MachineTransition(
      .message(message), targets: targets, when: condition, isInternal: internally,
      actions: actions)
  }

  /// Taken as soon as its guard holds, without any message.
  public static func always(
    to targets: String..., when condition: MachineGuard? = nil, do actions: MachineAction...
  ) -> MachineTransition {
    MachineTransition(.always, targets: targets, when: condition, actions: actions)
  }

  /// Taken when the state has been active for so long.
  public static func after(
    _ interval: Interval, to targets: String..., when condition: MachineGuard? = nil,
    do actions: MachineAction...
  ) -> MachineTransition {
    MachineTransition(.after(interval), targets: targets, when: condition, actions: actions)
  }

  /// Taken when a final child of a compound state is entered, or when every region of a
  /// parallel state has come to its end.
  public static func done(
    to targets: String..., when condition: MachineGuard? = nil, do actions: MachineAction...
  ) -> MachineTransition {
    MachineTransition(.done, targets: targets, when: condition, actions: actions)
  }

  /// Says that a message may not happen here, even if a state around this one would take it.
  public static func forbid(_ message: String) -> MachineTransition {
    MachineTransition(forbidding: message)
  }
}
