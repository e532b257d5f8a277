/// A cron expression: five fields (minute hour day month weekday), or six with seconds first.
///
/// Fields take numbers, names of months and weekdays, `*`, lists, ranges and steps; Sunday is 0 or
/// 7; `@daily` and the other ``nicknames`` work. The day also takes `L` for the last day of the
/// month, `L-3` for three days before it, `15W` for the weekday nearest to the 15th and `LW` for
/// the last weekday. The weekday also takes `5#2` for the second Friday and `5L` for the last one.
/// `?` in either leaves the choice to the other. When both are restricted, a day matches if either
/// does, as in classic cron; a field that begins with `*` does not count as restricted.
///
/// When clocks change, a time that is skipped fires right after the gap and a time that occurs
/// twice fires once, the first time. An expression that matches every hour follows the clock
/// instead, so that `*/5 * * * *` keeps its pace: skipped times do not fire, and times that occur
/// twice fire twice.
public struct CronExpression: Sendable, Hashable, CustomStringConvertible {
  /// The expression as it was written.
  public let description: String
  /// The parsed fields; shared, because every timer keeps its expression.
  private let calendar: CronCalendar

  /// The nicknames, such as `@daily`, and the expressions they stand for.
  public static let nicknames: [(name: String, expression: String)] = [
    ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"), ("@monthly", "0 0 1 * *"),
    ("@weekly", "0 0 * * 0"), ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"),
    ("@hourly", "0 * * * *"),
  ]

  /// Reads an expression.
  ///
  /// - Throws: ``CronError`` that names the field and what it may hold.
  public init(_ text: String) throws(CronError) {
    description = text
    let name = text.lowercased()
    let known = CronExpression.nicknames.first { isSameText($0.name, name) }
    guard known != nil || !name.hasPrefix("@") else {
      throw CronError(
        reason: "There is no cron name \"\(text)\"; there are "
          + CronExpression.nicknames.map(\.name).joined(separator: ", ") + ".")
    }
    let written = known?.expression ?? text
    var fields = written.split { $0 == " " || $0 == "\t" }.map(String.init)
    guard fields.count == 5 || fields.count == 6 else {
      throw CronError(
        reason: "A cron expression has 5 or 6 fields, but \"\(text)\" has \(fields.count). "
          + "Write minute hour day month weekday, for example 0 4 * * *.")
    }
    if fields.count == 5 { fields.insert("0", at: 0) }
    calendar = try CronCalendar(fields)
  }

  /// The first matching instant after another, in UTC; `nil` when there is none within 100 years.
  public func next(after instant: Instant) -> Instant? { next(after: instant, in: .utc) }

  /// The first matching instant after another by the clocks of a zone; `nil` when there is none
  /// within 100 years.
  ///
  /// Takes a few steps for most expressions and one a month for rare ones, at most 1,200.
  public func next(after instant: Instant, in zone: TimeZoneRule) -> Instant? {
    let found = calendar.fitsEveryHour ? running(after: instant, zone) : wall(after: instant, zone)
    guard let found, found > instant, found.milliseconds < Int64.max else { return nil }
    return found
  }

  /// The next matching instants, in order; fewer when the expression has no more.
  public func next(after instant: Instant, count: Int, in zone: TimeZoneRule = .utc) -> [Instant] {
    fires(after: instant, upTo: Instant(milliseconds: Int64.max), limit: count, in: zone)
  }

  /// The matching instants after `start` and up to `end`, in order, at most `limit`.
  ///
  /// The cost grows with what is returned, not with the time between the two.
  public func fires(
    after start: Instant, upTo end: Instant, limit: Int, in zone: TimeZoneRule = .utc
  ) -> [Instant] {
    var fires: [Instant] = []
    var last = start
    while fires.count < limit, let next = next(after: last, in: zone), next <= end {
      fires.append(next)
      last = next
    }
    return fires
  }

  /// Whether both are written alike; different texts may still match the same times.
  public static func == (left: CronExpression, right: CronExpression) -> Bool {
    isSameText(left.description, right.description)
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) { hashBytes(of: description, into: &hasher) }
}

extension CronExpression {
  /// The next instant by local time, where a time that occurs twice fires once.
  private func wall(after instant: Instant, _ zone: TimeZoneRule) -> Instant? {
    let local = zone.civilTime(at: instant)
    var start = local.nextSecond
    if case .twice(_, let second) = zone.moments(of: local.atSecond), instant >= second,
      let change = zone.lastTransition(upTo: instant)
    {
      // Times of the repeated hour have fired already; the next one comes after the overlap.
      start = CivilTime(change.instant + .seconds(Int64(change.before)))
    }
    return calendar.first(onOrAfter: start).map { zone.instant(of: $0) }
  }

  /// The next instant by the running clock, where a time that occurs twice fires twice.
  private func running(after instant: Instant, _ zone: TimeZoneRule) -> Instant? {
    let local = zone.civilTime(at: instant)
    guard case .twice(_, let second) = zone.moments(of: local.atSecond), instant < second,
      let change = zone.lastTransition(upTo: second)
    else { return running(from: local.nextSecond, after: instant, zone) }
    // During the first pass of a repeated hour, the next time may be in the rest of it.
    if let moment = running(from: local.nextSecond, after: instant, zone), moment < change.instant {
      return moment
    }
    return running(
      from: zone.civilTime(at: change.instant), after: change.instant - .milliseconds(1), zone)
  }

  private func running(
    from start: CivilTime, after instant: Instant, _ zone: TimeZoneRule
  ) -> Instant? {
    var start = start
    while let found = calendar.first(onOrAfter: start) {
      switch zone.moments(of: found) {
      case .once(let moment): return moment
      case .twice(let first, let second): return first > instant ? first : second
      case .never(let resumes): start = zone.civilTime(at: resumes)
      }
    }
    return nil
  }
}

extension CivilTime {
  /// This time with zero milliseconds.
  fileprivate var atSecond: CivilTime {
    var time = self
    time.millisecond = 0
    return time
  }

  fileprivate var nextSecond: CivilTime { CivilTime(atSecond.instant + .seconds(1)) }
}

/// Why a text is not a cron expression.
public struct CronError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found.
  public let reason: String

  /// The error as one sentence.
  public var description: String { reason }
}
