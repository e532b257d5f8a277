import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// How two histories differ, by what caused what rather than by number.
@Suite struct ComparisonTests {
  private func late() throws -> Session {
    try HistorySessions.shop([
      "PlaceOrder customer=c-19 total:=59", "fork late-pay", "clock +5m",
      "CapturePayment paymentId=pay-1", "switch main", "clock +2s",
      "CapturePayment paymentId=pay-1",
    ])
  }

  private func notice(_ reply: Reply) throws -> ComparisonNotice {
    for case .show(.comparison(let notice)) in reply.requests { return notice }
    throw LanguageError(at: .start, reply.problem?.message ?? "no comparison")
  }

  @Test func `a fork that goes on differently parts from main where it left`() throws {
    var session = try late()
    let reply = session.run("compare main late-pay")
    let found = try notice(reply)
    #expect("\(found.common)" == "#3.1" && found.left.name == "main" && !found.isSame)
    #expect(
      found.things.filter { $0.type == "Order" }.map { "\($0.left) ≠ \($0.right)" }
        == ["paid ≠ cancelled"])
    #expect(
      found.things.first { $0.kind == .saga && $0.type == "ShippingSaga" }?.right
        == "never started")
    let mails = found.things.filter { $0.kind == .mail }
    #expect(mails.map { "\($0.left) ≠ \($0.right)" } == ["OrderPaid ≠ OrderCancelled, not sent"])
    #expect(reply.message.contains("main #6.2 and late-pay #5.1 part after #3.1"))
    let json = try #require(reply.output)
    #expect(json["firstDivergence"]["after"] == "#3.1" && json["same"] == false)
    #expect(json["aggregates"].array?.contains { $0["id"] == "order-1" } == true)
    let only = json["events"]["onlyB"].array?.compactMap { $0["event"].integer }
    #expect(only?.contains(4) == true)
    #expect(json["events"]["counts"]["onlyB"].integer == found.onlyRight)
  }

  @Test func `left and right change places with the names`() throws {
    var session = try late()
    let one = try notice(session.run("compare main late-pay"))
    let other = try notice(session.run("compare late-pay main"))
    #expect(one.onlyLeft == other.onlyRight && one.onlyRight == other.onlyLeft)
    #expect(one.differences == other.differences && one.common == other.common)
  }

  @Test func `a fork alone is compared with its parent, and main alone is refused`() throws {
    var session = try late()
    #expect(
      session.run("compare").problem?.message.hasPrefix("main left no branch") == true)
    _ = session.run("switch late-pay")
    let found = try notice(session.run("compare"))
    #expect(found.left.name == "main" && found.right.name == "late-pay")
  }

  @Test func `two moments of a branch differ by what happened between them`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    let found = try notice(session.run("compare #3 #5"))
    #expect(found.onlyLeft == 0 && found.onlyRight == 2 && "\(found.common)" == "#3.1")
    let same = try notice(session.run("compare #3 #3"))
    #expect(same.isSame && same.rows.isEmpty)
    let other = try notice(session.run("compare main@#3 main@#5"))
    #expect(other.onlyRight == 2)
  }

  @Test func `events that only come later are the same, though their numbers are not`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    for line in ["fork f", "skip #4"] { #expect(session.run(line).problem == nil) }
    let found = try notice(session.run("compare"))
    #expect(found.onlyLeft == 2 && found.onlyRight == 0 && found.changed == 0)
    let pairs = found.rows.filter { $0.relation == .same }.map {
      "\($0.left?.event?.number ?? 0)=\($0.right?.event?.number ?? 0)"
    }
    #expect(pairs.contains("6=4"))
  }

  @Test func `an event with other data is said with its paths`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    for line in ["fork f", "edit #4 reason=stolen"] {
      let problem = session.run(line).problem
      #expect(problem == nil, "\(problem?.message ?? "")")
    }
    let reply = session.run("compare")
    let changed = try #require(reply.output?["events"]["changed"].array?.first)
    #expect(changed["a"] == 4 && changed["b"] == 4)
    #expect(changed["paths"].array?.first?["path"] == "reason")
  }

  @Test func `what does not exist is refused where it stands`() throws {
    var session = try late()
    #expect(
      session.run("compare main early").problem?.message.contains("no branch \"early\"") == true)
    #expect(
      session.run("compare main@#99").problem?.message.contains("There is no event #99") == true)
    #expect(session.run("compare main@").problem?.message.contains("the moment is missing") == true)
    #expect(session.run("compare a.eventicle b.eventicle").problem != nil)
  }

  @Test(arguments: seeds(20))
  func `a history equals itself, and the sides of any two are mirror images`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var session = try Session(.shop)
    HistorySessions.random(&random, lines: 6, in: &session)
    #expect(session.run("fork f").problem == nil)
    let same = try notice(session.run("compare main f"))
    #expect(same.isSame && same.rows.isEmpty && same.things.isEmpty)
    HistorySessions.random(&random, lines: 5, in: &session)
    _ = session.run("switch main")
    HistorySessions.random(&random, lines: 5, in: &session)
    let one = try notice(session.run("compare main f"))
    let other = try notice(session.run("compare f main"))
    #expect(one.onlyLeft == other.onlyRight && one.changed == other.changed)
    #expect(one.differences == other.differences && one.isSame == other.isSame)
    // Every event after the common moment stands in exactly one row.
    let branches = [
      ("main", one.rows.compactMap { $0.left?.event }),
      ("f", one.rows.compactMap { $0.right?.event }),
    ]
    for (name, events) in branches {
      try session.switchTo(name)
      let common = try #require(session.timeline.cursor(named: one.common))
      let first = session.timeline.lastEvent(at: common).number + 1
      #expect(events.map(\.number) == Array(first..<max(first, session.head.log.count + 1)))
    }
  }
}
