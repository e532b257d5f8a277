/// A length of time in whole milliseconds, up to 292 million years.
///
/// Arithmetic is clamped to that range; it never overflows.
public struct Interval: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The length in milliseconds; negative for the past.
  public let milliseconds: Int64

  /// An interval of milliseconds.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// So many thousandths of a second; negative ones go back in time.
  public static func milliseconds(_ count: Int64) -> Interval { Interval(milliseconds: count) }
  /// So many seconds; what is beyond the range becomes its end.
  public static func seconds(_ count: Int64) -> Interval { Interval(count, times: 1_000) }
  /// So many minutes of 60 seconds.
  public static func minutes(_ count: Int64) -> Interval { Interval(count, times: 60_000) }
  /// So many hours of 3,600 seconds.
  public static func hours(_ count: Int64) -> Interval { Interval(count, times: 3_600_000) }
  /// An interval of days of 24 hours.
  public static func days(_ count: Int64) -> Interval { Interval(count, times: 86_400_000) }
  /// An interval of years of 365 days.
  public static func years(_ count: Int64) -> Interval { Interval(count, times: 31_536_000_000) }

  /// The product, clamped when it does not fit.
  private init(_ count: Int64, times size: Int64) {
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    milliseconds = overflow ? ((count < 0) == (size < 0) ? Int64.max : Int64.min) : product
  }

  /// Whether the left one is shorter.
  public static func < (left: Interval, right: Interval) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The sum, clamped when it does not fit.
  public static func + (left: Interval, right: Interval) -> Interval {
    let (sum, overflow) = left.milliseconds.addingReportingOverflow(right.milliseconds)
    return Interval(milliseconds: overflow ? (sum < 0 ? Int64.max : Int64.min) : sum)
  }

  /// The difference, clamped when it does not fit.
  public static func - (left: Interval, right: Interval) -> Interval {
    let (rest, overflow) = left.milliseconds.subtractingReportingOverflow(right.milliseconds)
    return Interval(milliseconds: overflow ? (rest < 0 ? Int64.max : Int64.min) : rest)
  }

  /// The interval with its sign reversed.
  public static prefix func - (interval: Interval) -> Interval { .milliseconds(0) - interval }

  /// The interval multiplied, clamped when it does not fit.
  public static func * (interval: Interval, count: Int64) -> Interval {
    Interval(interval.milliseconds, times: count)
  }

  /// The units of the written form, largest first, in milliseconds.
  private static let units: [(name: String, size: Int64)] = [
    ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000),
    ("ms", 1),
  ]

  /// Read but never written: `371d` is easier to check than `1y6d`.
  private static let year: (name: String, size: Int64) = ("y", 31_536_000_000)

  /// Reads `5m`, `1h30m`, `250ms`, `1.5s`, `2d` or `1y`, with an optional sign in front.
  ///
  /// - Returns: `nil` when the text is not an interval or does not fit.
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

  /// A rounded form for people, at most two units: `4m30s`, `30.1s`, `132ms`, `2d4h`.
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
