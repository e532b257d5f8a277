/// The event, delay or other occasion on which a transition may be taken.
public enum MachineTrigger: Sendable, Hashable, CustomStringConvertible {
  /// A message by name; `*` stands for every message that the same state does not name.
  case message(String)
  /// Nothing: the transition is taken as soon as its guard holds.
  case always
  /// Having been in the state for this long.
  case after(Interval)
  /// The end of the state: its final child is entered, or all its regions are done.
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

/// A way out of a state of a ``StateMachine``, or a reaction that does not leave the state.
///
/// A target is relative to the state that declares it: `open` is a sibling, or else the nearest
/// state of that name among the siblings of its ancestors; `.waiting` is a child;
/// `#payment.waiting` is a path from the top. Without a target no state is left or entered.
public struct MachineTransition: Sendable {
  /// On what occasion it may be taken.
  public let trigger: MachineTrigger
  /// The targets; several of them lie in different regions of a parallel state.
  public let targets: [String]
  /// The condition for taking it, if any.
  public let condition: MachineGuard?
  /// What it does, in order.
  public let actions: [MachineAction]
  /// Whether a compound state stays active when all targets lie within it.
  public let isInternal: Bool
  /// Whether it forbids the message here.
  public let isForbidden: Bool

  /// A transition of any kind; the functions below are shorter.
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

  /// A transition on a message.
  ///
  /// - Parameter internally: Whether the state itself stays active when the target is a child.
  public static func on(
    _ message: String, to targets: String..., when condition: MachineGuard? = nil,
    internally: Bool = false, do actions: MachineAction...
  ) -> MachineTransition {
    MachineTransition(
      .message(message), targets: targets, when: condition, isInternal: internally,
      actions: actions)
  }

  /// A transition taken as soon as its guard holds, without a message.
  public static func always(
    to targets: String..., when condition: MachineGuard? = nil, do actions: MachineAction...
  ) -> MachineTransition {
    MachineTransition(.always, targets: targets, when: condition, actions: actions)
  }

  /// A transition taken once the state has been active for an interval.
  public static func after(
    _ interval: Interval, to targets: String..., when condition: MachineGuard? = nil,
    do actions: MachineAction...
  ) -> MachineTransition {
    MachineTransition(.after(interval), targets: targets, when: condition, actions: actions)
  }

  /// A transition taken when a final child of a compound state is entered, or when every region of
  /// a parallel state is done.
  public static func done(
    to targets: String..., when condition: MachineGuard? = nil, do actions: MachineAction...
  ) -> MachineTransition {
    MachineTransition(.done, targets: targets, when: condition, actions: actions)
  }

  /// Forbids a message here, even if an outer state would take it.
  public static func forbid(_ message: String) -> MachineTransition {
    MachineTransition(forbidding: message)
  }
}
