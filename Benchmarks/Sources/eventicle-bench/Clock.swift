#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the machine says of time and memory.
enum Clock {
  /// Seconds since some moment, never going back.
  static func now() -> Double { seconds(CLOCK_MONOTONIC) }

  /// Seconds that this process has kept a processor busy.
  static func processor() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The largest part of the machine's memory that this process has had, in megabytes.
  static func peakMegabytes() -> Double {
    var usage = rusage()
    // 0 is this process, whatever the platform calls it.
    getrusage(0, &usage)
    #if canImport(Glibc)
      return Double(usage.ru_maxrss) / 1_024
    #else
      return Double(usage.ru_maxrss) / 1_048_576
    #endif
  }

  /// The bytes that this process holds now and that are in no file; 0 where nobody says.
  static func anonymousBytes() -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      let text = String(decoding: bytes, as: UTF8.self)
      guard text.hasPrefix("RssAnon:") else { continue }
      let digits = text.filter { $0.isNumber }
      return (Int(digits) ?? 0) * 1_024
    }
    return 0
  }
}

/// Numbers that look random and are the same every time.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

  /// The next number below a bound.
  mutating func next(below bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}
