public import EventicleCore

/// The source of a host's time and of its alarms.
///
/// ``LiveClock`` is the machine's; ``ManualClock`` stands still until it is moved.
public protocol HostClock: Sendable {
  /// The current moment. A host never goes back in time: an earlier moment than the last one counts
  /// as the last one.
  var now: Instant { get }

  /// Makes an alarm that calls a closure when its moment comes, on any thread.
  func alarm(_ ring: @escaping @Sendable () -> Void) -> any HostAlarm
}

/// An alarm that calls its closure once at a moment.
public protocol HostAlarm: Sendable {
  /// Replaces the moment at which it rings; `nil` turns it off.
  ///
  /// A moment that has passed rings at once.
  func set(_ moment: Instant?)
}
