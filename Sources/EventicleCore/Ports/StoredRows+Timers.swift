extension StoredRows {
  /// A timer, as its row keeps it.
  package struct TimerRow: Sendable, Hashable {
    /// When a timer fires, as its row says it.
    package enum Schedule: Sendable, Hashable {
      /// Once, this long after it was set.
      case timeout(Interval)
      /// At each moment of a cron expression, in the words of the row.
      case cron(String)
      /// Nothing that can be read.
      case unknown
    }

    /// The row's id.
    package let id: String
    /// The workspace of the row; timers know no tenant, so it is the system's.
    package let workspace: Workspace
    /// The saga, the instance's id and the timer's name.
    package let key: TimerKey
    /// When it fires.
    package let schedule: Schedule
    /// When it is due next; `nil` when the row does not say.
    package let due: Instant?
    /// The instance's id once more, as the timer hands it to its saga.
    package let instanceID: String?
    /// What is odd about the row.
    package let oddities: [Oddity]
    private let isCronRow: Bool
    private let hasRowID: Bool
    private let config: JSON
    private let data: JSON
    private let dueValue: JSON?
    private let rest: JSONObject

    /// The row to be made for a timer of a running instance.
    package init(id: String, _ timer: Timer, in workspace: Workspace = .system) {
      self.id = id
      self.workspace = workspace
      key = timer.key
      due = timer.due
      dueValue = .int(Int(timer.due.milliseconds))
      instanceID = timer.key.owner.instanceID
      data = ["instanceId": .string(timer.key.owner.instanceID)]
      switch timer.schedule {
      case .cron(let expression, _):
        schedule = .cron(expression.description)
        config = ["isCron": true, "crontab": .string(expression.description)]
        isCronRow = true
      case .once(let interval):
        schedule = .timeout(interval)
        config = ["isCron": false, "timeout": .int(Int(interval.milliseconds))]
        isCronRow = false
      case .at(let instant):
        let interval = instant - timer.armedAt
        schedule = .timeout(interval)
        config = ["isCron": false, "timeout": .int(Int(interval.milliseconds))]
        isCronRow = false
      }
      rest = JSONObject()
      oddities = []
      hasRowID = true
    }

    init(_ row: Row, _ content: Members) throws(Unreadable) {
      var (members, oddities) = (content, [Oddity]())
      id = row.id
      workspace = row.workspace
      key = TimerKey(
        SagaKey(try members.takeText("component"), try members.takeText("timerId")),
        try members.takeText("name"))
      hasRowID = StoredRows.takeRowID(row, &members, &oddities)
      isCronRow = isSameText(row.type, StoredRows.cronType)
      config = members.take("config")?.value ?? .null
      data = members.take("data")?.value ?? .null
      instanceID = data["instanceId"].string
      let recurs = config["isCron"].bool ?? isCronRow
      if recurs != isCronRow { oddities.append(.otherTimerKind) }
      if recurs, let text = config["crontab"].string {
        schedule = .cron(text)
        do throws(CronError) { _ = try CronExpression(text) } catch {
          oddities.append(.schedule(error.reason))
        }
      } else if !recurs, let milliseconds = config["timeout"].integer {
        schedule = .timeout(Interval(milliseconds: Int64(milliseconds)))
      } else {
        schedule = .unknown
        oddities.append(
          .schedule("It needs timeout in milliseconds or crontab, but it is \(config.printed)."))
      }
      dueValue = members.take("nextExecutionTime")?.value
      let moment = dueValue?.integer.map { Instant(milliseconds: Int64($0)) }
      due = moment.flatMap { $0.isInCommonYears ? $0 : nil }
      if due == nil { oddities.append(.noDue) }
      rest = members.object
      self.oddities = oddities
    }

    /// The timer, as an engine has it; `nil` when the row does not say when it fires.
    ///
    /// A row does not say when the timer was set. One that fires once was set its whole time before it
    /// is due; of one that recurs its due moment stands in.
    package func timer(sequence: Int) -> Timer? {
      guard let due else { return nil }
      switch schedule {
      case .timeout(let interval):
        return Timer(
          key: key, schedule: .once(interval), due: due, armedAt: due - interval,
          armedBy: JournalIndex(0), sequence: sequence)
      case .cron(let text):
        guard let expression = try? CronExpression(text) else { return nil }
        return Timer(
          key: key, schedule: .cron(expression), due: due, armedAt: due, armedBy: JournalIndex(0),
          sequence: sequence)
      case .unknown: return nil
      }
    }

    /// The row with its content; what was read is written as it was.
    package func row(writtenAt: String = "") -> Row {
      var object = RowText()
      if hasRowID { object.add("id", id) }
      object.add("data", data)
      object.add("name", key.name)
      object.add("config", config)
      object.add("timerId", key.owner.instanceID)
      object.add("component", key.owner.saga)
      if let dueValue { object.add("nextExecutionTime", dueValue) }
      object.add(rest)
      return Row(
        id: id, type: isCronRow ? StoredRows.cronType : StoredRows.timeoutType,
        workspace: workspace, writtenAt: writtenAt, content: object.bytes)
    }
  }
}
