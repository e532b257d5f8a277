/// An armed timer.
///
/// Its contents are stored behind one reference, because worlds at many moments hold it.
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

  /// The owner and name of the timer.
  public var key: TimerKey { box.content.key }

  /// When it fires.
  public var schedule: TimerSchedule { box.content.schedule }

  /// When it falls due next; what fires late still has this instant.
  public var due: Instant { box.content.due }

  /// What happens to due instants that passed unnoticed.
  public var missed: MissedFires { box.content.missed }

  /// The instant at which the timer was last armed.
  public var armedAt: Instant { box.content.armedAt }

  /// What in the journal set it, so that its cause can be shown.
  public var armedBy: JournalIndex { box.content.armedBy }

  /// The number of the arming; of two timers due together the lower one fires first.
  public var sequence: Int { box.content.sequence }

  /// The next instants at which the timer fires, in order, at most `count`.
  ///
  /// A timer that fires once has one. O(size of the result).
  public func nextFires(_ count: Int) -> [Instant] { schedule.nextFires(count, from: due) }

  @inline(__always)
  func has(_ key: TimerKey) -> Bool { box.content.key == key }

  /// Whether both are the same arming.
  func isSame(as other: Timer) -> Bool { box === other.box }

  /// Whether all their contents are equal.
  public static func == (left: Timer, right: Timer) -> Bool {
    left.box === right.box || left.box.content == right.box.content
  }

  /// Hashes all contents.
  public func hash(into hasher: inout Hasher) { hasher.combine(box.content) }
}
