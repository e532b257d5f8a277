/// A time zone as a value: what its clocks show follows from the rule alone.
///
/// It is UTC, a fixed offset, or two offsets that alternate on two days of every year. Nothing is
/// read from the system, so that a recorded history reads the same on every machine. Names such as
/// `Europe/Berlin` stand for the rules in force there now; see ``names``.
public struct TimeZoneRule: Sendable, Hashable, CustomStringConvertible {
  /// The rule behind the name; shared, because every timer keeps its zone.
  final class Clocks: Sendable {
    let name: String
    let posix: String
    /// Seconds east of UTC.
    let standard: Int
    let summer: Summer?

    init(name: String, posix: String, standard: Int, summer: Summer?) {
      self.name = name
      self.posix = posix
      self.standard = standard
      self.summer = summer
    }
  }

  /// The summer offset, and when it begins and ends.
  struct Summer: Sendable {
    let offset: Int
    let start: YearlyChange
    let end: YearlyChange
  }

  /// One instant at which the clocks change.
  struct Transition {
    let instant: Instant
    /// Seconds east of UTC, before and after.
    let before: Int
    let after: Int
  }

  let clocks: Clocks

  /// Coordinated universal time, the default zone.
  public static let utc = TimeZoneRule(
    clocks: Clocks(name: "UTC", posix: "UTC0", standard: 0, summer: nil))

  init(clocks: Clocks) { self.clocks = clocks }

  /// The zone as it is written: `UTC`, `+02:00`, `Europe/Berlin` or a POSIX text.
  ///
  /// Reads back as an equal zone.
  public var description: String { clocks.name }

  /// The rule as a POSIX text, for example `CET-1CEST,M3.5.0,M10.5.0/3`.
  public var posixText: String { clocks.posix }

  /// Whether the offset never changes.
  public var isFixed: Bool { clocks.summer == nil }

  /// The names that are known, in order: every zone and link of ``namesVersion``; fixed offsets
  /// such as `+02:00` work besides.
  public static var names: [String] { TimeZoneTable.names }

  /// The version of tzdata, such as `2025b`, that the names and their rules come from.
  public static var namesVersion: String { TimeZoneTable.version }

  /// How far the clocks are ahead of UTC at an instant; negative west of Greenwich.
  ///
  /// O(1).
  public func offset(at instant: Instant) -> Interval {
    .seconds(Int64(offsetSeconds(at: instant)))
  }

  /// What the clocks show at an instant.
  ///
  /// O(1).
  public func civilTime(at instant: Instant) -> CivilTime {
    CivilTime(instant + offset(at: instant))
  }

  /// When the clocks show a local time: never in a gap, twice in an overlap.
  ///
  /// O(1).
  public func moments(of civil: CivilTime) -> LocalMoment {
    let local = civil.instant
    let usual = local - seconds(clocks.standard)
    guard let summer = clocks.summer, summer.offset != clocks.standard else { return .once(usual) }
    let other = local - seconds(summer.offset)
    let isUsual = offsetSeconds(at: usual) == clocks.standard
    let isOther = offsetSeconds(at: other) == summer.offset
    switch (isUsual, isOther) {
    case (true, false): return .once(usual)
    case (false, true): return .once(other)
    case (true, true): return .twice(min(usual, other), max(usual, other))
    case (false, false):
      return .never(resumes: lastTransition(upTo: max(usual, other))?.instant ?? usual)
    }
  }

  /// The first instant at which the clocks show a local time; for a time in a gap, the end of the
  /// gap.
  public func instant(of civil: CivilTime) -> Instant { moments(of: civil).first }

  /// Whether both are written alike; two names of the same rule are not equal.
  public static func == (left: TimeZoneRule, right: TimeZoneRule) -> Bool {
    left.clocks === right.clocks || isSameText(left.clocks.name, right.clocks.name)
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) { hashBytes(of: clocks.name, into: &hasher) }
}

/// The instants at which the clocks show one local time.
public enum LocalMoment: Sendable, Hashable {
  /// Shown once, the usual case.
  case once(Instant)
  /// Shown twice because the clocks are put back: first before the change, then after it.
  case twice(Instant, Instant)
  /// Never shown because the clocks skip it; they continue at this instant.
  case never(resumes: Instant)

  /// The instant itself, the first of two, or the end of the gap.
  public var first: Instant {
    switch self {
    case .once(let instant), .twice(let instant, _), .never(let instant): instant
    }
  }
}

extension TimeZoneRule {
  /// The last change of the clocks at or before an instant; `nil` for a fixed offset.
  func lastTransition(upTo instant: Instant) -> Transition? {
    guard let summer = clocks.summer else { return nil }
    let year = CivilTime(instant + seconds(clocks.standard)).year
    var last: Transition?
    // A change may fall outside its year by some days, and this year's may still be to come.
    for year in [year - 1, year, year + 1] {
      // When summer time ends in the second it begins again, it continues.
      for transition in [end(summer, in: year), start(summer, in: year)]
      where transition.instant <= instant {
        if let known = last, known.instant > transition.instant { continue }
        last = transition
      }
    }
    return last
  }

  private func offsetSeconds(at instant: Instant) -> Int {
    guard clocks.summer != nil else { return clocks.standard }
    return lastTransition(upTo: instant)?.after ?? clocks.standard
  }

  private func start(_ summer: Summer, in year: Int) -> Transition {
    Transition(
      instant: moment(summer.start.localSeconds(in: year) - clocks.standard),
      before: clocks.standard, after: summer.offset)
  }

  private func end(_ summer: Summer, in year: Int) -> Transition {
    Transition(
      instant: moment(summer.end.localSeconds(in: year) - summer.offset),
      before: summer.offset, after: clocks.standard)
  }

  private func moment(_ seconds: Int) -> Instant {
    Instant(milliseconds: 0) + .seconds(Int64(seconds))
  }

  private func seconds(_ count: Int) -> Interval { .seconds(Int64(count)) }
}
