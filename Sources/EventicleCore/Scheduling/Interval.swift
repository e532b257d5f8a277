/// A length of time in whole milliseconds; 292 million years fit.
///
/// Arithmetic stays at the longest length rather than overflow.
public struct Interval: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The length; negative lengths point into the past.
  public let milliseconds: Int64

  /// A length of so many milliseconds.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// A length of so many milliseconds.
  public static func milliseconds(_ count: Int64) -> Interval { Interval(milliseconds: count) }
  /// A length of so many seconds.
  public static func seconds(_ count: Int64) -> Interval { Interval(count, times: 1_000) }
  /// A length of so many minutes.
  public static func minutes(_ count: Int64) -> Interval { Interval(count, times: 60_000) }
  /// A length of so many hours.
  public static func hours(_ count: Int64) -> Interval { Interval(count, times: 3_600_000) }
  /// A length of so many days of 24 hours.
  public static func days(_ count: Int64) -> Interval { Interval(count, times: 86_400_000) }
  /// A length of so many years of 365 days.
  public static func years(_ count: Int64) -> Interval { Interval(count, times: 31_536_000_000) }

  /// The product; the longest length that there is when it does not fit.
  private init(_ count: Int64, times size: Int64) {
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    milliseconds = overflow ? ((count < 0) == (size < 0) ? Int64.max : Int64.min) : product
  }

  /// Whether the left one comes first.
  public static func < (left: Interval, right: Interval) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// Both lengths one after the other.
  public static func + (left: Interval, right: Interval) -> Interval {
    let (sum, overflow) = left.milliseconds.addingReportingOverflow(right.milliseconds)
    return Interval(milliseconds: overflow ? (sum < 0 ? Int64.max : Int64.min) : sum)
  }

  /// What is left of the first length without the second.
  public static func - (left: Interval, right: Interval) -> Interval {
    let (rest, overflow) = left.milliseconds.subtractingReportingOverflow(right.milliseconds)
    return Interval(milliseconds: overflow ? (rest < 0 ? Int64.max : Int64.min) : rest)
  }

  /// The same length the other way.
  public static prefix func - (interval: Interval) -> Interval { .milliseconds(0) - interval }

  /// The length so many times.
  public static func * (interval: Interval, count: Int64) -> Interval {
    Interval(interval.milliseconds, times: count)
  }

  /// The units of the written form, largest first, in milliseconds.
  private static let units: [(name: String, size: Int64)] = [
    ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000),
    ("ms", 1),
  ]

  /// What is read but not written: 52 weeks and a day are easier to check than a year.
  private static let year: (name: String, size: Int64) = ("y", 31_536_000_000)

  /// Reads `5m`, `1h30m`, `250ms`, `1.5s`, `2d`, `1y`, with an optional sign in front.
  ///
  /// - Returns: `nil` when the text is not a length of time or does not fit.
  public init?(parsing text: some StringProtocol) {
    var rest = Substring(text)
    var sign: Double = 1
    if let first = rest.first, first == "+" || first == "-" {
      sign = first == "-" ? -1 : 1
      rest.removeFirst()
    }
    guard !rest.isEmpty else { return nil }
    var total = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(letters.count)
      guard let amount = Double(digits),
        let unit = ([Interval.year] + Interval.units).first(where: { $0.name == letters })
      else { return nil }
      total += amount * Double(unit.size)
    }
    guard total.isFinite, total < 1e15 else { return nil }
    self.init(milliseconds: Int64((sign * total).rounded()))
  }

  /// The shortest exact form: `5m`, `1h30m`, `30s`, `1s250ms`, `0s`.
  public var description: String {
    guard milliseconds != 0 else { return "0s" }
    var rest = milliseconds.magnitude
    var text = milliseconds < 0 ? "-" : ""
    for unit in Interval.units where rest >= UInt64(unit.size) {
      text += "\(rest / UInt64(unit.size))\(unit.name)"
      rest %= UInt64(unit.size)
    }
    return text
  }

  /// A form for people, at most two units: `4m30s`, `30.1s`, `132ms`, `2d4h`.
  public var brief: String {
    let magnitude = milliseconds.magnitude
    let sign = milliseconds < 0 ? "-" : ""
    switch magnitude {
    case 0..<1_000: return "\(sign)\(magnitude)ms"
    case 1_000..<60_000:
      let tenths = magnitude / 100
      return tenths % 10 == 0
        ? "\(sign)\(tenths / 10)s" : "\(sign)\(tenths / 10).\(tenths % 10)s"
    case 60_000..<3_600_000: return sign + Interval.pair(magnitude, 60_000, "m", 1_000, "s")
    case 3_600_000..<86_400_000: return sign + Interval.pair(magnitude, 3_600_000, "h", 60_000, "m")
    default: return sign + Interval.pair(magnitude, 86_400_000, "d", 3_600_000, "h")
    }
  }

  private static func pair(
    _ value: UInt64, _ large: UInt64, _ largeName: String, _ small: UInt64, _ smallName: String
  ) -> String {
    let minor = value % large / small
    return minor == 0
      ? "\(value / large)\(largeName)" : "\(value / large)\(largeName)\(minor)\(smallName)"
  }
}
