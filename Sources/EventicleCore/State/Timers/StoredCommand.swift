/// A command that waits for its moment, or for a lock, as the data store keeps it.
struct StoredCommand {
  /// What it waits for besides its moment.
  struct Wait {
    /// The lock that somebody holds.
    let lock: String
    /// When it was asked for.
    let since: Instant
    /// The moment after which it is given up.
    let deadline: Instant
  }

  /// The type of the records that keep them, by name.
  static let recordType = "eventicle:schedule"

  let intent: CommandIntent
  /// What it waits for besides its moment; `nil` for one that somebody scheduled.
  let wait: Wait?

  init(_ intent: CommandIntent, waitingFor wait: Wait? = nil) {
    self.intent = intent
    self.wait = wait
  }

  /// What a record keeps.
  init?(_ record: Record) {
    let content = record.content
    guard let type = content["command"].string else { return nil }
    intent = CommandIntent(
      type, content["data"], trace: content["trace"].string,
      workspace: content["workspace"].string.map { Workspace($0) },
      idempotencyKey: content["key"].string, lock: content["lock"].string)
    if let lock = content["waitsFor"].string, let since = content["since"].integer,
      let deadline = content["deadline"].integer
    {
      wait = Wait(
        lock: lock, since: Instant(milliseconds: Int64(since)),
        deadline: Instant(milliseconds: Int64(deadline)))
    } else {
      wait = nil
    }
  }

  /// What is kept of it.
  var content: JSON {
    var content: JSON = ["command": .string(intent.type), "data": intent.data]
    if let trace = intent.trace { content["trace"] = .string(trace) }
    if let workspace = intent.workspace { content["workspace"] = .string(workspace.text) }
    if let key = intent.idempotencyKey { content["key"] = .string(key) }
    if let lock = intent.lock { content["lock"] = .string(lock) }
    if let wait {
      content["waitsFor"] = .string(wait.lock)
      content["since"] = JSON(integerLiteral: Int(wait.since.milliseconds))
      content["deadline"] = JSON(integerLiteral: Int(wait.deadline.milliseconds))
    }
    return content
  }

  /// The intent for one of its moments: under a key of its own where requests have keys.
  func intent(for moment: Instant, recurs: Bool) -> CommandIntent {
    guard recurs, let key = intent.idempotencyKey else { return intent }
    return CommandIntent(
      intent.type, intent.data, trace: intent.trace, workspace: intent.workspace,
      idempotencyKey: "\(key)@\(moment)", lock: intent.lock)
  }
}

extension World {
  /// The command that a timer is for; `nil` for the timers of sagas and aggregates.
  ///
  /// O(1).
  public func command(of timer: TimerKey) -> CommandIntent? { storedCommand(of: timer)?.intent }

  func storedCommand(of timer: TimerKey) -> StoredCommand? {
    guard timer.isOfCommand,
      let stored = storedCommand(named: timer.name, in: timer.commandWorkspace),
      isSameText(stored.intent.type, timer.owner.instanceID)
    else { return nil }
    return stored
  }

  func storedCommand(named name: String, in workspace: Workspace) -> StoredCommand? {
    record(RecordKey(StoredCommand.recordType, name, in: workspace)).flatMap { StoredCommand($0) }
  }

  /// The names of what is scheduled in a workspace, as many as a sentence lists.
  func commandNames(in workspace: Workspace) -> [String] {
    var names: [String] = []
    forEachRecord(of: StoredCommand.recordType, in: workspace) { record in
      names.append(record.key.id)
      return names.count < TypoCorrection.listed
    }
    return names
  }
}
