import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSamples
@testable import EventicleWorkbench

/// Doing everything again with the code of now.
@Suite struct VerifyLineTests {
  /// The shop whose payment saga waits for another time before it tries again.
  private static func shop(retry: Interval) -> Domain {
    let shop = Domain.shop
    return Domain(
      "shop", source: shop.source, aggregates: shop.aggregates, commands: shop.commands,
      views: shop.views, sagas: [Shop.paymentSagaRetrying(after: retry), Shop.shippingSaga],
      adapters: shop.adapters)
  }

  @Test func `unchanged code gives the same steps`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined + ["clock +1m"])
    let reply = session.run("verify")
    let steps = try #require(reply.output?["steps"].integer)
    #expect(reply.message == "✓ \(steps) steps the same" && reply.output?["same"].integer == steps)
    let part = session.run("verify #3..#5")
    #expect(part.message.hasPrefix("✓ ") && (part.output?["steps"].integer ?? 0) < steps)
    #expect(session.run("verify #5..#3").problem?.message.contains("comes after") == true)
    #expect(session.run("verify 5").problem?.message.contains("A..B") == true)
  }

  @Test func `changed code is found at its first step, with what it did then and does now`() throws
  {
    var session = try Session(Self.shop(retry: .seconds(30)))
    for line in HistorySessions.declined {
      #expect(session.run(line).problem == nil, "\(line)")
    }
    #expect(session.run("verify").message.hasPrefix("✓"))
    try session.adopt(Self.shop(retry: .seconds(10)))
    let reply = session.run("verify")
    let difference = try #require(reply.output?["differences"].array?.first, "\(reply.message)")
    #expect(reply.output?["differences"].array?.count == 1)
    #expect(
      difference["what"].string?.hasPrefix("#4 PaymentDeclined → S PaymentSaga order-1") == true)
    #expect(difference["handler"] == "saga PaymentSaga / on PaymentDeclined")
    #expect(difference["recordedWords"].string?.contains("armed retry 30s") == true)
    #expect(difference["nowWords"].string?.contains("armed retry 10s") == true)
    #expect(difference["recorded"].string != difference["now"].string)
    #expect(reply.message.hasPrefix("✗ 1 of "))
  }

  @Test func `a line names the domain to go on with, which its program makes ready`() throws {
    var session = try Session(Self.shop(retry: .seconds(30)))
    for line in HistorySessions.declined { _ = session.run(line) }
    #expect(session.run("domain ./other.js").requests == [.domain("./other.js")])
    let same = session.change(to: Self.shop(retry: .seconds(10)))
    #expect(
      same.isDone
        && same.sentence == "shop: the same is declared; verify says whether it does the same")
    #expect(session.run("verify").message.hasPrefix("✗ 1 of "))
    let other = session.change(to: .bank)
    #expect(other.isDone && other.sentence.contains("PaymentSaga is gone"), "\(other.sentence)")
    #expect(session.run("verify").problem == nil && session.domain.name == "bank")
  }

  @Test func `a fork is verified as it was made: in silence`() throws {
    var session = try HistorySessions.shop([
      "PlaceOrder customer=c-19 total:=59", "fork f", "CapturePayment paymentId=pay-1",
    ])
    #expect(session.run("verify").message.hasPrefix("✓"))
    #expect(session.run("undo").problem == nil)
    #expect(session.run("switch undo-1").problem == nil)
    #expect(session.run("verify").message.hasPrefix("✓"))
  }

  @Test(arguments: seeds(25))
  func `whatever was done comes out the same again`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var session = try Session(.shop)
    HistorySessions.random(&random, lines: 20, in: &session)
    let reply = session.run("verify")
    #expect(reply.output?["differences"].array?.isEmpty == true, "\(reply.message)")
    let last = max(1, session.head.log.count)
    let first = Int.random(in: 0...last, using: &random)
    let part = session.run("verify #\(first)..")
    #expect(part.output?["differences"].array?.isEmpty == true, "\(part.message)")
  }
}
