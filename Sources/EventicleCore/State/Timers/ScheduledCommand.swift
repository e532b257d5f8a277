/// A command that the engine carries out by itself, once at an instant or repeatedly.
///
/// Its name identifies it within a workspace: scheduling another one under that name replaces it
/// with its command, data and due time. Each time it falls due it is a step like any other, whose
/// entry leads back to the entry that scheduled it.
public struct ScheduledCommand: Sendable, Hashable {
  /// The name by which the command is cancelled or replaced.
  public let name: String
  /// The command to carry out.
  ///
  /// With an idempotency key each due instant counts as one request: an instant that is made up for
  /// twice is carried out once.
  public let intent: CommandIntent
  /// When the command is due.
  public let schedule: TimerSchedule
  /// What happens to due instants of a recurring command that passed unnoticed.
  public let missed: MissedFires

  /// Creates a scheduled command; it is checked when it is scheduled.
  public init(
    _ name: String, _ intent: CommandIntent, _ schedule: TimerSchedule,
    missed: MissedFires = .once
  ) {
    self.name = name
    self.intent = intent
    self.schedule = schedule
    self.missed = missed
  }

  /// The timer that makes the command due, such as `command/CloseDay/nightly`.
  public var timer: TimerKey {
    TimerKey(command: intent.type, name: name, in: intent.workspace ?? .system)
  }
}

extension TimerKey {
  /// The owner of command timers, in place of a saga's name.
  static let commandOwner = "command"

  /// Creates the key of the timer of a scheduled command.
  init(command type: String, name: String, in workspace: Workspace) {
    let owner =
      workspace.isTenant
      ? "\(workspace.text):\(TimerKey.commandOwner)" : TimerKey.commandOwner
    self.init(SagaKey(owner, type), name)
  }

  /// Whether this is the key of a command's timer, not of a saga's.
  package var isOfCommand: Bool {
    isSameText(owner.saga, TimerKey.commandOwner)
      || owner.saga.hasSuffix(":\(TimerKey.commandOwner)")
  }

  /// The workspace of the command that the timer is for.
  var commandWorkspace: Workspace {
    owner.saga.utf8.count > TimerKey.commandOwner.utf8.count
      ? Workspace(String(owner.saga.dropLast(TimerKey.commandOwner.count + 1))) : .system
  }
}
