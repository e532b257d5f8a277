import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What brings the engine to a stop, and walking along what was hit.
@Suite struct StopTests {
  private func shop(_ lines: String...) throws -> Session {
    var session = try Session(.shop)
    for line in lines { #expect(session.run(line).problem == nil, "\(line)") }
    return session
  }

  private let order = "do PlaceOrder customer=c-19 total:=59"

  // MARK: - Stopping

  @Test func `an event of a type stops the engine before its deliveries`() throws {
    var session = try shop(order, "stop E PaymentDeclined if data.amount>50")
    let reply = session.run("do DeclinePayment paymentId=pay-1")
    #expect(reply.message.hasSuffix(" · stop 1 hit at #4: PaymentDeclined"), "\(reply.message)")
    #expect(session.isHeld && session.isAtHead)
    #expect(session.head.queue.first?.position == Position(4))
    #expect(session.run("expect A Payment/pay-1.status = declined").problem == nil)
    #expect(session.run("expect S PaymentSaga/order-1.attempts = 0").problem == nil)
  }

  @Test func `a condition, a hit count and once narrow a stop`() throws {
    var session = try shop(
      order, "stop E PaymentDeclined if data.amount>100", "stop E OrderCreated hits 3 once")
    #expect(session.run("do DeclinePayment paymentId=pay-1").problem == nil)
    #expect(!session.isHeld)
    #expect(session.run(order).problem == nil)
    #expect(!session.isHeld)
    #expect(session.run(order).message.contains("stop 2 hit at "))
    #expect(session.isHeld == true)
    #expect(session.stops[2]?.isOn == false)
    #expect(session.run("release").problem == nil)
    #expect(session.run(order).problem == nil)
    #expect(!session.isHeld)
  }

  @Test(arguments: [
    ("S PaymentSaga becomes declined", "#4 PaymentDeclined → S PaymentSaga"),
    ("V OrderBoard", "#4 PaymentDeclined → V OrderBoard"),
  ])
  func `a step of a consumer is stopped before it happens, and then can be watched`(
    stop: String, text: String
  ) throws {
    var session = try shop(order, "stop \(stop)")
    let before = session.head.sagas.find("PaymentSaga", "order-1")
    let reply = session.run("do DeclinePayment paymentId=pay-1")
    #expect(reply.message.contains("stop 1 hit at \(text)"), "\(reply.message)")
    #expect(session.isHeld == true)
    #expect(session.head.sagas.find("PaymentSaga", "order-1") == before)
    let step = session.run("step delivery")
    #expect(step.message.hasPrefix("\(text)"), "\(step.message)")
    #expect(session.stops[1]?.hits.count ?? 0 > 0)
  }

  @Test func `going on passes what it stopped at and stops at the next`() throws {
    var session = try shop(order, "stop S PaymentSaga")
    #expect(session.run("do DeclinePayment paymentId=pay-1").message.contains("stop 1 hit"))
    let reply = session.run("release")
    #expect(reply.problem == nil && !session.isHeld, "\(reply.message)")
    #expect(session.run("expect S PaymentSaga/order-1.attempts = 1").problem == nil)
    #expect(session.run("clock +30s").message.contains("stop 1 hit at T retry"))
    #expect(session.run("expect S PaymentSaga/order-1.status = declined").problem == nil)
  }

  @Test(arguments: ["step cascade", "step event", "step saga PaymentSaga"])
  func `steps that make several deliveries stop, one delivery is watched`(line: String) throws {
    var session = try shop("hold", order, "stop V Revenue")
    #expect(session.run(line).message.contains("stop 1 hit at #1 OrderCreated → V Revenue"))
    #expect(session.head.queue.first?.consumer.name == "Revenue")
    #expect(session.run("step delivery").message.hasPrefix("#1 OrderCreated → V Revenue"))
  }

  @Test func `a timer stops the clock and the time that passes`() throws {
    var session = try shop(order, "do DeclinePayment paymentId=pay-1", "stop T PaymentSaga/*/retry")
    let due = session.head.clock + .seconds(60)
    _ = session.pass(until: due)
    #expect(session.stopped?.text == "T retry of PaymentSaga order-1")
    #expect(session.isHeld == true)
    #expect(session.head.clock < due)
  }

  @Test func `a failure stops before it, a refusal after it`() throws {
    var session = try shop(
      order, "stop failure", "stop refusal", "do CancelOrder orderId=order-1 reason=late")
    #expect(session.run("do CapturePayment paymentId=pay-1").message.contains("stop 1 hit"))
    #expect(session.head.parkedCount == 0)
    #expect(session.run("release").problem == nil)
    _ = session.run("do PlaceOrder customer=c-1 total:=0")
    #expect(session.stops[2]?.hits.count == 1)
  }

  @Test func `a stop that notes, or is off, or is gone, stops nothing`() throws {
    var session = try shop(
      "stop E OrderCreated note", "stop E OrderPriced", "stop off 2", "stop E PaymentRequested",
      "stop remove 3", order)
    #expect(!session.isHeld)
    #expect(session.stops.all.map(\.hits.count) == [1, 1])
    #expect(session.run("stop on 2").message == "stop 2 is on")
    #expect(session.run("stop remove").message == "all stops are gone")
    #expect(session.run("stops").message == "nothing stops the engine; stop SELECTOR sets a stop")
  }

  @Test(arguments: [
    ("C PlaceOrder if customer=c-19", 1), ("C PlaceOrder if data.customer=c-20", 0),
    ("C PlaceOrder if total>50", 1), ("S PaymentSaga if attempts>=1", 2),
    ("S PaymentSaga if attempts>=2", 0), ("S PaymentSaga if type:PaymentDeclined", 1),
    ("T PaymentSaga/order-1/retry if attempts=1", 1), ("refusal if paymentId=pay-9", 1),
  ])
  func `a condition asks for what the stop is about, a saga, a command or a timer`(
    stop: String, hits: Int
  ) throws {
    var session = try shop(order, "do DeclinePayment paymentId=pay-1", "clock +30s")
    #expect(session.run("do CapturePayment paymentId=pay-9").problem != nil)
    let reply = session.run("stop \(stop)")
    #expect(session.stops[1]?.hits.count == hits, "\(reply.message)")
  }

  @Test func `a stop that logs notes a text at each hit and stops nothing`() throws {
    var session = try shop(
      "stop S PaymentSaga log \"try {attempts} of {orderId}, {type}, {none}\"",
      "stop refusal log \"{paymentId}: {problem}\"")
    #expect(session.logged.isEmpty)
    #expect(session.run(order).problem == nil && !session.isHeld)
    #expect(session.logged.map(\.text) == ["try 0 of order-1, OrderCreated, –"])
    #expect(session.run("do DeclinePayment paymentId=pay-1").problem == nil)
    #expect(session.logged.map(\.text) == ["try 1 of order-1, PaymentDeclined, –"])
    #expect(session.run("clock +30s").problem == nil && session.logged.count == 1)
    #expect(session.run("do CapturePayment paymentId=pay-9").problem != nil)
    #expect(session.logged.first?.text.hasPrefix("pay-9: ") == true, "\(session.logged)")
    // What has been said is not said again, and a fork says its own.
    #expect(session.run("events").problem == nil && session.logged.isEmpty)
    let kept = session.stops.kept.map(\.stop)
    #expect(try kept.map { try Stop(parsing: "\($0)") } == kept)
    #expect(session.run("stops").output?.array?.first?["then"] == "log")
  }

  @Test func `a tape prints what stops log below the line`() throws {
    var session = try Session(.shop)
    var runner = TapeRunner()
    let lines = try TapeLine.lines(
      of: Array("stop E OrderCreated log \"new {customer}\"\n\(order)\n".utf8))
    let results = lines.compactMap { runner.run($0, in: &session) }
    #expect(results.last?.text.last == "   #2  new c-19", "\(results.last?.text ?? [])")
    #expect(results.last?.json["log"] == ["new c-19"])
    #expect(results.first?.json["log"] == .null)
  }

  @Test(arguments: [
    "stop E OrderCreated log", "stop E OrderCreated log text", "stop E OrderCreated log \"{a\"",
    "stop E OrderCreated log \"{}\"", "stop E OrderCreated log \"a\" b",
  ])
  func `a text to log that cannot be read is refused where it stands`(line: String) throws {
    var session = try Session(.shop)
    #expect(session.run(line).problem?.column ?? 0 > 18, "\(line)")
  }

  // MARK: - Walking

  @Test func `hits are counted over all history, and walked in both directions`() throws {
    var session = try shop(order, order, order)
    let reply = session.run("stop E OrderCreated")
    #expect(reply.message == "stop 1 on E OrderCreated · 3 hits already, last at #7")
    let back = session.run("rrun")
    #expect(back.message.hasPrefix("stop 1 hit at #7: OrderCreated · "), "\(back.message)")
    #expect(back.message.hasSuffix("steps back"))
    #expect(session.run("rrun").message.hasPrefix("stop 1 hit at #4: OrderCreated · "))
    #expect(session.run("run").message.hasPrefix("stop 1 hit at #7: OrderCreated · "))
    #expect(session.run("run").message.hasPrefix("no stop before the end · "))
    #expect(session.isAtHead && !session.isHeld)
    for _ in 0..<3 { _ = session.run("rrun") }
    #expect(session.run("rrun").message == "no stop before this")
  }

  @Test func `a stop at a value that changes finds who changed it, backwards too`() throws {
    var session = try shop(
      order, "do DeclinePayment paymentId=pay-1", "stop change Order/order-1 .hold")
    #expect(session.run("rrun").message.hasPrefix("stop 1 hit at #5: OrderOnHold · "))
    #expect(session.run("live").problem == nil)
    #expect(session.run("fire PaymentSaga/order-1/retry").message.contains("stop 1 hit at #6"))
    #expect(session.isHeld)
  }

  @Test func `running back to a selector needs no stop`() throws {
    var session = try shop(order, order)
    let reply = session.run("rrun to S PaymentSaga")
    #expect(reply.message.hasPrefix("#4 OrderCreated → S PaymentSaga · "), "\(reply.message)")
    // The moment before the step, so that it can be watched.
    #expect(session.run("step delivery").message.contains("started order-2"))
  }

  @Test func `stops lists what there is, as JSON and in words`() throws {
    var session = try shop(order, "stop E PaymentRequested if data.amount>50")
    let listed = session.run("stops")
    let stop = listed.output?.array?.first
    #expect(stop?["on"] == "E PaymentRequested" && stop?["if"] == "amount>50")
    #expect(stop?["hits"] == 1 && stop?["isOn"] == true && stop?["then"] == "stop")
    #expect(listed.message == "1 E PaymentRequested if amount>50")
  }

  // MARK: - Keeping

  @Test func `lines with stops make the same history again, in forks too`() throws {
    var session = try shop(
      order, "stop S PaymentSaga becomes declined", "fork other",
      "do DeclinePayment paymentId=pay-1", "step delivery")
    let recipe = try #require(session.recipes.first)
    #expect(recipe.stops.count == 1)
    let count = session.timeline.count
    #expect(session.run("switch main").problem == nil)
    #expect(session.run("stop remove").problem == nil)
    #expect(session.run("discard other").problem == nil)
    #expect(session.remake(recipe) == nil)
    #expect(session.run("switch other").problem == nil)
    #expect(session.timeline.count == count && session.isHeld)
    #expect(session.stops.all.count == 1)
  }

  @Test(arguments: [
    ("stop", "What to stop at is missing."), ("stop E", "After E comes a type of event"),
    ("stop Z x", "A selector starts with E, C, S, A, V, T, error, change, stream, failure or"),
    ("stop E X hits 0", "After hits comes the number of the first hit that stops"),
    ("stop E X if", "After if a filter is missing."),
    ("stop E X sometimes", "After the selector comes nothing, or hits N, once, note, log"),
    ("stop off 7", "There is no stop 7; none is set."),
    ("stop off one", "A stop goes by its number"),
    ("stop S PaymentSaga becomes", "After becomes comes a state"),
  ])
  func `a mistake is told in a sentence and sets nothing`(line: String, sentence: String) throws {
    var session = try shop(order)
    let problem = session.run(line).problem?.message ?? ""
    #expect(problem.hasPrefix(sentence), "\(problem)")
    #expect(session.stops.isEmpty && session.tape.count == 1)
  }

  @Test(arguments: [
    "E PaymentDeclined if data.amount>50", "S PaymentSaga .status = \"failed\" hits 3 once",
    "T PaymentSaga/'*'/retry note", "stream payments", "failure", "change Order/order-1.hold",
  ])
  func `a stop is read as it is written`(text: String) throws {
    let stop = try Stop(parsing: text)
    #expect(try Stop(parsing: stop.description) == stop)
  }
}
