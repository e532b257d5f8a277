#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Measures how long something takes by a clock that is never set.
struct Stopwatch: Sendable {
  private let start = Stopwatch.now

  /// The time since it was made, in milliseconds.
  var milliseconds: Int { Int((Stopwatch.now - start) / 1_000_000) }

  /// The clock's time in nanoseconds.
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
