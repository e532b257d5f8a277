/// A timer that is armed.
///
/// What it says rests behind one reference, because worlds of many moments hold it.
public struct Timer: Sendable, Hashable {
  private struct Content: Sendable, Hashable {
    let key: TimerKey
    let schedule: TimerSchedule
    let due: Instant
    let missed: MissedFires
    let armedAt: Instant
    let armedBy: JournalIndex
    let sequence: Int
  }

  private final class Box: Sendable {
    let content: Content

    init(_ content: Content) { self.content = content }
  }

  private let box: Box

  init(
    key: TimerKey, schedule: TimerSchedule, due: Instant, missed: MissedFires = .once,
    armedAt: Instant, armedBy: JournalIndex, sequence: Int
  ) {
    box = Box(
      Content(
        key: key, schedule: schedule, due: due, missed: missed, armedAt: armedAt,
        armedBy: armedBy, sequence: sequence))
  }

  /// Which timer it is.
  public var key: TimerKey { box.content.key }

  /// When it fires.
  public var schedule: TimerSchedule { box.content.schedule }

  /// The moment at which it is due next.
  public var due: Instant { box.content.due }

  /// What happens with moments at which nobody looked.
  public var missed: MissedFires { box.content.missed }

  /// When it was armed last.
  public var armedAt: Instant { box.content.armedAt }

  /// The journal entry of its arming.
  public var armedBy: JournalIndex { box.content.armedBy }

  /// The number of its arming; of two timers due together the lower one fires first.
  public var sequence: Int { box.content.sequence }

  /// The next moments at which it fires, in order, so many at most.
  ///
  /// A timer that fires once has one. Costs O(what is returned).
  public func nextFires(_ count: Int) -> [Instant] { schedule.nextFires(count, from: due) }

  /// Whether it is of a key.
  @inline(__always)
  func has(_ key: TimerKey) -> Bool { box.content.key == key }

  /// Whether both are one and the same arming.
  func isSame(as other: Timer) -> Bool { box === other.box }

  /// Whether both say the same.
  public static func == (left: Timer, right: Timer) -> Bool {
    left.box === right.box || left.box.content == right.box.content
  }

  /// Hashes what it says.
  public func hash(into hasher: inout Hasher) { hasher.combine(box.content) }
}
