public import EventicleCore

/// The source of a host's time and of its alarms.
///
/// ``LiveClock`` follows the system; ``ManualClock`` stands still until it is moved.
public protocol HostClock: Sendable {
  /// The current time. A host never goes back in time: a value earlier than the last one counts as
  /// the last one.
  var now: Instant { get }

  /// Makes an alarm that calls a closure, on any thread, at the instant it is set to.
  func alarm(_ ring: @escaping @Sendable () -> Void) -> any HostAlarm
}

/// An alarm that calls its closure once at an instant.
public protocol HostAlarm: Sendable {
  /// Sets the instant at which it rings, replacing any earlier one; `nil` turns it off.
  ///
  /// An instant that has passed rings at once.
  func set(_ moment: Instant?)
}
