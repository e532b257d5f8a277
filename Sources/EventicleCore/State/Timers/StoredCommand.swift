/// A command that waits for its due instant or for a lock, as the data store keeps it.
struct StoredCommand {
  /// The lock a command waits for, besides its due instant.
  struct Wait {
    /// The lock that another holder has.
    let lock: String
    /// When the command was requested.
    let since: Instant
    /// The instant after which the command is given up.
    let deadline: Instant
  }

  /// The type of the records that store waiting commands, by name.
  static let recordType = "eventicle:schedule"

  let intent: CommandIntent
  /// The lock to wait for; `nil` for a scheduled command.
  let wait: Wait?

  init(_ intent: CommandIntent, waitingFor wait: Wait? = nil) {
    self.intent = intent
    self.wait = wait
  }

  /// Reads the command that a record stores.
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

  /// The content of the record that stores the command.
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

  /// The intent for one due instant; a recurring one has a distinct idempotency key each time.
  func intent(for moment: Instant, recurs: Bool) -> CommandIntent {
    guard recurs, let key = intent.idempotencyKey else { return intent }
    return CommandIntent(
      intent.type, intent.data, trace: intent.trace, workspace: intent.workspace,
      idempotencyKey: "\(key)@\(moment)", lock: intent.lock)
  }
}

extension World {
  /// The command of a timer; `nil` for timers of sagas and aggregates.
  ///
  /// - Complexity: O(1).
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

  /// The names of the scheduled commands of a workspace, as many as a sentence lists.
  func commandNames(in workspace: Workspace) -> [String] {
    var names: [String] = []
    forEachRecord(of: StoredCommand.recordType, in: workspace) { record in
      names.append(record.key.id)
      return names.count < TypoCorrection.listed
    }
    return names
  }
}
