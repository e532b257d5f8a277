/// A time zone as a value: what its clocks show at a moment follows from the rule alone.
///
/// It is UTC, a fixed offset, or two offsets that take turns on two days of every year. Nothing is
/// read from the system, so that a recorded history says the same on every machine. Names such as
/// `Europe/Berlin` stand for the rules that hold there now; see ``names``.
public struct TimeZoneRule: Sendable, Hashable, CustomStringConvertible {
  /// What is behind the name; shared, as a zone is kept with every timer.
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

  /// The other offset, and when it begins and ends.
  struct Summer: Sendable {
    let offset: Int
    let start: YearlyChange
    let end: YearlyChange
  }

  /// One moment at which clocks are moved.
  struct Transition {
    let instant: Instant
    /// Seconds east of UTC before and after.
    let before: Int
    let after: Int
  }

  let clocks: Clocks

  /// Coordinated universal time, the zone of everything that names none.
  public static let utc = TimeZoneRule(
    clocks: Clocks(name: "UTC", posix: "UTC0", standard: 0, summer: nil))

  init(clocks: Clocks) { self.clocks = clocks }

  /// The zone as it is written: `UTC`, `+02:00`, `Europe/Berlin`, or a POSIX text.
  ///
  /// What is written reads back as an equal zone.
  public var description: String { clocks.name }

  /// The same rule as a POSIX text, for example `CET-1CEST,M3.5.0,M10.5.0/3`.
  public var posixText: String { clocks.posix }

  /// Whether the offset never changes.
  public var isFixed: Bool { clocks.summer == nil }

  /// The names that are known, in order: every zone and link of ``namesVersion``; fixed offsets
  /// such as `+02:00` come on top of these.
  public static var names: [String] { TimeZoneTable.names }

  /// The version of tzdata, such as `2025b`, that the names and their rules come from.
  public static var namesVersion: String { TimeZoneTable.version }

  /// How far clocks are ahead of UTC at a moment; negative west of Greenwich.
  ///
  /// O(1).
  public func offset(at instant: Instant) -> Interval {
    .seconds(Int64(offsetSeconds(at: instant)))
  }

  /// What clocks show at a moment.
  ///
  /// O(1).
  public func civilTime(at instant: Instant) -> CivilTime {
    CivilTime(instant + offset(at: instant))
  }

  /// When clocks show such a time: never in a gap, twice in an overlap.
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

  /// The first moment at which clocks show a time; for a time in a gap the moment after the gap.
  public func instant(of civil: CivilTime) -> Instant { moments(of: civil).first }

  /// Whether both are written alike.
  public static func == (left: TimeZoneRule, right: TimeZoneRule) -> Bool {
    left.clocks === right.clocks || isSameText(left.clocks.name, right.clocks.name)
  }

  /// Feeds what counts for equality to a hasher.
  public func hash(into hasher: inout Hasher) { hashBytes(of: clocks.name, into: &hasher) }
}

/// The moments at which clocks show one local time.
public enum LocalMoment: Sendable, Hashable {
  /// The usual case.
  case once(Instant)
  /// Clocks were put back: first before that, then after.
  case twice(Instant, Instant)
  /// Clocks were put forward over it; they go on at the moment after the gap.
  case never(resumes: Instant)

  /// The moment itself, the first of two, or the one after the gap.
  public var first: Instant {
    switch self {
    case .once(let instant), .twice(let instant, _), .never(let instant): instant
    }
  }
}

extension TimeZoneRule {
  /// The last change of clocks that is not after a moment; `nil` where nothing ever changes.
  func lastTransition(upTo instant: Instant) -> Transition? {
    guard let summer = clocks.summer else { return nil }
    let year = CivilTime(instant + seconds(clocks.standard)).year
    var last: Transition?
    // A change may leave its year by some days, and that of this year may be still to come.
    for year in [year - 1, year, year + 1] {
      // When summer ends in the second in which it begins anew, it goes on.
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
