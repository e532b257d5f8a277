#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A measurement of the program as a whole, at several sizes.
///
/// The engine is measured by the package in `Benchmarks`.
struct Measurement: Sendable {
  /// How long one run took, and a number that proves it did its work.
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
