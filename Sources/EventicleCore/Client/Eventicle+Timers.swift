extension Eventicle {
  /// Lets a command be carried out later, or again and again, in place of one of the same name.
  ///
  ///     try app.schedule("reminder", CommandIntent("Remind", ["id": "o-1"]), .once(.days(3)))
  ///     try app.schedule("nightly", CommandIntent("CloseDay"), .cron(try CronExpression("0 0 * * *")))
  ///
  /// It is carried out as the clock gets there; at once when the moment has passed. Called by a
  /// handler, it is scheduled after the step at hand, if that stays.
  ///
  /// - Parameters:
  ///   - name: What it is called off by; one name in each workspace.
  ///   - intent: The command. With an idempotency key each moment of a recurring one counts apart.
  ///   - missed: What happens with moments of a recurring one at which nobody looked.
  /// - Throws: ``OperationError`` when there is no such command, the name is empty, or it would
  ///   never be due.
  public func schedule(
    _ name: String, _ intent: CommandIntent, _ schedule: TimerSchedule,
    missed: MissedFires = .once
  ) throws {
    try perform(.schedule(ScheduledCommand(name, intent, schedule, missed: missed)))
  }

  /// Calls a scheduled command off.
  ///
  /// - Parameter workspace: Whose it is.
  /// - Throws: ``OperationError`` when there is none of this name.
  public func unschedule(_ name: String, in workspace: Workspace = .system) throws {
    let world = readableEngine.world
    guard let stored = world.storedCommand(named: name, in: workspace) else {
      let known = world.commandNames(in: workspace)
      throw OperationError(EngineError.unknownSchedule(name, known: known).description)
    }
    try perform(
      .cancelTimer(TimerKey(command: stored.intent.type, name: name, in: workspace)))
  }

  /// Calls a timer off, whether a saga, an aggregate or a scheduled command has it; also one that
  /// has fired and waits for its step.
  ///
  /// - Throws: ``OperationError`` when no such timer is armed, as ``moveTimer(_:to:)`` does.
  public func cancelTimer(_ timer: TimerKey) throws { try perform(.cancelTimer(timer)) }

  /// Lets an armed timer fall due at another moment, at once if that has passed.
  ///
  /// One that recurs goes on from there as its schedule says.
  public func moveTimer(_ timer: TimerKey, to instant: Instant) throws {
    try perform(.moveTimer(timer, to: instant))
  }
}
