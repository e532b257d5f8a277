import CoreSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What the engine says when it is asked for what does not exist, or cannot be done.
@Suite struct SentenceTests {
  func refusal(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return ""
  }

  @Test func `an unknown group is refused with the nearest name and all names`() throws {
    let app = try Eventicle(source: "test")
    let client = app.eventClient
    #expect(
      refusal { try client.pause("mailer") }
        == "Nobody consumes for the group mailer, so nothing can be done with it; there is no "
        + "group.")
    try client.hotStream("s", group: "mailer") { _ in }
    try client.hotStream("s", group: "ledger") { _ in }
    let asked: [() throws -> Void] = [
      { try client.pause("mailr") }, { try client.resume("mailr") }, { try client.close("mailr") },
      { try client.replay("mailr", from: .beginning) },
    ]
    for body in asked {
      #expect(throws: OperationError.self) { try body() }
      #expect(
        refusal(body)
          == "Nobody consumes for the group mailr, so nothing can be done with it; did you mean "
          + "mailer? There are mailer, ledger.")
    }
  }

  @Test func `a long list is truncated, and the rest is counted`() throws {
    let app = try Eventicle(source: "test")
    for number in 1...15 {
      try app.eventClient.hotStream("s", group: GroupName("g\(number)")) { _ in
        throw Rejection("no")
      }
    }
    let named = (1...12).map { "g\($0)" }.joined(separator: ", ")
    #expect(
      refusal { try app.eventClient.pause("other") }.hasSuffix("; there are \(named) and 3 more."))
    try app.eventClient.emit([new("T")], to: "s")
    let numbers = (1...12).map { "\($0)" }.joined(separator: ", ")
    let nothing = "Nothing is parked under 99; there are \(numbers) and 3 more."
    #expect(refusal { try app.eventClient.redrive(99) } == nothing)
    #expect(refusal { try app.eventClient.redrive(99, with: [:]) } == nothing)
    #expect(refusal { try app.eventClient.dropParked(99) } == nothing)
  }

  @Test func `an unknown timer is refused with the armed ones`() throws {
    let saga = Saga("S", streams: ["s"])
      .startOn("Start") { step, _ in try step.upsertTimer("alarm", after: .seconds(5)) }
      .onTimer("alarm") { _ in }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    let wrong = TimerKey(SagaKey("S", "saga-1"), "alrm")
    let none = bench.perform(.fire(wrong))
    #expect(none.problem == "There is no timer S/saga-1/alrm armed; none is.")
    bench.emit(new("Start"), to: "s")
    #expect(
      bench.perform(.fire(wrong)).problem
        == "There is no timer S/saga-1/alrm armed; there is S/saga-1/alarm.")
  }

  @Test func `timers and instances are named as people know them`() throws {
    let saga = Saga("S", streams: ["s"]).keyed(by: "order")
      .startOn("Start") { step, _ in try step.upsertTimer("alarm", after: .seconds(5)) }
      .onTimer("alarm") { _ in }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(NewEvent("Start", DomainID("o-7")), to: "s")
    let key = SagaKey("S", "saga-1")
    #expect(bench.world.title(of: TimerKey(key, "alarm")) == "S/o-7/alarm")
    for input in [Input.fire(TimerKey(key, "alrm")), .cancelTimer(TimerKey(key, "alrm"))] {
      #expect(
        bench.perform(input).problem
          == "There is no timer S/o-7/alrm armed; there is S/o-7/alarm.")
    }
    let asked: [(InputAction, String)] = [
      (.fire(TimerKey(key, "alarm")), "fire S/o-7/alarm"),
      (.cancelTimer(TimerKey(key, "alarm")), "call S/o-7/alarm off"),
      (
        .moveTimer(TimerKey(key, "alarm"), to: .standardStart),
        "move S/o-7/alarm to \(Instant.standardStart)"
      ),
      (.endSaga(key, reason: "x"), "end S/o-7"),
      (.correctSaga(key, [:], reason: "x"), "correct S/o-7"),
    ]
    for (action, phrase) in asked {
      #expect(action.phrase(in: bench.world) == phrase)
      // Where nothing is known of the instance, its id is all there is.
      #expect(action.phrase.contains("S/saga-1"))
    }
    #expect(InputAction.pause("g").phrase == InputAction.pause("g").phrase(in: bench.world))
  }

  @Test func `an input of a handler that is refused is told with the names of people`() throws {
    let saga = Saga("S", streams: ["s"]).keyed(by: "order").startOn("Start") { _, _ in }
    let app = try Eventicle(Domain("test", sagas: [saga]))
    let (book, steps) = (HandlerLog(), AskingTests.Entries())
    book.app = app
    app.onStep { steps.all += $0.entries }
    try app.eventClient.hotStream("ops", group: "ops") { _ in
      try book.app?.endSaga(SagaKey("S", "saga-1"), because: " ")
    }
    try app.eventClient.emit([NewEvent("Start", DomainID("o-7"))], to: "s")
    try app.eventClient.emit([new("Stop")], to: "ops")
    let told = steps.all.compactMap(\.kind.problem).joined()
    #expect(told.contains("asked to end S/o-7") && !told.contains("saga-1"), "\(told)")
  }

  @Test func `a repeated failure names the parked delivery and its consumer`() throws {
    let app = try Eventicle(source: "test")
    try app.eventClient.hotStream("s", group: "mailer") { _ in throw Rejection("no post today.") }
    try app.eventClient.emit([new("T")], to: "s")
    #expect(
      refusal { try app.eventClient.redrive(1) }
        == "What is parked under 1, for the subscription mailer, failed again and stays parked: "
        + "no post today.")
    #expect(app.eventClient.parked.map(\.reason) == ["no post today."])
  }

  @Test func `an unknown view is refused alike by compare and by swap`() throws {
    let view = EventView("Board", streams: ["s"], onAny: { _, _ in })
    let app = try Eventicle(Domain("test", views: [view]))
    let sentence = "There is no view Bord; there is Board."
    #expect(throws: OperationError(sentence)) { try app.rebuild("Bord") }
    #expect(throws: OperationError(sentence)) { try app.swap("Bord") }
  }

  @Test func `a number that is too large is reported as out of range`() throws {
    let pay = Command("Pay", stream: "s", [.required("sum", .number)]) { _, _ in CommandResult() }
    let app = try Eventicle(Domain("test", commands: [pay]))
    #expect(
      refusal { try app.dispatch("Pay", ["sum": try JSON(parsing: "1e400")]) }
        == "sum of Pay must be a number, but 1e400 is out of range: the largest is about 1.8e308.")
  }

  @Test func `the library's errors name arguments, and the command line's name the syntax`() throws
  {
    let pay = Command("Pay", stream: "s", [.required("sum", .number)]) { _, _ in CommandResult() }
    let domain = Domain("test", commands: [pay])
    let app = try Eventicle(domain)
    #expect(refusal { try app.dispatch("Pay") } == "Pay needs sum, a number.")
    var session = try Session(domain)
    #expect(session.run("do Pay").problem?.message == "Pay needs sum; add sum:=59.")
    #expect(
      session.run("do Pay sum=x").problem?.message
        == "sum of Pay must be a number, but it is a string: \"x\"; write sum:=59.")
  }

  @Test func `the library's errors name no verbs, and the command line's do`() throws {
    let app = try Eventicle(source: "test")
    #expect(
      refusal { try app.advance(by: .seconds(-1)) }
        == "The clock is at 2026-01-01T09:00:00.000Z and goes forward only, but "
        + "2026-01-01T08:59:59.000Z was asked; ask for a later moment.")
    var session = try Session(Domain("test"))
    #expect(
      session.run("clock set 2020-01-01T00:00:00Z").problem?.message
        .hasSuffix("ask for a later moment. The verb back goes back in time.") == true)
  }
}
