import TestSupport
import Testing

@testable import EventicleCore

@Suite struct TimeZoneTests {
  static let minute = Interval.minutes(1)

  /// Zones with and without summer time, on both sides of the equator and of Greenwich.
  static let samples = [
    "UTC", "+05:45", "-03:30", "Europe/Berlin", "Europe/London", "Europe/Dublin",
    "America/New_York", "America/St_Johns", "America/Santiago", "America/Nuuk", "America/Havana",
    "Africa/Cairo", "Asia/Jerusalem", "Asia/Beirut", "Asia/Kolkata", "Australia/Sydney",
    "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Auckland", "Antarctica/Troll",
    "CET-1CEST,M3.5.0,M10.5.0/3", "<-05>5<-04>,J60,J300/1", "ABC-3DEF,59/0,299/26",
  ]

  @Test(arguments: [
    ("Europe/Berlin", "2026-03-29T01:00Z", "01:59:59", "03:00:00"),
    ("Europe/Berlin", "2026-10-25T01:00Z", "02:59:59", "02:00:00"),
    ("Europe/London", "2027-03-28T01:00Z", "00:59:59", "02:00:00"),
    ("Europe/Dublin", "2026-10-25T01:00Z", "01:59:59", "01:00:00"),
    ("America/New_York", "2026-03-08T07:00Z", "01:59:59", "03:00:00"),
    ("America/New_York", "2026-11-01T06:00Z", "01:59:59", "01:00:00"),
    ("America/St_Johns", "2026-03-08T05:30Z", "01:59:59", "03:00:00"),
    ("America/Santiago", "2026-09-06T04:00Z", "23:59:59", "01:00:00"),
    ("America/Santiago", "2026-04-05T03:00Z", "23:59:59", "23:00:00"),
    ("America/Nuuk", "2026-03-29T01:00Z", "22:59:59", "00:00:00"),
    ("Africa/Cairo", "2026-04-23T22:00Z", "23:59:59", "01:00:00"),
    ("Asia/Jerusalem", "2026-03-27T00:00Z", "01:59:59", "03:00:00"),
    ("Australia/Sydney", "2026-10-03T16:00Z", "01:59:59", "03:00:00"),
    ("Australia/Sydney", "2026-04-04T16:00Z", "02:59:59", "02:00:00"),
    ("Australia/Lord_Howe", "2026-10-03T15:30Z", "01:59:59", "02:30:00"),
    ("Pacific/Chatham", "2026-04-04T14:00Z", "03:44:59", "02:45:00"),
    ("Antarctica/Troll", "2026-03-29T01:00Z", "00:59:59", "03:00:00"),
  ])
  func `clocks change at the right instants`(
    name: String, moment: String, before: String, after: String
  ) throws {
    let zone = try TimeZoneRule(name)
    let change = try #require(Instant(parsing: moment))
    #expect(zone.civilTime(at: change - .seconds(1)).clockText == before)
    #expect(zone.civilTime(at: change).clockText == after)
  }

  @Test(arguments: [
    ("UTC", 0), ("utc", 0), ("Z", 0), ("+02:00", 120), ("-0330", -210), ("+14", 840),
    ("Asia/Kathmandu", 345), ("asia/KOLKATA", 330), ("America/Sao_Paulo", -180),
    ("Pacific/Kiritimati", 840), ("Pacific/Pago_Pago", -660), ("EST5", -300), ("<+0330>-3:30", 210),
  ])
  func `a fixed offset never changes`(name: String, minutes: Int64) throws {
    let zone = try TimeZoneRule(name)
    #expect(zone.isFixed)
    for moment in ["1970-01-01", "2026-07-01", "2300-12-31"] {
      let instant = try #require(Instant(parsing: moment))
      #expect(zone.offset(at: instant) == .minutes(minutes))
    }
  }

