/// Counts of durations in whole milliseconds, in buckets that grow with the value.
///
/// Values below 8 ms have a bucket each; from there every doubling is divided into 8, so that a
/// bucket is at most 12.5 % wide. The last one ends at 2^32 ms, about 49 days, and also takes
/// everything above. Counts have 32 bits and reach up to the highest bucket in use, at most 960
/// bytes; they wrap around rather than trap, which keeps ``unrecord(_:)`` the exact inverse of
/// ``record(_:)``.
public struct LatencyHistogram: Sendable, Hashable {
  private static let divisions = 8
  private static let top = 240

  /// The counts of the buckets, without empty ones at the end.
  private var counts: [UInt32] = []

  /// An empty histogram.
  public init() {}

  /// The number of recorded values; O(buckets).
  public var count: Int { counts.reduce(0) { $0 + Int($1) } }

  /// Whether nothing has been recorded.
  public var isEmpty: Bool { counts.isEmpty }

  /// Records a value in O(1); a negative one counts as 0.
  public mutating func record(_ latency: Interval) {
    let bucket = LatencyHistogram.bucket(of: latency)
    if bucket >= counts.count {
      counts.append(contentsOf: repeatElement(0, count: bucket + 1 - counts.count))
    }
    counts[bucket] &+= 1
    trim()
  }

  /// Removes a recorded value in O(1).
  public mutating func unrecord(_ latency: Interval) {
    let bucket = LatencyHistogram.bucket(of: latency)
    if bucket >= counts.count {
      counts.append(contentsOf: repeatElement(0, count: bucket + 1 - counts.count))
    }
    counts[bucket] &-= 1
    trim()
  }

  /// Adds all the values of another histogram.
  public mutating func merge(_ other: LatencyHistogram) {
    if other.counts.count > counts.count {
      counts.append(contentsOf: repeatElement(0, count: other.counts.count - counts.count))
    }
    for (bucket, count) in other.counts.enumerated() { counts[bucket] &+= count }
    trim()
  }

  /// The value at or below which a share of all values lies, from 0 to 1; `nil` when there are
  /// none.
  ///
  /// The result is the highest value of its bucket, so never too low and at most 12.5 % too high. A
  /// share outside 0…1 is clamped. O(buckets).
  public func percentile(_ share: Double) -> Interval? {
    let total = count
    guard total > 0 else { return nil }
    let share = share.isNaN ? 1 : min(max(share, 0), 1)
    let rank = max(1, Int((share * Double(total)).rounded(.up)))
    var seen = 0
    for (bucket, count) in counts.enumerated() {
      seen += Int(count)
      if seen >= rank { return LatencyHistogram.highest(in: bucket) }
    }
    return longest
  }

  /// The highest value of the highest bucket in use; `nil` when nothing was recorded.
  public var longest: Interval? {
    counts.isEmpty ? nil : LatencyHistogram.highest(in: counts.count - 1)
  }

  /// The buckets in use, from the lowest: their highest value and their count.
  public var buckets: [(upTo: Interval, count: Int)] {
    counts.enumerated().filter { $0.element > 0 }
      .map { (LatencyHistogram.highest(in: $0.offset), Int($0.element)) }
  }

  private mutating func trim() {
    while counts.last == 0 { counts.removeLast() }
  }

  /// The bucket of a value, from 0 to 239.
  static func bucket(of latency: Interval) -> Int {
    let value = Int(max(0, latency.milliseconds))
    guard value >= divisions else { return value }
    let exponent = Int.bitWidth - 1 - value.leadingZeroBitCount
    return min((exponent - 2) * divisions + (value >> (exponent - 3)) - divisions, top - 1)
  }

  /// The highest value of a bucket; that of the last one stands for everything above.
  static func highest(in bucket: Int) -> Interval {
    guard bucket >= divisions else { return .milliseconds(Int64(bucket)) }
    let exponent = bucket / divisions + 2
    let part = bucket % divisions + divisions
    return .milliseconds((Int64(part) + 1) << Int64(exponent - 3) - 1)
  }
}
