/// How long to wait before retrying what failed.
///
/// The waits depend on the numbers alone; pass a seed for the jitter so that consumers do not all
/// retry at the same moment.
public struct Backoff: Sendable, Hashable, CustomStringConvertible {
  /// The wait before the first retry.
  public let first: Interval
  /// The ratio of each wait to the one before it, at least 1.
  public let factor: Double
  /// The longest wait, if it is limited.
  public let cap: Interval?
  /// By how much a wait may be shortened at random, in percent from 0 to 100.
  public let jitter: Int

  /// Later retries wait as long as this one.
  private static let longestGrowth = 10_000

  private init(first: Interval, factor: Double, cap: Interval?, jitter: Int) {
    self.first = max(first, .milliseconds(0))
    self.factor = factor.isFinite ? max(1, factor) : 1
    self.cap = cap.map { max($0, .milliseconds(0)) }
    self.jitter = min(max(jitter, 0), 100)
  }

  /// The same wait every time; a negative one counts as zero.
  public static func fixed(_ wait: Interval, jitter: Int = 0) -> Backoff {
    Backoff(first: wait, factor: 1, cap: nil, jitter: jitter)
  }

  /// Waits that grow by a factor up to a cap; a factor below 1 counts as 1.
  public static func exponential(
    _ first: Interval, factor: Double = 2, cap: Interval? = nil, jitter: Int = 0
  ) -> Backoff {
    Backoff(first: first, factor: factor, cap: cap, jitter: jitter)
  }

  /// The wait before one retry.
  ///
  /// - Parameters:
  ///   - retry: The number of the retry, from 1.
  ///   - seed: Chooses the jitter; the same seed gives the same wait.
  public func wait(before retry: Int, seed: UInt64 = 0) -> Interval {
    let longest = Double((cap ?? .milliseconds(Int64.max)).milliseconds)
    var wait = min(Double(first.milliseconds), longest)
    if factor > 1, wait > 0 {
      for _ in 1..<min(max(retry, 1), Backoff.longestGrowth) {
        wait *= factor
        guard wait < longest else { break }
      }
    }
    wait = min(wait, longest)
    if jitter > 0 {
      let mixed = ValueHash.mix(seed ^ ValueHash.mix(UInt64(truncatingIfNeeded: retry)))
      let share = Double(mixed >> 11) / 9_007_199_254_740_992
      wait -= wait * share * Double(jitter) / 100
    }
    return Interval(milliseconds: Int64(exactly: wait.rounded()) ?? Int64.max)
  }

  /// `1s`, `1s x2` or `1s x2 up to 1m`, optionally with `jitter 20%`; reads back as an equal value.
  public var description: String {
    var text = first.description
    if factor > 1 { text += " x\(JSON.double(factor))" }
    if let cap { text += " up to \(cap)" }
    if jitter > 0 { text += " jitter \(jitter)%" }
    return text
  }

  /// Reads what ``description`` writes.
  ///
  /// - Throws: ``PolicyError`` that says what was expected.
  public init(parsing text: some StringProtocol) throws(PolicyError) {
    let words = String(text).split(separator: " ").map { String($0) }
    try self.init(words: words[...])
  }

  init(words: ArraySlice<String>) throws(PolicyError) {
    var rest = words
    func failure() -> PolicyError {
      PolicyError(
        reason: "A wait is written 1s, 1s x2, or 1s x2 up to 1m jitter 20%, but this is "
          + "\"\(words.joined(separator: " "))\".")
    }
    guard let first = rest.popFirst().flatMap({ Interval(parsing: $0) }),
      first.milliseconds >= 0
    else { throw failure() }
    var factor = 1.0
    var cap: Interval?
    var jitter = 0
    if let word = rest.first, word.hasPrefix("x") {
      guard let value = Double(word.dropFirst()), value >= 1, value <= 1_000 else {
        throw failure()
      }
      factor = value
      rest.removeFirst()
    }
    if rest.first == "up" {
      rest.removeFirst()
      guard rest.popFirst() == "to", let value = rest.popFirst().flatMap({ Interval(parsing: $0) }),
        value.milliseconds >= 0
      else { throw failure() }
      cap = value
    }
    if rest.first == "jitter" {
      rest.removeFirst()
      guard let word = rest.popFirst(), word.hasSuffix("%"), let value = Int(word.dropLast()),
        (0...100).contains(value)
      else { throw failure() }
      jitter = value
    }
    guard rest.isEmpty else { throw failure() }
    self.init(first: first, factor: factor, cap: cap, jitter: jitter)
  }
}

/// Why a text is not a backoff or an error policy.
public struct PolicyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found.
  public let reason: String

  /// The error as one sentence.
  public var description: String { reason }
}
