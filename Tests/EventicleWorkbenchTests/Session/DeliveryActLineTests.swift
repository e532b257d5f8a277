import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What lines do to deliveries that wait.
@Suite struct DeliveryActLineTests {
  /// A shop in which the deliveries of a placed order wait.
  private func held() throws -> Session {
    var session = try Session(.shop)
    for line in ["hold", "do PlaceOrder customer=c-19 total:=59"] {
      #expect(session.run(line).problem == nil)
    }
    return session
  }

  private func queue(_ session: inout Session) -> [String] {
    (session.run("queue").output?.array ?? []).map {
      "\($0["delivery"]) #\($0["event"])>\($0["consumer"].string ?? "")"
    }
  }

  @Test func `queue lists what waits in order, with number, key and time`() throws {
    var session = try held()
    #expect(
      queue(&session) == [
        "1 #1>OrderBoard", "2 #1>Revenue", "3 #1>PaymentSaga", "4 #2>OrderBoard",
      ])
    let first = session.run("queue").output?.array?.first
    #expect(first?["type"] == "OrderCreated" && first?["kind"] == "view")
    #expect(first?["key"] == "order-1" && first?["due"] == "2026-01-01T09:00:00.000Z")
  }

  @Test func `a delivery goes by its number or by its event and consumer`() throws {
    var session = try held()
    #expect(
      session.run("deliver 3").message.hasPrefix(
        "* #1 OrderCreated → S PaymentSaga: started order-1"))
    #expect(
      session.run("drop #2>OrderBoard").message.hasPrefix(
        "* dropped by you: #2 OrderPriced → V OrderBoard will never come"))
    #expect(
      session.run("delay 1 30s").message.hasPrefix(
        "* delayed by you: #1 OrderCreated → V OrderBoard comes at 09:00:30"))
    #expect(queue(&session).last?.hasSuffix("#1>OrderBoard") == true)
    #expect(session.run("queue").output?.array?.last?["act"] == "delayed")
    #expect(session.run("release").problem == nil)
    #expect(session.run("expect missing V OrderBoard/order-1").problem == nil)
    #expect(session.run("clock +30s").problem == nil)
    #expect(session.run("expect V OrderBoard/order-1.status = placed").problem == nil)
  }

  @Test func `a doubled delivery to the saga is handled once, a crash redelivered once`() throws {
    var session = try held()
    #expect(session.run("crash #1>PaymentSaga").message.contains("acknowledgement lost"))
    #expect(queue(&session).contains("3 #1>PaymentSaga"))
    #expect(session.run("release").problem == nil)
    #expect(session.run("hold; do DeclinePayment paymentId=pay-1").problem == nil)
    #expect(session.run("dup #4>PaymentSaga").problem == nil)
    #expect(session.run("release").problem == nil)
    #expect(session.run("expect S PaymentSaga/order-1.attempts = 1").problem == nil)
    #expect(session.run("expect count(type:PaymentRequested) = 1").problem == nil)
    let metrics = session.head.group("saga-PaymentSaga")?.tally
    #expect(metrics?.duplicates == 2)
  }

  @Test(arguments: [
    ("deliver 9", "There is no delivery 9: 4 wait; queue lists them."),
    ("deliver #2>Revenue", "#2>Revenue does not wait to be delivered; the queue lists what does."),
    ("deliver #1>Nobody", "There is no consumer \"Nobody\""),
    ("deliver #1", "A delivery is written by its number in queue or as #12>PaymentSaga"),
    ("delay 1", "The length of the delay is missing."),
    ("delay 1 -5s", "A delivery is delayed by a length of time such as 30s or 5m, not \"-5s\"."),
    ("delay 1 soon", "A delivery is delayed by a length of time such as 30s or 5m"),
    ("drop that", "A delivery is written by its number in queue or as #12>PaymentSaga"),
    ("drop parked 1", "Nothing is parked under 1"),
  ])
  func `what cannot be acted on is refused in a sentence, and nothing changes`(
    line: String, sentence: String
  ) throws {
    var session = try held()
    let count = session.timeline.count
    let problem = session.run(line).problem?.message ?? ""
    #expect(problem.hasPrefix(sentence), "\(problem)")
    #expect(session.timeline.count == count)
    #expect(session.tape.count == 2)
  }

  @Test func `in the past nothing is done to deliveries`() throws {
    var session = try held()
    _ = session.run("goto start")
    #expect(
      session.run("drop 1").problem?.message
        == "Deliveries wait at the newest moment, but an earlier one is shown; live goes there.")
  }

  @Test func `lines on deliveries make the same history again`() throws {
    var session = try held()
    for line in ["deliver 3", "drop #2>OrderBoard", "delay 1 30s", "dup 1", "release", "clock +1m"]
    {
      #expect(session.run(line).problem == nil, "\(line)")
    }
    var again = try Session(.shop)
    for line in session.tape { #expect(again.run(line).problem == nil) }
    #expect(again.timeline.count == session.timeline.count)
    #expect(
      (1...again.timeline.count).allSatisfy {
        again.timeline.entry(JournalIndex($0))?.kind
          == session.timeline.entry(JournalIndex($0))?.kind
      })
  }
}
