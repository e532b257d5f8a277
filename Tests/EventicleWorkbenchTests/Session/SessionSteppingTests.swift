import CoreSupport
import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

@Suite struct SessionSteppingTests {
  static func shop(_ lines: String...) throws -> Session {
    var session = try TapeRun(demoFlow).session
    for line in lines {
      let reply = session.run(line)
      #expect(reply.problem == nil, "\(line): \(reply.problem?.message ?? "")")
    }
    return session
  }

  /// The places that repeating a line leads to, as journal entries.
  static func entries(_ session: inout Session, _ line: String) -> [Int] {
    var places: [Int] = []
    while places.count < 100 {
      let before = session.cursor
      _ = session.run(line)
      guard session.cursor != before else { break }
      places.append(session.cursor.entry.number)
    }
    return places
  }

  @Test(arguments: ["", " entry", " delivery", " event"])
  func `every step unit leads from the start to the head and back`(unit: String) throws {
    var session = try Self.shop("goto start")
    let forward = Self.entries(&session, "step\(unit)")
    #expect(session.isAtHead)
    #expect(forward == forward.sorted())
    #expect(forward.count > 6)
    let backward = Self.entries(&session, "back\(unit)")
    #expect(session.shown.log.count == 0)
    #expect(backward.count == forward.count)
  }

  @Test(arguments: [
    ("saga PaymentSaga", "no later step of PaymentSaga"),
    ("saga PaymentSaga/order-1", "no later step of PaymentSaga/order-1"),
    ("saga ShippingSaga", "no later step of ShippingSaga"),
    ("agg Order/order-1", "no later event of Order/order-1"),
    ("agg Payment/pay-2", "no later event of Payment/pay-2"),
    ("timer", "no timer fired after this"),
  ])
  func `stepping by one saga or aggregate visits all its steps and ends`(
    unit: String, ending: String
  ) throws {
    var session = try Self.shop()
    let backward = Self.entries(&session, "back \(unit)")
    #expect(!backward.isEmpty)
    let earlier = ending.replacing("later", with: "earlier").replacing("after", with: "before")
    #expect(session.run("back \(unit)").message == earlier)
    // The same places in the other direction.
    let forward = Self.entries(&session, "step \(unit)")
    #expect(forward.prefix(backward.count - 1) == backward.reversed().dropFirst())
    #expect(session.run("step \(unit)").message == ending)
  }

  @Test func `going to a place describes what happened there`() throws {
    var session = try Self.shop()
    let start = "this is the start: nothing has happened yet"
    let priced = "#2 OrderPriced order-1 by you: PlaceOrder · Order order-1 placed → paying"
    #expect(session.run("goto start").message == start)
    #expect(session.run("goto j1").message == "\(priced) · 4 wait")
    #expect(session.run("goto #0").message == start)
    #expect(session.run("goto #2").message == "\(priced) · 2 wait")
    #expect(session.run("goto #2.0").message == "\(priced) · 4 wait")
    #expect(
      session.run("goto #2.3").problem?.message
        == "After #2 there are 2 steps before the next event; #2.2 is the last moment.")
    let last =
      "#14 OrderDelivered order-1 by ShippingSaga ← #13 · Order order-1 shipped → delivered"
    #expect(session.run("goto end").message == last)
    #expect(session.run("back 999").message == start)
    #expect(
      session.run("goto live; step").message
        == "nothing waits, 5 consumers up to date · : gives a command")
    #expect(session.run("goto 100%").message == last)
    let half = session.run("goto 50%")
    #expect(half.problem == nil)
    #expect(abs(session.cursor.entry.number * 2 - session.timeline.count) < 20)
  }

  @Test func `armed timers are shown at the head`() throws {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    #expect(session.run("step").message.contains(" · t fires timeout (in 5m) · "))
    _ = session.run("do PlaceOrder customer=c-20 total:=5")
    #expect(session.run("step").message.contains(" · t fires timeout (in 5m) · "))
  }

  @Test func `a time leads to the last entry at or before it`() throws {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-19 total:=59; clock +1m")
    _ = session.run("do DeclinePayment paymentId=pay-1; clock +10s")
    #expect(session.run("goto -30s").problem == nil)
    #expect(session.shown.instanceStatus == "awaitingPayment")
    #expect(session.run("goto +20s").problem == nil)
    #expect(session.run("goto @\(session.start + .minutes(1))").problem == nil)
    #expect(session.shown.instanceStatus == "declined")
    #expect(session.run("goto @\(session.start - .minutes(1))").problem == nil)
    #expect(session.cursor.entry.number == 0)
  }

  @Test func `a held engine is stepped through delivery by delivery`() throws {
    var session = try Session(.shop)
    _ = session.run("hold; do PlaceOrder customer=c-19 total:=59")
    let waiting = session.head.queue.count
    #expect(session.run("step delivery").journal != nil)
    #expect(session.head.queue.count < waiting + 1)
    #expect(session.head.record(RecordKey("OrderBoard", "order-1")) != nil)
    #expect(session.head.instance("PaymentSaga") == nil)
    // One event: all of its remaining deliveries.
    _ = session.run("step event")
    #expect(session.head.instance("PaymentSaga") != nil)
    let reply = session.run("goto #1")
    #expect(reply.problem == nil)
    let live = session.run("live")
    #expect(live.message == "back at the head · LIVE: 1 delivery done, #3 → #3.1")
    #expect(session.head.queue.isEmpty)
    #expect(!session.isHeld)
    #expect(session.run("live").message.hasPrefix("LIVE: nothing waits"))
  }

  @Test func `a command given in the past runs at the head`() throws {
    var session = try Self.shop("goto #1")
    #expect(session.run("release").message.hasPrefix("back at the head · LIVE: "))
    _ = session.run("goto #1")
    let reply = session.run("emit orders Note order-1 text=hello")
    #expect(reply.message.hasPrefix("back at the head · #"))
    #expect(session.isAtHead)
    _ = session.run("goto #1")
    #expect(session.run("clock +1s").message.hasPrefix("back at the head · clock +1s, "))
  }

  @Test(arguments: [
    ("step saga Nothing/x", "Nothing"), ("step saga PaymentSaga/order-9", "order-9"),
    ("goto mark:here", "There is no mark \"here\"."), ("goto j999999", "the journal ends at"),
  ])
  func `stepping by something unknown is refused`(line: String, part: String) throws {
    var session = try Self.shop()
    let place = session.cursor
    let problem = try #require(session.run(line).problem, "\(line) was accepted")
    #expect(problem.message.contains(part), "\(problem.message)")
    #expect(session.cursor == place)
  }
}

extension World {
  /// The status of the first payment saga.
  fileprivate var instanceStatus: String? { instance("PaymentSaga")?.data["status"].string }
}
