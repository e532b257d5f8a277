extension Transaction {
  /// Schedules a command as part of this transaction, replacing one of the same name.
  ///
  /// - Throws: ``TransactionError/scheduleWithoutName(_:)``,
  ///   ``TransactionError/undeclaredCommand(_:known:)``,
  ///   ``TransactionError/negativeWait(_:_:)``, ``TransactionError/timerNeverDue(_:)``.
  public func schedule(_ command: ScheduledCommand) throws {
    guard !command.name.isEmpty else {
      throw TransactionError.scheduleWithoutName(command.intent.type)
    }
    let known = services.commandTypes
    guard known.contains(command.intent.type) else {
      throw TransactionError.undeclaredCommand(command.intent.type, known: known.sorted())
    }
    try keepCommand(
      StoredCommand(command.intent), named: command.name, command.schedule,
      missed: command.missed)
  }

  /// Cancels a scheduled command, and returns whether there was one.
  ///
  /// - Parameter workspace: The workspace of the command; the transaction's own when absent.
  @discardableResult
  public func unschedule(_ name: String, in workspace: Workspace? = nil) throws -> Bool {
    let workspace = workspace ?? self.workspace
    guard let stored = world.storedCommand(named: name, in: workspace) else { return false }
    disarm(TimerKey(command: stored.intent.type, name: name, in: workspace))
    return try delete(StoredCommand.recordType, name, in: workspace)
  }

  /// Stores a command until it is due.
  func keepCommand(
    _ stored: StoredCommand, named name: String, _ schedule: TimerSchedule, missed: MissedFires
  ) throws {
    let workspace = stored.intent.workspace ?? self.workspace
    try workspace.check()
    let key = TimerKey(command: stored.intent.type, name: name, in: workspace)
    if let old = world.storedCommand(named: name, in: workspace),
      !isSameText(old.intent.type, stored.intent.type)
    {
      disarm(TimerKey(command: old.intent.type, name: name, in: workspace))
    }
    let place = self.workspace
    enter(workspace)
    self.workspace = place
    try put(StoredCommand.recordType, name, stored.content, in: workspace)
    try arm(key, schedule, missed: missed)
  }

  /// Removes the stored command of a timer that is no longer armed.
  func forgetCommand(of timer: TimerKey) throws {
    guard armedTimer(timer) == nil else { return }
    try delete(StoredCommand.recordType, timer.name, in: timer.commandWorkspace)
  }

  // MARK: - Waiting for locks

  /// Makes a command that met a lease wait until the lease ends or its own deadline passes.
  ///
  /// - Returns: The instant of the next attempt.
  func wait(
    _ intent: CommandIntent, for lock: String, until end: Instant, limit: Interval
  ) throws -> Instant {
    let deadline = now + limit
    let due = min(end, deadline)
    try keepCommand(
      StoredCommand(
        intent, waitingFor: StoredCommand.Wait(lock: lock, since: now, deadline: deadline)),
      named: nextID("waiting").text, .at(due), missed: .once)
    return due
  }

  /// Resumes the commands that wait for a lock that has become free.
  func wakeCommands(waitingFor lock: String) throws {
    guard world.recordCount(of: StoredCommand.recordType, in: workspace) > 0 else { return }
    var waiting: [TimerKey] = []
    world.forEachRecord(of: StoredCommand.recordType, in: workspace) { record in
      guard let stored = StoredCommand(record), let wait = stored.wait,
        isSameText(wait.lock, lock)
      else { return true }
      waiting.append(
        TimerKey(command: stored.intent.type, name: record.key.id, in: record.key.workspace))
      return true
    }
    for key in waiting {
      guard let timer = armedTimer(key), timer.due > now else { continue }
      try arm(key, .at(now))
    }
  }
}
