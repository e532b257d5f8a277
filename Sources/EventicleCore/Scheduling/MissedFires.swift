/// What a recurring timer does about the fires that it missed.
///
/// A timer that fires once always fires, however late: an overdue reminder is still owed. While a
/// fire waits for its saga step, because the instance is busy, it also stands for those that fall
/// due meanwhile, except with ``all``.
public enum MissedFires: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// One fire stands for all that were missed.
  case once
  /// Missed fires are dropped.
  case skip
  /// Every missed fire happens, in order.
  case all

  /// The word used in settings.
  public var description: String { rawValue }

  /// The choice explained in one sentence.
  public var meaning: String {
    switch self {
    case .once: "A recurring timer that was missed fires once, then at its next moment."
    case .skip: "A recurring timer that was missed waits for its next moment."
    case .all: "A recurring timer that was missed fires for every moment it missed, in order."
    }
  }

  /// What a due timer does now.
  public struct Plan: Sendable, Hashable {
    /// When it fires for due instants that have passed, oldest first; empty when they are skipped.
    public let fires: [Instant]
    /// When the timer is due next; `nil` when it is finished.
    public let next: Instant?

    /// A plan with these fires, and when the timer is due after them.
    public init(fires: [Instant], next: Instant?) {
      self.fires = fires
      self.next = next
    }
  }

  /// Plans the fires of a timer that is due.
  ///
  /// A fire due at exactly `now` is not missed: it happens with ``MissedFires/skip`` too. With
  /// ``MissedFires/all`` at most `limit` fires are planned, and at least one; the next due time
  /// then lies in the past, and planning again continues there. The cost grows with the number of
  /// planned fires.
  public func plan(
    for schedule: TimerSchedule, due: Instant, now: Instant, limit: Int
  ) -> Plan {
    guard due <= now else { return Plan(fires: [], next: due) }
    guard schedule.recurs, due < now else {
      return Plan(fires: [due], next: schedule.due(afterFiring: now))
    }
    switch self {
    case .once: return Plan(fires: [due], next: schedule.due(afterFiring: now))
    case .skip:
      let isOnTime = schedule.due(afterFiring: now - .milliseconds(1)) == now
      return Plan(fires: isOnTime ? [now] : [], next: schedule.due(afterFiring: now))
    case .all:
      var fires: [Instant] = []
      var next: Instant? = due
      while let moment = next, moment <= now, fires.count < max(1, limit) {
        fires.append(moment)
        next = schedule.due(afterFiring: moment)
      }
      return Plan(fires: fires, next: next)
    }
  }
}
