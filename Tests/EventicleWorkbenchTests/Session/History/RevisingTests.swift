import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Changing what happened in a fork, and taking that back.
@Suite struct RevisingTests {
  private func fork() throws -> Session {
    try HistorySessions.shop(HistorySessions.declined + ["fork f"])
  }

  @Test func `an event is left out, and what went with it is said`() throws {
    var session = try fork()
    let reply = session.run("skip #4")
    #expect(
      reply.message
        == "skip #4: 13 steps done again from #3.1 · gone with it: #5 OrderOnHold order-1",
      "\(reply.message) \(reply.problem?.message ?? "")")
    let orphans = try #require(reply.output?["orphans"].array)
    #expect(orphans.first?["because"] == "left out by you" && orphans.first?["event"] == 4)
    #expect(session.run("expect A Order/order-1.status = paying").problem == nil)
    #expect(session.run("expect A Order/order-2.status = paid").problem == nil)
    #expect(session.run("switch main").problem == nil)
    #expect(session.run("expect A Order/order-1.status = onHold").problem == nil)
  }

  @Test func `a mark of a moment that is done again is gone, which is said`() throws {
    var session = try fork()
    _ = session.run("mark late")
    _ = session.run("goto #2")
    _ = session.run("mark early")
    _ = session.run("live")
    #expect(session.run("skip #4").message.hasSuffix("the mark late is gone"))
    #expect(session.run("goto mark:early").problem == nil)
    #expect(session.run("goto mark:late").problem != nil)
  }

  @Test func `each kind of change is done, and verify finds nothing after it`() throws {
    for line in [
      "skip #4", "edit #4 reason=stolen", "move #4 after #7", "refuse #4>PaymentSaga \"not now\"",
      "insert #3 orders OrderCancelled order-1 reason=no", "refuse #6 \"no more orders\"",
    ] {
      var session = try fork()
      let problem = session.run(line).problem
      #expect(problem == nil, "\(line): \(problem?.message ?? "")")
      let verified = session.run("verify")
      #expect(verified.message.hasPrefix("✓"), "\(line): \(verified.message)")
    }
  }

  @Test func `main keeps what happened`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    let before = HistorySessions.kinds(session)
    for line in [
      "skip #4", "edit #4 a=1", "move #4 after #7", "insert #3 orders X", "refuse #4 no",
    ] {
      #expect(
        session.run(line).problem?.message.hasPrefix("main keeps what happened") == true, "\(line)")
    }
    #expect(HistorySessions.kinds(session) == before)
  }

  @Test func `undo brings back what was changed, and redo changes it again`() throws {
    var session = try fork()
    let before = HistorySessions.kinds(session)
    #expect(session.run("skip #4").problem == nil)
    let after = HistorySessions.kinds(session)
    #expect(session.run("undo").message.hasPrefix("undone: skip #4"))
    #expect(HistorySessions.kinds(session) == before)
    #expect(session.run("redo").problem == nil)
    #expect(HistorySessions.kinds(session) == after)
    #expect(session.run("PlaceOrder customer=c total:=1").problem == nil)
    #expect(session.run("undo").problem == nil && session.run("undo").problem == nil)
    #expect(HistorySessions.kinds(session) == before)
  }

  @Test func `a fork that another one left after the change keeps its history`() throws {
    var session = try fork()
    #expect(session.run("fork g #7").problem == nil)
    #expect(session.run("switch f").problem == nil)
    #expect(session.run("skip #4").problem?.message.hasPrefix("g left f after what") == true)
    #expect(session.run("skip #9").problem == nil)
  }

  @Test func `an edited fork cannot be adopted, and no tape reproduces it`() throws {
    var session = try fork()
    #expect(session.run("skip #4").problem == nil && !session.tapeIsWhole)
    #expect(
      session.run("adopt f").problem?.message.hasPrefix("The history of f was changed") == true)
    #expect(session.run("undo").problem == nil && session.tapeIsWhole)
  }

  @Test(arguments: seeds(20))
  func `a fork with any edits is made again as it was`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var session = try Session(.shop)
    HistorySessions.random(&random, lines: 7, in: &session)
    #expect(session.run("fork f").problem == nil)
    for _ in 0..<3 {
      let last = max(1, session.head.log.count)
      let (one, other) = (
        Int.random(in: 1...last, using: &random), Int.random(in: 1...last, using: &random)
      )
      let line =
        [
          "skip #\(one)", "edit #\(one) total:=7", "move #\(one) after #\(other)",
          "refuse #\(one) no",
          "insert #\(one) orders OrderCancelled order-1 reason=x", "clock +10s",
          "PlaceOrder customer=c-9 total:=9",
        ].randomElement(using: &random) ?? "fire"
      _ = session.run(line)
    }
    let verified = session.run("verify")
    #expect(verified.output?["differences"].array?.isEmpty == true, "\(verified.message)")
    let recipes = session.recipes
    let kinds = HistorySessions.kinds(session)
    #expect(session.run("switch main").problem == nil)
    var again = try Session(.shop)
    for line in session.tape { _ = again.run(line) }
    for recipe in recipes {
      #expect(again.remake(recipe) == nil, "\(session.tape) \(recipe)")
    }
    #expect(again.run("switch f").problem == nil)
    #expect(HistorySessions.kinds(again) == kinds)
  }
}
