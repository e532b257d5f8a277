import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Taking lines back, and doing them again.
@Suite struct UndoTests {
  private func shop(_ lines: String...) throws -> Session {
    var session = try Session(.shop)
    for line in lines { #expect(session.run(line).problem == nil, "\(line)") }
    return session
  }

  private let order = "do PlaceOrder customer=c-19 total:=59"

  @Test func `undo takes the last line back and keeps what it did as a fork`() throws {
    var session = try shop(order, "do DeclinePayment paymentId=pay-1")
    let reply = session.run("undo")
    #expect(
      reply.message
        == "undone: do DeclinePayment paymentId=pay-1 · 4 steps taken back, kept as fork undo-1 · "
        + "now #3.1", "\(reply.message) \(String(describing: reply.problem))")
    #expect(session.run("expect A Payment/pay-1.status = requested").problem == nil)
    #expect(session.tape == [order] && session.isAtHead && !session.isHeld)
    #expect(session.run("switch undo-1").problem == nil)
    #expect(session.run("expect A Payment/pay-1.status = declined").problem == nil)
  }

  @Test func `redo does it again, and another line ends that`() throws {
    var session = try shop(order, "do DeclinePayment paymentId=pay-1", order)
    let kinds = session.kinds
    #expect(session.run("undo").problem == nil && session.run("undo").problem == nil)
    #expect(session.run("redo").problem == nil && session.run("redo").problem == nil)
    #expect(session.kinds == kinds)
    #expect(session.run("redo").problem?.message.hasPrefix("Nothing was undone in main") == true)
    #expect(session.run("undo").problem == nil)
    #expect(session.run("do CancelOrder orderId=order-1 reason=late").problem == nil)
    #expect(session.run("redo").problem != nil)
  }

  @Test func `what was undone was never there: the same line gives the same ids`() throws {
    var session = try shop(order, order)
    let kinds = session.kinds
    #expect(session.run("undo").problem == nil)
    #expect(session.run(order).problem == nil)
    #expect(session.kinds == kinds)
  }

  @Test func `an act on a delivery is undone, and the delivery waits again`() throws {
    var session = try shop("hold", order, "drop #1>OrderBoard")
    #expect(session.head.queue.count == 3)
    #expect(session.run("undo").problem == nil)
    #expect(session.head.queue.count == 4 && session.isHeld)
    #expect(session.run("redo").problem == nil)
    #expect(session.head.queue.count == 3)
  }

  @Test(arguments: [
    ["hold", "$", "undo", "redo"], ["hold", "$", "undo", "$"],
    ["hold", "clock +10s", "undo", "release", "$"], ["$", "hold", "clock +1m", "undo", "$"],
    ["hold", "$", "release", "undo", "step delivery"], ["$", "stop E OrderCreated", "undo", "$"],
    ["clock +10s", "stop E OrderCreated", "undo", "$", "release"],
    ["hold", "$", "release", "stop failure", "undo", "release 1"],
  ])
  func `after an undo the tape makes the same history, held as it is`(lines: [String]) throws {
    var session = try shop()
    for line in lines {
      #expect(session.run(line == "$" ? order : line).problem == nil, "\(line)")
    }
    var again = try shop()
    for line in session.tape { #expect(again.run(line).problem == nil, "\(line)") }
    #expect(again.kinds == session.kinds && again.isHeld == session.isHeld)
    #expect(again.head.queue.count == session.head.queue.count)
    #expect(again.stops.kept == session.stops.kept)
  }

  @Test func `so many steps end where nothing more is`() throws {
    var session = try shop(order)
    for line in ["back 9999999999 cascade", "step 9999999999 cascade", "back 9999999999"] {
      #expect(session.run(line).problem == nil, "\(line)")
    }
    #expect(session.cursor.entry.number == 0)
  }

  @Test func `a fork that left at what is undone is a fork of what is kept`() throws {
    var session = try shop(order, "do DeclinePayment paymentId=pay-1", "fork late", "switch main")
    #expect(session.run("undo").problem == nil)
    let late = session.branches.first { $0.name == "late" }
    #expect(late?.origin?.parent == "undo-1")
    #expect(session.branches.map(\.name) == ["main", "undo-1", "late"])
    #expect(session.run("discard undo-1").problem != nil)
  }

  @Test func `nothing to undo is said, also in a fork without lines of its own`() throws {
    var session = try shop()
    #expect(
      session.run("undo").problem?.message
        == "No line of main has changed anything that could be undone.")
    session = try shop(order, "fork late")
    #expect(session.run("undo").problem?.message.hasPrefix("No line of late") == true)
    #expect(session.run("clock +1m; undo").problem?.message.contains("a line of their own") == true)
  }

  @Test(arguments: seeds(10))
  func `any lines undone one by one lead back through the same worlds`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let choices = [
      order, "do DeclinePayment paymentId=pay-1", "do CapturePayment paymentId=pay-1",
      "clock +30s", "hold", "release", "do CancelOrder orderId=order-1 reason=late", "drop 1",
      "delay 1 20s", "dup 1", "emit orders OrderNoted order-1 note=x",
    ]
    var session = try shop()
    var seen: [(count: Int, kinds: [JournalEntry.Kind], clock: Instant)] = []
    for _ in 0..<12 {
      let before = (session.timeline.count, session.kinds, session.head.clock)
      _ = session.run(choices.randomElement(using: &random) ?? order)
      if session.timeline.count > before.0 { seen.append(before) }
    }
    for moment in seen.reversed() {
      #expect(session.run("undo").problem == nil)
      #expect(session.timeline.count == moment.count && session.kinds == moment.kinds)
      #expect(session.head.clock == moment.clock)
    }
  }
}

extension Session {
  fileprivate var kinds: [JournalEntry.Kind] {
    (0..<timeline.count).compactMap { timeline.entry(JournalIndex($0 + 1))?.kind }
  }
}
