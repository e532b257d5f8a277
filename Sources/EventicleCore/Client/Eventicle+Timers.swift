extension Eventicle {
  /// Schedules a command for later, once or repeatedly; one of the same name is replaced.
  ///
  ///     try app.schedule("reminder", CommandIntent("Remind", ["id": "o-1"]), .once(.days(3)))
  ///     let midnight = try CronExpression("0 0 * * *")
  ///     try app.schedule("nightly", CommandIntent("CloseDay"), .cron(midnight))
  ///
  /// It is dispatched when the clock reaches its time, or at once when that has passed. When a
  /// handler calls this, the command is scheduled after the current step, if that step is kept.
  ///
  /// - Parameters:
  ///   - name: The name by which it is replaced and cancelled, unique in its workspace.
  ///   - intent: The command. Each fire of a recurring schedule counts separately for its
  ///     idempotency key.
  ///   - missed: What to do about fires of a recurring schedule that the clock passed over.
  /// - Throws: ``OperationError`` when there is no such command, the name is empty, or the schedule
  ///   never falls due.
  public func schedule(
    _ name: String, _ intent: CommandIntent, _ schedule: TimerSchedule,
    missed: MissedFires = .once
  ) throws {
    try perform(.schedule(ScheduledCommand(name, intent, schedule, missed: missed)))
  }

  /// Cancels a scheduled command.
  ///
  /// - Parameter workspace: The workspace of the schedule.
  /// - Throws: ``OperationError`` when no command is scheduled under this name.
  public func unschedule(_ name: String, in workspace: Workspace = .system) throws {
    let world = readableEngine.world
    guard let stored = world.storedCommand(named: name, in: workspace) else {
      let known = world.commandNames(in: workspace)
      throw OperationError(EngineError.unknownSchedule(name, known: known).description)
    }
    try perform(
      .cancelTimer(TimerKey(command: stored.intent.type, name: name, in: workspace)))
  }

  /// Cancels a timer of a saga, an aggregate or a scheduled command, even if it has fired and waits
  /// for its step.
  ///
  /// - Throws: ``OperationError`` when no such timer is armed, as ``moveTimer(_:to:)`` does.
  public func cancelTimer(_ timer: TimerKey) throws { try perform(.cancelTimer(timer)) }

  /// Moves an armed timer to another instant; it fires at once if that has passed.
  ///
  /// A recurring timer continues from there with its schedule.
  public func moveTimer(_ timer: TimerKey, to instant: Instant) throws {
    try perform(.moveTimer(timer, to: instant))
  }
}
