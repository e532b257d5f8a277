/// When a timer fires.
public enum TimerSchedule: Sendable, Hashable, CustomStringConvertible {
  /// Once, so long after it was armed.
  case once(Interval)
  /// Once, at a moment; at once when that has passed.
  case at(Instant)
  /// At every moment that a cron expression names by the clocks of a zone.
  case cron(CronExpression, in: TimeZoneRule = .utc)

  /// `5m`, `at 2026-01-01T09:00:00.000Z`, `cron 0 4 * * *` or `cron 0 4 * * * Europe/Berlin`.
  public var description: String {
    switch self {
    case .once(let interval): interval.description
    case .at(let instant): "at \(instant)"
    case .cron: "cron \(brief)"
    }
  }

  /// The same without the word in front, for lines that say already what a timer is.
  public var brief: String {
    switch self {
    case .once(let interval): interval.description
    case .at(let instant): instant.description
    case .cron(let expression, let zone):
      zone == .utc ? expression.description : "\(expression) \(zone)"
    }
  }

  /// Whether it fires more than once.
  public var recurs: Bool {
    if case .cron = self { true } else { false }
  }

  /// When a timer that is armed at a moment is due first; `nil` when it never is.
  public func due(armedAt instant: Instant) -> Instant? {
    switch self {
    case .once(let interval): instant + interval
    case .at(let moment): moment
    case .cron(let expression, let zone): expression.next(after: instant, in: zone)
    }
  }

  /// The next moments at which a timer fires that is due at one, in order, so many at most.
  ///
  /// The work grows with what is returned. A schedule that fires once has one moment.
  public func nextFires(_ count: Int, from due: Instant) -> [Instant] {
    guard count > 0 else { return [] }
    guard case .cron(let expression, let zone) = self else { return [due] }
    return [due] + expression.next(after: due, count: count - 1, in: zone)
  }

  /// When a timer that fired at a moment is due again; `nil` when it is spent.
  public func due(afterFiring instant: Instant) -> Instant? {
    recurs ? due(armedAt: instant) : nil
  }
}
