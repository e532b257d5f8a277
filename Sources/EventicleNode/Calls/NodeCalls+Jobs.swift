internal import EventicleCore

// Jobs: commands that the engine carries out by itself when they are due.
extension NodeCalls {
  /// The command of the jobs of a component.
  static func jobCommand(_ component: String) -> String { "jobs:\(component)" }

  private static func scheduled(
    _ arguments: JSON, _ schedule: TimerSchedule, in workspace: Workspace?
  ) -> ScheduledCommand {
    let (component, name) = (
      arguments["component"].string ?? "", arguments["name"].string ?? "job"
    )
    let id = arguments["id"].string ?? arguments["id"].description
    return ScheduledCommand(
      "\(component)/\(name)/\(id)",
      CommandIntent(
        jobCommand(component),
        ["name": .string(name), "id": .string(id), "data": arguments["data"]], workspace: workspace),
      schedule)
  }

  static func addJob(_ arguments: JSON, in transaction: Transaction) throws -> NodeAnswer {
    let schedule: TimerSchedule
    if let cron = arguments["cron"].string {
      schedule = .cron(try CronExpression(cron))
    } else {
      schedule = .once(.milliseconds(Int64(arguments["ms"].integer ?? 0)))
    }
    try transaction.schedule(scheduled(arguments, schedule, in: nil))
    return .none
  }

  static func removeJob(_ arguments: JSON, in transaction: Transaction) throws -> NodeAnswer {
    let command = scheduled(arguments, .once(.milliseconds(0)), in: nil)
    try transaction.unschedule(command.name)
    return .none
  }

  static func hasJob(_ arguments: JSON, _ reading: some NodeReading) -> NodeAnswer {
    let workspace = reading.workspace
    let command = scheduled(
      arguments, .once(.milliseconds(0)), in: workspace.isTenant ? workspace : nil)
    return .value(.bool(reading.lend { world in world.command(of: command.timer) != nil }))
  }
}
