/// A command that the engine carries out by itself, at a moment or again and again.
///
/// It is known by its name within a workspace: scheduling another one under the same name replaces
/// it, command, data and due time. Each time it falls due it is a step like any other, whose entry
/// leads back to the entry that scheduled it.
public struct ScheduledCommand: Sendable, Hashable {
  /// The name by which it is called off or replaced.
  public let name: String
  /// What is carried out.
  ///
  /// With an idempotency key each of its moments counts as one request: a moment that is made up
  /// for twice is carried out once.
  public let intent: CommandIntent
  /// When.
  public let schedule: TimerSchedule
  /// What happens with moments of a recurring one at which nobody looked.
  public let missed: MissedFires

  /// One of these parts.
  public init(
    _ name: String, _ intent: CommandIntent, _ schedule: TimerSchedule,
    missed: MissedFires = .once
  ) {
    self.name = name
    self.intent = intent
    self.schedule = schedule
    self.missed = missed
  }

  /// The timer by which it falls due, such as `command/CloseDay/nightly`.
  public var timer: TimerKey {
    TimerKey(command: intent.type, name: name, in: intent.workspace ?? .system)
  }
}

extension TimerKey {
  /// What the timers of commands have in place of a saga's name.
  static let commandOwner = "command"

  /// The timer of a scheduled command.
  init(command type: String, name: String, in workspace: Workspace) {
    let owner =
      workspace.isTenant
      ? "\(workspace.text):\(TimerKey.commandOwner)" : TimerKey.commandOwner
    self.init(SagaKey(owner, type), name)
  }

  /// Whether it is written as the timers of commands are, and not as those of sagas.
  package var isOfCommand: Bool {
    isSameText(owner.saga, TimerKey.commandOwner)
      || owner.saga.hasSuffix(":\(TimerKey.commandOwner)")
  }

  /// Whose command it is for.
  var commandWorkspace: Workspace {
    owner.saga.utf8.count > TimerKey.commandOwner.utf8.count
      ? Workspace(String(owner.saga.dropLast(TimerKey.commandOwner.count + 1))) : .system
  }
}