  @Test func `a time in a gap is never shown, one in an overlap twice`() throws {
    let berlin = try TimeZoneRule("Europe/Berlin")
    func local(_ text: String) throws -> CivilTime {
      CivilTime(try #require(Instant(parsing: text)))
    }
    func moment(_ text: String) throws -> Instant { try #require(Instant(parsing: text)) }
    #expect(
      try berlin.moments(of: local("2026-03-29T02:30"))
        == .never(resumes: moment("2026-03-29T01:00Z")))
    #expect(
      try berlin.moments(of: local("2026-10-25T02:30"))
        == .twice(moment("2026-10-25T00:30Z"), moment("2026-10-25T01:30Z")))
    #expect(
      try berlin.moments(of: local("2026-03-29T03:00")) == .once(moment("2026-03-29T01:00Z")))
    #expect(
      try berlin.instant(of: local("2026-03-29T02:00")) == moment("2026-03-29T01:00Z"))
    #expect(try berlin.instant(of: local("2026-07-01T12:00")) == moment("2026-07-01T10:00Z"))
    let chatham = try TimeZoneRule("Pacific/Chatham")
    #expect(
      try chatham.moments(of: local("2026-09-27T03:00"))
        == .never(resumes: moment("2026-09-26T14:00Z")))
  }

  @Test(arguments: seeds(150))
  func `an instant is among the instants of its local time`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for text in Self.samples {
      let zone = try TimeZoneRule(text)
      var instant = Instant(
        milliseconds: Int64.random(in: -2_000_000_000_000...9_000_000_000_000, using: &random))
      // Half of the instants are near a clock change.
      if Bool.random(using: &random), let change = zone.lastTransition(upTo: instant) {
        instant = change.instant + .minutes(Int64.random(in: -150...150, using: &random))
      }
      switch zone.moments(of: zone.civilTime(at: instant)) {
      case .once(let moment): #expect(moment == instant, "\(text) \(instant)")
      case .twice(let first, let second):
        #expect(first < second && (first == instant || second == instant), "\(text) \(instant)")
      case .never: Issue.record("\(text) has no such time at \(instant)")
      }
    }
  }

  @Test(arguments: seeds(20))
  func `local times are in order`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for text in Self.samples {
      let zone = try TimeZoneRule(text)
      let change = zone.lastTransition(
        upTo: .standardStart + .days(Int64.random(in: 0...4_000, using: &random)))
      let start = CivilTime((change?.instant ?? .standardStart) - .hours(20))
      var previous = zone.instant(of: start)
      for step in 1...160 {
        let next = zone.instant(of: CivilTime(start.instant + .minutes(Int64(step) * 15)))
        #expect(previous <= next && next - previous <= .minutes(135), "\(text) \(next)")
        previous = next
      }
    }
  }

  @Test func `every named zone has a rule and reads back`() throws {
    #expect(TimeZoneRule.names.count >= 590)
    for continent in ["Africa", "America", "Antarctica", "Asia", "Australia", "Europe", "Pacific"] {
      #expect(TimeZoneRule.names.contains { $0.hasPrefix(continent + "/") })
    }
    for name in TimeZoneRule.names {
      let zone = try TimeZoneRule(name.uppercased())
      #expect(zone.description == (zone == .utc ? "UTC" : name))
      #expect(try TimeZoneRule(zone.description) == zone)
      let rule = try TimeZoneRule(zone.posixText)
      for week in 0..<53 {
        let instant = Instant.standardStart + .days(Int64(week) * 7)
        #expect(rule.offset(at: instant) == zone.offset(at: instant))
      }
    }
  }

  @Test func `a printed zone reads back as equal`() throws {
    for text in Self.samples {
      let zone = try TimeZoneRule(text)
      #expect(zone.description == text)
      #expect(try TimeZoneRule(zone.description) == zone)
    }
    #expect(try TimeZoneRule("-0330").description == "-03:30")
    #expect(try TimeZoneRule("+00:00") == .utc)
    #expect(TimeZoneRule(offset: .seconds(30)) == nil)
    #expect(TimeZoneRule(offset: .hours(25)) == nil)
    let fixed = try #require(TimeZoneRule(offset: .minutes(-570)))
    #expect(fixed.description == "-09:30")
    #expect(try TimeZoneRule(fixed.posixText).offset(at: .standardStart) == .minutes(-570))
  }

  @Test(arguments: [
    ("Europe/Belin", "There is no time zone \"Europe/Belin\"; did you mean Europe/Berlin"),
    ("berlin", "There is no time zone \"berlin\"; did you mean Europe/Berlin"),
    ("new york", "There is no time zone \"new york\"; did you mean America/New_York?"),
    ("+25:00", "An offset from UTC is written +02:00 or -0330 and is at most 24 hours, but "),
    ("+02:", "An offset from UTC"), ("+2", "An offset from UTC"), ("+02:60", "An offset from UTC"),
    ("-", "An offset from UTC"), ("+02:000", "An offset from UTC"),
    ("UTC+2", "\"UTC+2\" means east to some and west to others; write +02:00 or -02:00."),
    ("", "There is no time zone \"\"; write UTC, an offset such as +02:00, a name such as"),
    ("CET-1CEST,M3.5.0", "There is no time zone"), ("CET-1CEST,M13.5.0,M1.1.0", "There is no"),
    ("CET-1CEST,M3.6.0,M10.5.0", "There is no"), ("CET-1CEST,M3.5.7,M10.5.0", "There is no"),
    ("CE-1", "There is no"), ("CET-25", "There is no"), ("<CET-1", "There is no"),
    ("CET-1CEST,J0,J5", "There is no"), ("CET-1CEST,366,5", "There is no"),
    ("CET-1CEST,M3.5.0,M10.5.0/168", "There is no"), ("CET-1:60", "There is no"),
  ])
  func `an invalid zone is refused with a suggestion`(text: String, sentence: String) {
    let error = #expect(throws: TimeZoneError.self) { try TimeZoneRule(text) }
    #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "")")
  }

  @Test func `permanent summer time and the ends of time are handled`() throws {
    let always = try TimeZoneRule("EST5EDT4,0/0,J365/25")
    for day in 0..<1_500 {
      #expect(always.offset(at: .standardStart + .hours(Int64(day) * 7)) == .hours(-4))
    }
    for milliseconds in [Int64.min, Int64.max] {
      for text in Self.samples {
        let zone = try TimeZoneRule(text)
        let civil = zone.civilTime(at: Instant(milliseconds: milliseconds))
        _ = zone.instant(of: civil)
      }
    }
  }
}
