internal import Dispatch
public import EventicleCore

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The system's clock; an alarm costs nothing until it rings.
public struct LiveClock: HostClock {
  /// Creates a clock that follows the system's.
  public init() {}

  /// The system's time, truncated to milliseconds.
  public var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// Makes an alarm on the system's clock that stays right when that clock is changed.
  public func alarm(_ ring: @escaping @Sendable () -> Void) -> any HostAlarm {
    LiveAlarm(clock: self, ring)
  }
}

/// An alarm backed by a system timer.
private final class LiveAlarm: HostAlarm {
  /// The longest single wait; a later alarm is set again after it, so that no sum of milliseconds
  /// overflows.
  private static let longest: Int64 = 30 * 86_400_000

  private let clock: LiveClock
  // A dispatch source may be used from any thread.
  nonisolated(unsafe) private let source: any DispatchSourceTimer

  init(clock: LiveClock, _ ring: @escaping @Sendable () -> Void) {
    self.clock = clock
    source = DispatchSource.makeTimerSource(queue: .global(qos: .userInitiated))
    source.setEventHandler(handler: ring)
    source.schedule(wallDeadline: .distantFuture)
    source.activate()
  }

  deinit { source.cancel() }

  func set(_ moment: Instant?) {
    guard let moment else { return source.schedule(wallDeadline: .distantFuture) }
    let delay = min(max(0, (moment - clock.now).milliseconds), LiveAlarm.longest)
    source.schedule(
      wallDeadline: .now() + .milliseconds(Int(delay)), leeway: .milliseconds(1))
  }
}
