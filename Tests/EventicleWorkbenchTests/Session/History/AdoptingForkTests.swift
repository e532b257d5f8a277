import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Doing in main what was done in a fork.
@Suite struct AdoptingForkTests {
  @Test func `what would be done is said first, and nothing is done`() throws {
    var session = try HistorySessions.shop([
      "PlaceOrder customer=c-19 total:=59", "fork f", "DeclinePayment paymentId=pay-1",
      "switch main",
    ])
    let before = session.timeline.count
    let reply = session.run("adopt f")
    #expect(reply.message == "f has 1 line, which appends 2 events to main · adopt! f does it")
    #expect(session.timeline.count == before)
    guard case .agree("f", _)? = reply.requests.first else {
      Issue.record("Nobody is asked.")
      return
    }
    #expect(session.run("adopt! f").message.hasPrefix("1 line of f done in main, now #5"))
    #expect(session.run("expect A Order/order-1.status = onHold").problem == nil)
    #expect(session.tape.last == "DeclinePayment paymentId=pay-1")
  }

  @Test func `a fork that has done nothing has nothing to adopt`() throws {
    var session = try HistorySessions.shop(["PlaceOrder customer=c-19 total:=59", "fork f"])
    for line in ["adopt f", "adopt! f"] {
      #expect(
        session.run(line).problem?.message
          == "f has done nothing since it left, so there is nothing to adopt.")
    }
  }

  @Test(arguments: ["live", "start", "end", "shop.eventicle"])
  func `what names a moment or a store names no fork`(name: String) throws {
    var session = try HistorySessions.shop(["PlaceOrder customer=c-19 total:=59"])
    #expect(session.run("fork \(name)").problem?.message.hasPrefix("A fork is named") == true)
    #expect(
      session.run("compare main shop.eventicle@#2").problem?.message.hasPrefix(
        "A store is compared as it ends; write it without @#2") == true)
  }

  @Test func `from within the fork main is used again`() throws {
    var session = try HistorySessions.shop([
      "PlaceOrder customer=c-19 total:=59", "fork f", "DeclinePayment paymentId=pay-1",
    ])
    #expect(session.run("adopt! f").message.hasSuffix("main is in use again"))
    #expect(session.forkInUse == nil && session.head.log.count == 5)
  }

  @Test func `on top of a main that went on it may come to something else`() throws {
    var session = try HistorySessions.shop([
      "PlaceOrder customer=c-19 total:=59", "fork f", "CapturePayment paymentId=pay-1",
      "switch main", "DeclinePayment paymentId=pay-1",
    ])
    let asked = session.run("adopt f")
    #expect(asked.message.contains("main has gone on since it left"))
    #expect(asked.message.contains("one is refused there"))
    let before = session.head.log.count
    let reply = session.run("adopt! f")
    #expect(
      reply.message.contains("0 lines of f done in main") && reply.message.contains("1 refused"))
    #expect(session.head.log.count == before)
  }

  @Test func `a line that was refused in the fork is refused again, and what follows is done`()
    throws
  {
    var session = try HistorySessions.shop(["PlaceOrder customer=c total:=5", "fork f"])
    _ = session.run("PlaceOrder customer=c total:=0")
    #expect(session.run("PlaceOrder customer=d total:=8").problem == nil)
    let reply = session.run("adopt! f")
    #expect(reply.problem == nil && reply.output?["refused"] == 1, "\(reply.message)")
    #expect(session.run("expect A Order/order-2.status = paying").problem == nil)
  }

  @Test func `main itself and what does not exist are refused`() throws {
    var session = try HistorySessions.shop(["PlaceOrder customer=c-19 total:=59"])
    #expect(
      session.run("adopt main").problem?.message.hasPrefix("main is the history itself") == true)
    #expect(session.run("adopt nobody").problem?.message.hasPrefix("There is no branch") == true)
  }

  @Test(arguments: seeds(30))
  func `what was adopted can be verified, and is what the fork has`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var session = try Session(.shop)
    HistorySessions.random(&random, lines: 6, in: &session)
    #expect(session.run("fork f").problem == nil)
    HistorySessions.random(&random, lines: 6, in: &session)
    #expect(session.run("verify").message.hasPrefix("✗") == false)
    let lines = session.recipes.first?.parts.count ?? 0
    let events = (1...max(1, session.head.log.count)).map { number in
      session.head.log.event(at: Position(number)).map { "\($0.type) \($0.data)" } ?? ""
    }
    let reply = session.run("adopt! f")
    guard reply.problem == nil, lines > 0 else { return }
    let verified = session.run("verify")
    #expect(!verified.message.hasPrefix("✗"), "\(verified.message)")
    // A fork calls no adapter, so only the events are the same.
    let now = (1...max(1, session.head.log.count)).map { number in
      session.head.log.event(at: Position(number)).map { "\($0.type) \($0.data)" } ?? ""
    }
    #expect(now == events)
  }
}
