package import EventicleCore

/// A command to give later: `schedule nightly CloseDay --cron "0 0 * * *" --zone Europe/Berlin`.
package struct Scheduling: Hashable, Sendable {
  /// When it is given.
  package enum Moment: Hashable, Sendable {
    /// `--in 5m`: so long from now.
    case after(Interval)
    /// `--at 12:04`: at a moment.
    case at(TimeExpression)
    /// `--cron "0 4 * * *"`: again and again, by the clocks of a zone.
    case cron(CronExpression, TimeZoneRule)
  }

  /// The name by which it is called off or replaced.
  package let name: Located<String>
  /// The name of the command.
  package let command: Located<String>
  /// Its data.
  package let items: Items
  /// When it is given.
  package let moment: Moment
  /// What happens with moments at which nobody looked.
  package let missed: MissedFires

  /// The same schedule with other fields.
  func with(_ items: Items) -> Scheduling {
    Scheduling(name: name, command: command, items: items, moment: moment, missed: missed)
  }

  /// When it is given, from a moment that is now.
  package func schedule(now: Instant) -> TimerSchedule {
    switch moment {
    case .after(let interval): .once(interval)
    case .at(let time): .at(time.instant(now: now))
    case .cron(let expression, let zone): .cron(expression, in: zone)
    }
  }
}
