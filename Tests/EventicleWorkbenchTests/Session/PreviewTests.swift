import CoreSupport
import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Lines that are tried before they are run.
@Suite struct PreviewTests {
  private static let lines = [
    "do PlaceOrder customer=c-1 total:=59", "do DeclinePayment paymentId=pay-1", "clock +30s",
    "do CapturePayment paymentId=pay-1", "do CapturePayment paymentId=pay-2", "fire", "hold",
    "release", "emit orders OrderCreated order-9 total:=1 --count 3", "clock +2d",
    "group pause view-OrderBoard", "group resume view-OrderBoard",
  ]

  @Test(arguments: seeds(25))
  func `a preview says what the line then does, and leaves the session as it was`(
    seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    var (session, plain) = (try Session(.shop, seed: seed), try Session(.shop, seed: seed))
    for _ in 0..<12 {
      let line = random.pick(Self.lines)
      let notice = try #require(session.preview(of: line))
      let count = session.head.log.count
      let reply = session.run(line)
      #expect(plain.run(line).problem == reply.problem)
      #expect(session.timeline.count == plain.timeline.count)
      #expect(session.head.log.last == plain.head.log.last)
      #expect(session.tape == plain.tape && session.head.draws == plain.head.draws)
      if notice.isWhole {
        #expect(notice.events == session.head.log.count - count, "\(line)")
        #expect(notice.problem == reply.problem?.message, "\(line)")
      }
      for (place, event) in notice.appended.enumerated() {
        let made = session.head.log.event(at: event.position)
        #expect(made?.type == event.type && made?.domainID == event.id, "\(line) \(place)")
      }
    }
  }

  @Test func `a preview counts deliveries and timers, and names who would be called`() throws {
    var session = try Session(.shop)
    let placed = try #require(session.preview(of: Self.lines[0]))
    #expect(
      placed.appended.map { "\($0.type)" } == ["OrderCreated", "OrderPriced", "PaymentRequested"])
    #expect(placed.events == 3 && placed.armed == 1 && placed.deliveries > 2 && placed.isWhole)
    _ = session.run(Self.lines[0])
    let paid = try #require(session.preview(of: "do CapturePayment paymentId=pay-1"))
    #expect(paid.called == ["Mailer"] && paid.problem == nil)
    _ = session.run("do CapturePayment paymentId=pay-1")
    let again = try #require(session.preview(of: "do CapturePayment paymentId=pay-1"))
    #expect(again.problem?.contains("pay-1") == true)
    _ = session.run("hold")
    #expect(try #require(session.preview(of: Self.lines[0])).waiting > 0)
  }

  @Test func `a preview ends with its steps, or when it is told to`() throws {
    let session = try Session(.shop)
    let many = Self.lines[0] + " --count 100000"
    let some = try #require(session.preview(of: many, steps: 50))
    #expect(!some.isWhole && some.problem == nil && some.events > 0 && some.events < 120)
    let few = try #require(session.preview(of: many) { false })
    #expect(!few.isWhole && few.events <= 2)
    #expect(session.timeline.count == 0)
  }

  @Test(arguments: [
    "save a.tape", "open a.tape", "import a.ndjson", "quit", "q!", "demo", "present",
    "set mouse=on", "theme", "goto start", "step", "run", "events", "help", "rebuild OrderBoard",
    "do PlaceOrder", "", ";",
    "do PlaceOrder customer=c-1 total:=59; save a.tape", "nonsense", "emit",
  ])
  func `verbs of files and of the program, looks and mistyped lines are not tried`(
    line: String
  ) throws {
    #expect(try Session(.shop).preview(of: line) == nil)
  }
}
