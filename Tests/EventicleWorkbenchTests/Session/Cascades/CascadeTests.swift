import CoreSupport
import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// `step cascade`: all that followed from one first event, and nothing of another.
@Suite struct CascadeTests {
  private static func session(_ lines: String...) throws -> Session {
    var session = try Session(.shop)
    for line in lines { #expect(session.run(line).problem == nil, "\(line)") }
    return session
  }

  private static func declined() throws -> Session {
    try session(
      "do PlaceOrder customer=c-19 total:=59", "clock +2s", "hold",
      "do DeclinePayment paymentId=pay-1 reason=card_declined")
  }

  @Test func `it makes all deliveries that follow and says what came of them`() throws {
    var session = try Self.declined()
    #expect(
      session.run("step cascade").message
        == "#4 and all that followed: 3 steps, now #5.1 · Order order-1 onHold · nothing waits")
    #expect(session.isHeld && session.shown.queue.isEmpty && session.isAtHead)
    let message = session.run("step cascade").message
    #expect(message.hasPrefix("nothing waits"))
  }

  @Test func `what belongs to another cascade waits, in the order in which it waited`() throws {
    var session = try Self.declined()
    _ = session.run("do PlaceOrder customer=c-20 total:=20")
    // The hold of order-1 is made behind the deliveries of order-2 that wait already.
    let waiting = session.shown.queue.count
    #expect(session.run("back cascade").problem == nil)
    #expect(session.run("goto #4").problem == nil)
    #expect(session.run("step cascade").message.hasPrefix("#4 and all that followed: "))
    #expect(session.shown.log.events(ofType: "OrderOnHold") == 1)
    let log = session.timeline.head.log
    for place in 0..<session.shown.queue.count {
      var first = Cascade(of: Position(4), in: session.timeline)
      let isOfFirst = first.contains(session.shown.queue[place].position, in: log)
      #expect(!isOfFirst)
    }
    #expect(waiting > 0)
  }

  @Test func `without one of its own the next delivery says which cascade it is`() throws {
    var session = try Self.session(
      "do PlaceOrder customer=c-19 total:=59", "hold", "do PlaceOrder customer=c-20 total:=20")
    _ = session.run("goto #3")
    _ = session.run("live")
    _ = session.run("hold")
    _ = session.run("do PlaceOrder customer=c-21 total:=20")
    #expect(session.run("step cascade").message.hasPrefix("#7 and all that followed: "))
  }

  @Test func `in the past it goes to the end of what is recorded, and runs nothing`() throws {
    var session = try Self.session(
      "do PlaceOrder customer=c-19 total:=59", "do PlaceOrder customer=c-20 total:=20")
    let count = session.timeline.count
    _ = session.run("goto #2.0")
    #expect(session.run("step cascade").message.contains("now #3"))
    #expect(!session.isAtHead && session.timeline.count == count)
  }

  @Test func `going back leads before the first event of the cascade`() throws {
    var session = try Self.declined()
    _ = session.run("step cascade")
    #expect(
      session.run("back cascade").message
        == "before #4 PaymentDeclined and all that followed from it")
    #expect(session.shown.log.count == 3)
  }

  @Test func `a failure on the way leads the message`() throws {
    var session = try Self.session(
      "do PlaceOrder customer=c-19 total:=59", "do CancelOrder orderId=order-1 reason=x", "hold",
      "do CapturePayment paymentId=pay-1")
    let message = session.run("step cascade").message
    #expect(message.hasPrefix("✗ #5 and all that followed: "))
    #expect(message.contains("order-1 is cancelled"))
  }

  @Test func `the unit is read, written and offered`() throws {
    for line in ["step cascade", "n cascades", "step 1 cascade"] {
      guard case .step(1, let unit) = try Instruction.parse(line).first else {
        Issue.record("\(line)")
        continue
      }
      #expect(unit.value == .cascade)
    }
    #expect(StepUnit.cascade.description == "cascade")
    #expect(throws: LanguageError.self) { try Instruction.parse("step cascad") }
  }
}

extension EventLog {
  fileprivate func events(ofType name: String) -> Int {
    (0..<count).count { type(at: Position($0 + 1))?.text == name }
  }
}
