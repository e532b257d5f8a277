import EventicleCore
import EventicleWorkbench
import Testing

/// How the verbs about timers and saga instances are written.
@Suite struct ScheduleGrammarTests {
  @Test(arguments: [
    ("schedule n C --in 5m", Scheduling.Moment.after(.minutes(5))),
    ("schedule n C --in=0s a=1", .after(.milliseconds(0))),
    ("schedule n --at 12:04 C a:=1", .at(.clock(.minutes(724)))),
    ("schedule n C --at +5m", .at(.relative(.minutes(5)))),
  ])
  func `when a command is given`(line: String, moment: Scheduling.Moment) throws {
    guard case .schedule(let read) = try parsed(line) else { throw Unexpected(line) }
    #expect(read.moment == moment && read.name.value == "n" && read.command.value == "C")
    #expect(read.missed == .once)
  }

  @Test func `a cron expression, its zone and its policy`() throws {
    let line = "schedule \"my job\" C a=1 --cron '0 9 * * 1-5' --zone europe/berlin --missed all"
    guard case .schedule(let read) = try parsed(line) else { throw Unexpected(line) }
    #expect(read.name.value == "my job" && read.missed == .all)
    let zone = try TimeZoneRule("Europe/Berlin")
    #expect(read.moment == .cron(try CronExpression("0 9 * * 1-5"), zone))
    #expect(try read.items.data() == ["a": "1"])
  }

  @Test(arguments: [
    "cancel retry", "unschedule PaymentSaga/order-1/retry", "cancel command/CloseDay/nightly",
    "move retry +5m", "move S/k/t -30s", "move t 12:04", "move t 2026-01-01T09:00:00Z",
    "end S/k --reason x", "end S/k remove --reason 'a b'", "end --reason=x S/k",
    "correct S/k a=1 b.c:=[2] --reason x", "correct S/k --reason \"why; so\" a=1",
    "sched n C --in 1s", "canc t", "corr S/k a=1 --reason x",
  ])
  func `lines people type are understood`(line: String) throws {
    #expect(try Instruction.parse(line).count == 1)
  }

  @Test(arguments: [
    Mistake("schedule", 9, "The name is missing"), Mistake("schedule n", 11, "The command is"),
    Mistake("schedule n C", 13, "When, as in --in 5m, --at 12:04 or --cron"),
    Mistake("schedule n C --in 5m --at 12:04", 27, "When is said twice"),
    Mistake("schedule n C --in soon", 19, "--in is a length of time"),
    Mistake("schedule n C --in -5m", 19, "--in is a length of time"),
    Mistake("schedule n C --at noon", 19, "is not a time"),
    Mistake("schedule n C --cron '* *'", 22, "cron"),
    Mistake("schedule n C --cron '* * * * *' --zone Europe/Berlni", 40, "Europe/Berlin"),
    Mistake("schedule n C --cron '* * * * *' --missed some", 42, "There is no policy \"some\""),
    Mistake("schedule n C --in 5m --zone UTC", 29, "go with --cron alone"),
    Mistake("schedule n C --count 2 --in 5m", 14, "There is no flag \"--count\""),
    Mistake("schedule n C x y --in 5m", 14, "too much"),
    Mistake("schedule n C at:+5m --in 5m", 14, "schedule takes no at:"),
    Mistake("cancel", 7, "The timer is missing"), Mistake("cancel t x", 10, "too much"),
    Mistake("move t", 7, "The time is missing"), Mistake("move t soon", 8, "is not a time"),
    Mistake("move t --soon", 8, "no flag"),
    Mistake("end", 4, "The instance is missing"), Mistake("end S", 5, "written SAGA/KEY"),
    Mistake("end S/k", 8, "The reason, as in"), Mistake("end S/k --reason ' '", 19, "is empty"),
    Mistake("end S/k keep --reason x", 9, "too much"),
    Mistake("end S/k a=1 --reason x", 9, "end takes no fields"),
    Mistake("correct S/k --reason x", 23, "What to put right"),
    Mistake("correct S/k a=1", 16, "The reason, as in"),
    Mistake("correct S a=1 --reason x", 9, "written SAGA/KEY"),
  ])
  func `a mistake is shown where it stands`(mistake: Mistake) throws {
    let error = try #require(failure(mistake.line), "it was understood")
    #expect(error.message.contains(mistake.part), "\(error.message)")
    #expect(error.column == mistake.column, "\(error.message)")
  }
}
