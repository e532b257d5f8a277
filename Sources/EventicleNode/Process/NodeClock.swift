#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The time of day, for people.
enum NodeClock {
  /// The machine's local time, as `10:41:03`.
  static var time: String {
    var now = time_t()
    now = currentTime()
    var parts = tm()
    localtime_r(&now, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
  }
}

/// The property of the same name as the function hides it.
private func currentTime() -> time_t { time(nil) }
