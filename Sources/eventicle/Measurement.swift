#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One thing about the program as a whole that is measured, at several sizes.
///
/// What the engine costs is measured by the package in `Benchmarks`.
struct Measurement: Sendable {
  /// What one run took, and a number that proves it did the work.
  struct Run {
    let operations: Int
    let seconds: Double
    let check: Int
  }

  let name: String
  let sizes: [Int]
  let run: @Sendable (Int) throws -> Run

  static let all = [
    Measurement(name: "first_paint", sizes: [80, 200], run: FirstPaint.run)
  ]

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
