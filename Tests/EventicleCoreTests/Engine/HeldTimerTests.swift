import CoreSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Timers of a saga whose group waits.
@Suite struct HeldTimerTests {
  let book = HandlerLog()

  /// A saga with a timer every hour and one that fires once, beside one that is never paused.
  func domain(_ missed: MissedFires) -> Domain {
    let book = book
    func saga(_ name: String) -> Saga {
      Saga(name, streams: ["st"])
        .startOn("Start") { step, _ in
          try step.upsertTimer("cron", cron: "0 * * * *", missed: missed)
          try step.upsertTimer("once", after: .minutes(90))
        }
        .onTimer("cron") { book.note("\(name) cron \(($0.now - .standardStart).brief)") }
        .onTimer("once") { book.note("\(name) once \(($0.now - .standardStart).brief)") }
    }
    return Domain("test", sagas: [saga("S"), saga("T")])
  }

  static let expected: [MissedFires: [String]] = [
    .once: ["S cron 3h30m", "S once 3h30m"], .skip: ["S once 3h30m"],
    .all: ["S cron 3h30m", "S once 3h30m", "S cron 3h30m", "S cron 3h30m"],
  ]

  @Test(arguments: MissedFires.allCases)
  func `timers wait while their group is paused, and fire by their policy afterwards`(
    missed: MissedFires
  ) throws {
    let app = try Eventicle(domain(missed))
    try app.eventClient.emit([new("Start")], to: "st")
    try app.eventClient.pause("saga-S")
    try app.advance(by: .minutes(210))
    #expect(
      book.lines == ["T cron 1h", "T once 1h30m", "T cron 2h", "T cron 3h"])
    #expect(app.world.timers.next?.key.owner.saga == "S")
    #expect(app.engine.nextTimer?.key.owner.saga == "T")
    try app.eventClient.resume("saga-S")
    #expect(Array(book.lines.dropFirst(4)) == Self.expected[missed])
    try app.advance(by: .minutes(30))
    #expect(book.lines.suffix(2) == ["T cron 4h", "S cron 4h"])
  }

  @Test func `a session reports waiting timers and catches up when the group resumes`() throws {
    var session = try Session(domain(.once))
    for line in ["emit st Start", "group pause saga-S", "clock +90m"] { _ = session.run(line) }
    #expect(book.lines == ["T cron 1h", "T once 1h30m"])
    #expect(session.nextTimer?.key.owner.saga == "T")
    let refused = session.run("fire S/saga-1/once")
    #expect(
      refused.problem?.message
        == "once of S/saga-1 waits, because saga-S does; let it go on with group resume saga-S.")
    _ = session.run("group resume saga-S")
    #expect(book.lines.dropFirst(2) == ["S cron 1h30m", "S once 1h30m"])
  }

  @Test func `timers of a stopped group wait too`() throws {
    let book = book
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") { step, _ in try step.upsertTimer("once", after: .minutes(1)) }
      .onTimer("once") { _ in book.note("once") }
      .onEvery("Bad") { _, _ in if book.isFailing { throw Rejection("bad") } }
      .taking(ConsumerOptions(policy: .stop))
    let app = try Eventicle(Domain("test", sagas: [saga]))
    book.isFailing = true
    try app.eventClient.emit([new("Start"), new("Bad")], to: "st")
    try app.advance(by: .minutes(5))
    #expect(book.lines.isEmpty && app.engine.nextTimer == nil)
    book.isFailing = false
    try app.eventClient.resume("saga-S")
    #expect(book.lines == ["once"])
  }

  /// How many steps a timer took, every minute for an hour, while its instance waits for parked
  /// work, and how many are owed then.
  func fires(_ missed: MissedFires) throws -> (owed: Int, steps: Int) {
    let book = HandlerLog()
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") { step, _ in
        step["key"] = "k"
        try step.upsertTimer("cron", cron: "* * * * *", missed: missed)
      }
      .on("Next", matching: "key", value: { _ in "k" }) { _, _ in
        if book.isFailing { throw Rejection("bad") }
      }
      .onTimer("cron") { book.note("\($0.now)") }
      .taking(ConsumerOptions(waitsForParked: true))
    var bench = try RecordedEngine(Domain("test", sagas: [saga]), remembering: false)
    bench.emit(new("Start"), to: "st")
    book.isFailing = true
    bench.emit(new("Next"), to: "st")
    bench.pass(.minutes(60))
    #expect(book.lines.isEmpty)
    let owed = bench.world.group("saga-S")?.lanes.map(\.work.count).reduce(0, +) ?? 0
    book.isFailing = false
    bench.perform(.redrive(1))
    bench.settle()
    return (owed, book.lines.count)
  }

  @Test func `fires of a waiting cron do not accumulate, unless declared so`() throws {
    for missed in MissedFires.allCases {
      let (owed, steps) = try fires(missed)
      let expected = missed == .all ? 60 : 1
      #expect(owed == expected && steps == expected, "\(missed)")
    }
  }
}
