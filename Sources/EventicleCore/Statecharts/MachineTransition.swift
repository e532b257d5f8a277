/// How far the states reach that a transition leaves.
enum MachineReach: Sendable, Hashable {
  /// Up to the innermost compound state around its source and targets.
  case outer
  /// As `outer`, but a compound source stays active when all targets lie within it.
  case inner
  /// Up to the innermost state of any kind around source and targets; the source stays active when
  /// all targets lie within it or are it, as in XState 5.
  case contained
  /// As `contained`, but the source is left and entered again, as in XState 5 with `reenter`.
  case reentering
  /// As `reentering`, but without what is active beside the source, as in XState 4 unless `internal`.
  case alone
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
  /// Whether it forbids the message here.
  public let isForbidden: Bool
  let reach: MachineReach

  /// Whether its source stays active when all targets lie within it.
  public var isInternal: Bool { reach == .inner || reach == .contained }

  /// A transition of any kind; the functions below are shorter.
  public init(
    _ trigger: MachineTrigger, targets: [String], when condition: MachineGuard? = nil,
    isInternal: Bool = false, actions: [MachineAction] = []
  ) {
    self.init(
      trigger, targets: targets, when: condition, reach: isInternal ? .inner : .outer,
      actions: actions)
  }

  init(
    _ trigger: MachineTrigger, targets: [String], when condition: MachineGuard?,
    reach: MachineReach, actions: [MachineAction]
  ) {
    self.trigger = trigger
    self.targets = targets
    self.condition = condition
    self.actions = actions
    self.reach = reach
    isForbidden = false
  }

  init(forbidding trigger: MachineTrigger) {
    self.trigger = trigger
    targets = []
    condition = nil
    actions = []
    reach = .outer
    isForbidden = true
  }

  /// A transition on a message, or on any of several.
  ///
  /// - Parameters:
  ///   - message: The descriptor of a message; see ``MachineTrigger/message(_:)``.
  ///   - others: The descriptors of more messages on which it is taken too.
  ///   - internally: Whether the state itself stays active when the target is a child.
  public static func on(
    _ message: String, _ others: String..., to targets: String...,
    when condition: MachineGuard? = nil, internally: Bool = false, do actions: MachineAction...
  ) -> MachineTransition {
    MachineTransition(
      others.isEmpty ? .message(message) : .messages([message] + others), targets: targets,
      when: condition, isInternal: internally, actions: actions)
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

  /// Forbids messages here, even if an outer state would take them.
  public static func forbid(_ message: String, _ others: String...) -> MachineTransition {
    MachineTransition(
      forbidding: others.isEmpty ? .message(message) : .messages([message] + others))
  }
}
