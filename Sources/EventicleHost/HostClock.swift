public import EventicleCore

/// Where a host takes the time from, and what wakes it.
///
/// ``LiveClock`` is the machine's; ``ManualClock`` stands still until it is moved.
public protocol HostClock: Sendable {
  /// The moment it is. A host never goes back in time: an earlier moment than the last one counts
  /// as the last one.
  var now: Instant { get }

  /// Makes an alarm that calls a closure when its moment comes, on any thread.
  func alarm(_ ring: @escaping @Sendable () -> Void) -> any HostAlarm
}

/// Something that rings at a moment.
public protocol HostAlarm: Sendable {
  /// Sets the moment at which it rings once, instead of the one before; `nil` for none.
  ///
  /// A moment that has passed rings at once.
  func set(_ moment: Instant?)
}
