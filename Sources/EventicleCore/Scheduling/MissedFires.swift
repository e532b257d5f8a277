/// What happens with the fires of a recurring timer that fell due while nobody looked.
///
/// A timer that fires once always fires, however late: an overdue reminder is still owed. A fire
/// that waits for its step, because its instance is at other work, stands for those that fall due
/// meanwhile, unless every one is made up for.
public enum MissedFires: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// One fire stands for all that were missed.
  case once
  /// What was missed stays missed.
  case skip
  /// Every one is made up for, in order.
  case all

  /// The word as it is written in settings.
  public var description: String { rawValue }

  /// One sentence for people.
  public var meaning: String {
    switch self {
    case .once: "A recurring timer that was missed fires once, then at its next moment."
    case .skip: "A recurring timer that was missed waits for its next moment."
    case .all: "A recurring timer that was missed fires for every moment it missed, in order."
    }
  }

  /// What a timer that is due does now.
  public struct Plan: Sendable, Hashable {
    /// The moments to fire for, in order.
    public let fires: [Instant]
    /// When the timer is due next; `nil` when it is spent.
    public let next: Instant?

    /// One of these parts.
    public init(fires: [Instant], next: Instant?) {
      self.fires = fires
      self.next = next
    }
  }

  /// Decides about a timer that is looked at no earlier than it is due.
  ///
  /// A moment that falls on this very instant is not missed: it fires with ``MissedFires/skip``
  /// too. With ``MissedFires/all`` at most `limit` fires are planned, and one at least; then the
  /// next one is due in the past, and asking again goes on from there. The work grows with the
  /// fires that are planned.
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
