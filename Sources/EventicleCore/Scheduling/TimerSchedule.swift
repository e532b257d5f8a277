/// When a timer fires.
public enum TimerSchedule: Sendable, Hashable, CustomStringConvertible {
  /// Once, this long after the timer is armed.
  case once(Interval)
  /// Once, at an instant; immediately when that has passed.
  case at(Instant)
  /// At every instant that a cron expression matches by the clocks of a zone.
  case cron(CronExpression, in: TimeZoneRule = .utc)

  /// `5m`, `at 2026-01-01T09:00:00.000Z`, `cron 0 4 * * *` or `cron 0 4 * * * Europe/Berlin`.
  public var description: String {
    switch self {
    case .once(let interval): interval.description
    case .at(let instant): "at \(instant)"
    case .cron: "cron \(brief)"
    }
  }

  /// The description without the leading word, for lines that already name the kind of timer.
  public var brief: String {
    switch self {
    case .once(let interval): interval.description
    case .at(let instant): instant.description
    case .cron(let expression, let zone):
      zone == .utc ? expression.description : "\(expression) \(zone)"
    }
  }

  /// Whether it can fire more than once.
  public var recurs: Bool {
    if case .cron = self { true } else { false }
  }

  /// When a timer armed at an instant is first due; `nil` when it never is.
  public func due(armedAt instant: Instant) -> Instant? {
    switch self {
    case .once(let interval): instant + interval
    case .at(let moment): moment
    case .cron(let expression, let zone): expression.next(after: instant, in: zone)
    }
  }

  /// The next fires of a timer that is due at an instant, in order, at most `count`.
  ///
  /// The cost grows with what is returned. A schedule that fires once has one.
  public func nextFires(_ count: Int, from due: Instant) -> [Instant] {
    guard count > 0 else { return [] }
    guard case .cron(let expression, let zone) = self else { return [due] }
    return [due] + expression.next(after: due, count: count - 1, in: zone)
  }

  /// When a timer that fired at an instant is due again; `nil` when it is finished.
  public func due(afterFiring instant: Instant) -> Instant? {
    recurs ? due(armedAt: instant) : nil
  }
}
