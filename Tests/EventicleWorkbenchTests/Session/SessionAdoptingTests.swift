import CoreSupport
import EventicleSamples
import Synchronization
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Another declaration of the domain, and requests of the program behind it, while a session is open.
@Suite struct SessionAdoptingTests {
  /// A program behind a domain, as a test plays it.
  private final class FakeHost: DomainHost {
    private let waiting = Mutex<[HostRequest]>([])
    let domain: Domain
    let readableDescriptor: Int32? = nil

    init(_ domain: Domain) { self.domain = domain }

    func ask(_ request: HostRequest) { waiting.withLock { $0.append(request) } }

    func take() -> [HostRequest] {
      waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
    }
  }

  private static let order = "do PlaceOrder customer=c-19 total:=59"

  private static let late = EventView(
    "Late", streams: ["orders"],
    on: ["OrderCreated": { event, transaction in try transaction.put("Late", event.key, [:]) }])

  private static func shop(with views: [EventView]) -> Domain {
    let shop = Domain.shop
    return Domain(
      shop.name, source: shop.source, summary: shop.summary, aggregates: shop.aggregates,
      commands: shop.commands, views: shop.views + views, sagas: shop.sagas,
      adapters: shop.adapters, upcasters: shop.upcasters, redaction: shop.redaction)
  }

  @Test func `a view that is adopted reads the history, and its step is recorded`() throws {
    var session = try Session(.shop)
    _ = session.run(Self.order)
    let before = session.timeline.last
    let report = try session.adopt(Self.shop(with: [Self.late]))
    #expect(
      report.sentences == ["The view Late is new; it is offered every event from the beginning."])
    #expect(session.head.recordCount(of: "Late") == 1 && session.isAtHead)
    guard case .reconcile? = session.timeline.input(of: before.next)?.action else {
      Issue.record("the step has the input reconcile")
      return
    }
    _ = session.run(Self.order)
    #expect(session.head.recordCount(of: "Late") == 2)
    let back = try session.adopt(.shop)
    #expect(back.removed == [ConsumerName(.view, "Late")])
    _ = session.run(Self.order)
    #expect(session.head.recordCount(of: "Late") == 2)
    // Every moment can be reached, those around the change of the domain as well.
    for entry in 0...session.timeline.count {
      _ = session.timeline.world(after: JournalIndex(entry))
    }
    #expect(session.timeline.world(after: before).recordCount(of: "Late") == 0)
  }

  @Test func `who looks at the past goes on looking, and a held engine stays held`() throws {
    var session = try Session(.shop)
    _ = session.run(Self.order)
    _ = session.run("back")
    let cursor = session.cursor
    try session.adopt(Self.shop(with: [Self.late]))
    #expect(session.cursor == cursor && !session.isAtHead)
    #expect(session.head.recordCount(of: "Late") == 1)
    var held = try Session(.shop)
    _ = held.run(Self.order)
    _ = held.run("hold")
    try held.adopt(Self.shop(with: [Self.late]))
    #expect(held.head.recordCount(of: "Late") == 0 && held.isHeld)
    _ = held.run("release")
    #expect(held.head.recordCount(of: "Late") == 1)
  }

  @Test func `a domain with a fault leaves the session as it was`() throws {
    var session = try Session(.shop)
    _ = session.run(Self.order)
    let before = session.timeline.last
    #expect(throws: DomainError.declaredTwice(kind: "view", name: "Late")) {
      try session.adopt(Self.shop(with: [Self.late, Self.late]))
    }
    #expect(session.timeline.last == before)
    #expect(session.run(Self.order).problem == nil)
  }

  @Test(arguments: seeds(20))
  func `lines before and after adopting the same domain give the same journal`(
    seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    let lines = (0..<8).map { number in
      [
        Self.order, "clock +20m", "do CapturePayment paymentId=pay-\(number % 3 + 1)",
        "do DeclinePayment paymentId=pay-\(number % 2 + 1)",
      ].randomElement(using: &random) ?? Self.order
    }
    let place = Int.random(in: 0..<lines.count, using: &random)
    var (plain, adopting) = (try Session(.shop), try Session(.shop))
    for (number, line) in lines.enumerated() {
      if number == place { try adopting.adopt(.shop) }
      #expect(plain.run(line).problem?.message == adopting.run(line).problem?.message)
    }
    #expect(plain.timeline.count == adopting.timeline.count)
    for entry in 1..<(plain.timeline.count + 1) {
      let index = JournalIndex(entry)
      #expect(plain.timeline.entry(index)?.kind == adopting.timeline.entry(index)?.kind)
    }
  }

  @Test func `inputs of the program are recorded, settled and answered`() throws {
    let host = FakeHost(.shop)
    var session = try Session(host.domain)
    let answers = Mutex<[Step]>([])
    let placing = Input.dispatch(
      CommandIntent("PlaceOrder", ["customer": "c-1", "total": 5]))
    host.ask(.log(LogLine(.info, "starts", at: "orders.ts:3:1")))
    host.ask(.input(placing) { step in answers.withLock { $0.append(step) } })
    host.ask(
      .input(.dispatch(CommandIntent("PlaceOrder", ["customer": "c-1"]))) { step in
        answers.withLock { $0.append(step) }
      })
    let turn = session.perform(host: host)
    #expect(turn.lines == [LogLine(.info, "starts", at: "orders.ts:3:1")])
    #expect(turn.inputs == 2 && turn.reports.isEmpty && turn.problems.isEmpty)
    let steps = answers.withLock { $0 }
    #expect(steps.map { $0.problem == nil } == [true, false])
    #expect(session.head.recordCount(of: "OrderBoard") == 1)
    guard case .dispatch(let intent)? = session.timeline.input(of: JournalIndex(1))?.action else {
      Issue.record("the input is recorded")
      return
    }
    #expect(intent.type == "PlaceOrder" && session.isAtHead && session.tape.isEmpty)
    #expect(session.perform(host: host).inputs == 0)
  }

  @Test func `what the program declares is adopted, and what cannot work is said`() throws {
    let host = FakeHost(.shop)
    var session = try Session(host.domain)
    _ = session.run(Self.order)
    let heard = Mutex<[String]>([])
    for views in [[Self.late], [Self.late, Self.late]] {
      host.ask(
        .adopt(Self.shop(with: views)) { result in
          heard.withLock { heard in
            switch result {
            case .success(let report): heard.append(report.description)
            case .failure(let error): heard.append(error.description)
            }
          }
        })
    }
    let turn = session.perform(host: host)
    #expect(turn.reports.count == 1)
    #expect(
      turn.problems == ["The view Late is declared twice; give one of them another name."])
    #expect(heard.withLock { $0 } == turn.reports.map(\.description) + turn.problems)
    #expect(session.head.recordCount(of: "Late") == 1)
  }

  @Test func `while the engine is held an input is answered after its own step`() throws {
    let host = FakeHost(.shop)
    var session = try Session(host.domain)
    _ = session.run("hold")
    let answered = Mutex(0)
    host.ask(
      .input(.dispatch(CommandIntent("PlaceOrder", ["customer": "c-1", "total": 5]))) { _ in
        answered.withLock { $0 += 1 }
      })
    _ = session.perform(host: host)
    #expect(answered.withLock { $0 } == 1)
    #expect(session.head.recordCount(of: "OrderBoard") == 0 && session.isHeld)
  }
}
