import CoreSupport
import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

/// Histories in which one thing is changed and what follows is performed again.
@Suite struct RewritingTests {
  /// The shop without its adapter, which is silent in forks.
  private static let shop = Domain(
    "shop", source: Domain.shop.source, aggregates: Domain.shop.aggregates,
    commands: Domain.shop.commands, views: Domain.shop.views, sagas: Domain.shop.sagas)

  private func story(seed: UInt64, count: Int) throws -> Branch {
    var bench = try RecordedEngine(Self.shop, seed: seed, remembering: false)
    var random = SeededRandom(seed: seed &+ 1)
    for _ in 0..<count { RandomShop.act(&bench, &random) }
    var branch = Branch(try Engine(Self.shop, seed: seed))
    for input in bench.timeline.inputs { _ = branch.perform(Input(input.input)) }
    branch.arrive()
    return branch
  }

  /// Two orders; the card of the first is declined once and then taken.
  private func declined() throws -> Branch {
    var branch = Branch(try Engine(Self.shop))
    func run(_ type: String, _ data: JSON) {
      _ = branch.perform(Input(.dispatch(CommandIntent(type, data)), by: .person))
      var driver = Driver()
      while let input = driver.next(branch.engine) { driver.took(branch.perform(input).step) }
    }
    run("PlaceOrder", ["customer": "c-1", "total": 59])
    run("DeclinePayment", ["paymentId": "pay-1"])
    run("PlaceOrder", ["customer": "c-2", "total": 20])
    run("CapturePayment", ["paymentId": "pay-2"])
    branch.arrive()
    return branch
  }

  /// The entry that appended an event.
  private func at(_ number: Int, _ branch: Branch) -> JournalIndex {
    branch.timeline.appendEntry(of: Position(number)) ?? JournalIndex(0)
  }

  private func types(_ branch: Branch) -> [String] {
    let log = branch.engine.world.log
    return (0..<log.count).compactMap { log.event(at: Position($0 + 1))?.type.text }
  }

  private func status(_ branch: Branch, _ order: DomainID) -> String? {
    let world = branch.engine.world
    return Self.shop.aggregate("Order")?.state(of: order, in: world, upTo: nil)?.state["status"]
      .string
  }

  private func bytes(_ branch: Branch) -> [[UInt8]] {
    var all: [[UInt8]] = []
    branch.timeline.forEachStep(home: branch.engine.domain.aggregateKey) { step in
      all.append(StepCodec.encodeAlone(step))
      return true
    }
    return all
  }

  private func verification(_ branch: Branch) -> Verification {
    branch.verify(from: TimeCursor(entry: JournalIndex(0)), upTo: branch.timeline.headCursor)
  }

  // MARK: - One edit each

  @Test func `an event that is left out takes what followed from it along, and nothing else`()
    throws
  {
    let before = try declined()
    #expect(types(before)[3] == "PaymentDeclined" && status(before, "order-1") == "onHold")
    let (after, report) = try before.rewritten(.skip(Position(4)))
    #expect(types(after) == types(before).filter { $0 != "PaymentDeclined" && $0 != "OrderOnHold" })
    #expect(status(after, "order-1") == "paying" && status(after, "order-2") == "paid")
    let reasons = report.orphans.filter { $0.event != nil }.map { "\($0.event!) \($0.reason)" }
    #expect(reasons == ["#4 left out by you", "#5 #4 is not there"])
    #expect(report.fresh.isEmpty && report.places[Position(6)] == Position(4))
    // What the edit does not touch has the ids that it had.
    let (was, now) = (before.engine.world.log, after.engine.world.log)
    #expect(now.event(at: Position(4))?.id == was.event(at: Position(6))?.id)
    #expect(now.event(at: Position(4))?.domainID == "order-2")
    #expect(status(before, "order-1") == "onHold")
    #expect(verification(after).differences.isEmpty)
  }

  @Test func `an event with other data leads to what it would have led to`() throws {
    let before = try declined()
    let data = JSONBytes(["customer": "c-1", "total": 70, "currency": "GBP"])
    let (after, report) = try before.rewritten(.change(Position(1), data))
    #expect(types(after) == types(before) && report.orphans.isEmpty)
    #expect(after.engine.world.log.event(at: Position(3))?.data.value["amount"] == 70)
    #expect(verification(after).differences.isEmpty)
  }

  @Test func `a step that comes later leads to what it would have led to then`() throws {
    var branch = Branch(try Engine(Self.shop))
    func run(_ type: String, _ data: JSON, settles: Bool = true) {
      _ = branch.perform(Input(.dispatch(CommandIntent(type, data)), by: .person))
      var driver = Driver(isHeld: !settles)
      while let input = driver.next(branch.engine) { driver.took(branch.perform(input).step) }
    }
    run("PlaceOrder", ["customer": "c-1", "total": 59])
    run("CapturePayment", ["paymentId": "pay-1"], settles: false)
    run("CancelOrder", ["orderId": "order-1", "reason": "no"])
    branch.arrive()
    #expect(
      types(branch) == [
        "OrderCreated", "OrderPriced", "PaymentRequested", "PaymentSucceeded", "OrderCancelled",
      ])
    #expect(branch.timeline.errors(upTo: branch.timeline.last) == 1)
    let late = try #require(
      branch.timeline.deliveries(of: Position(4)).first { index in
        branch.timeline.entry(index)?.kind.problem != nil
      })
    let (after, report) = try branch.rewritten(.move(late, after: at(4, branch)))
    #expect(types(after)[4] == "OrderPaid" && report.fresh.contains(Position(5)))
    #expect(after.timeline.errors(upTo: after.timeline.last) == 0)
    #expect(verification(after).differences.isEmpty)
    // And the other way round: the cancellation comes first of all.
    let (other, _) = try branch.rewritten(.move(at(5, branch), after: at(3, branch)))
    #expect(types(other)[3] == "OrderCancelled" && verification(other).differences.isEmpty)
  }

  @Test func `a command that comes later keeps its ids, and what it leads to follows at once`()
    throws
  {
    let before = try declined()
    // The first order is placed after the second; the decline between finds no payment.
    let (after, report) = try before.rewritten(.move(at(1, before), after: at(7, before)))
    #expect(
      types(after).prefix(5) == [
        "OrderCreated", "OrderPriced", "OrderCreated", "OrderPriced", "PaymentRequested",
      ])
    let log = after.engine.world.log
    #expect(log.event(at: Position(1))?.domainID == "order-2")
    #expect(log.event(at: Position(3))?.domainID == "order-1")
    #expect(status(after, "order-2") == "paid" && status(after, "order-1") == "paying")
    #expect(report.orphans.compactMap(\.event).contains(Position(4)))
    #expect(verification(after).differences.isEmpty)
    // The next order takes no id that is taken.
    var more = after
    _ = more.perform(Input(.dispatch(CommandIntent("PlaceOrder", ["customer": "c", "total": 1]))))
    #expect(more.engine.world.log.event(at: more.engine.world.log.last)?.domainID == "order-3")
  }

  @Test func `a handler that refuses changes nothing, and its refusal is recorded`() throws {
    let before = try declined()
    let delivery = try #require(
      before.timeline.deliveries(of: Position(4)).first { index in
        guard case .delivery(_, let consumer, _, _)? = before.timeline.entry(index)?.kind else {
          return false
        }
        return consumer == ConsumerName(.saga, "PaymentSaga")
      })
    let (after, report) = try before.rewritten(.refuse(delivery, reason: "not today"))
    #expect(status(after, "order-1") == "paying")
    #expect(report.orphans.map(\.event).contains(Position(5)))
    let problem = try #require(after.timeline.error(at: 0))
    #expect(after.timeline.entry(problem)?.kind.problem == "not today")
    #expect(verification(after).differences.isEmpty)
  }

  @Test func `an event that is put in wakes who listens`() throws {
    let before = try declined()
    let new = NewEvent("OrderCancelled", "order-1", data: ["reason": "no"])
    let (after, report) = try before.rewritten(
      .insert([new], to: "orders", after: Position(3)))
    #expect(types(after)[3] == "OrderCancelled" && report.fresh.first == Position(4))
    #expect(status(after, "order-1") == "cancelled")
    #expect(verification(after).differences.isEmpty)
  }

  @Test func `an imported event is left out or changed as it came`() throws {
    var branch = Branch(try Engine(Self.shop))
    for number in 1...3 {
      let past = Event(
        id: EventID("old-\(number)"), type: "OrderCreated", source: "old", stream: "orders",
        domainID: DomainID("order-7\(number)"), createdAt: .standardStart,
        data: JSONBytes(["customer": "c-2", "total": 3, "currency": "EUR"]))
      _ = branch.perform(.take(past, reaction: .viewsOnly))
    }
    branch.arrive()
    let (less, _) = try branch.rewritten(.skip(Position(2)))
    let ids = (1...2).compactMap { less.engine.world.log.event(at: Position($0))?.id.text }
    #expect(ids == ["old-1", "old-3"])
    let data = JSONBytes(["customer": "c-9", "total": 4, "currency": "EUR"])
    let (other, _) = try branch.rewritten(.change(Position(2), data))
    #expect(other.engine.world.log.event(at: Position(2))?.data == data)
    #expect(verification(less).differences.isEmpty && verification(other).differences.isEmpty)
  }

  @Test func `time passes as it did, although the timer that moved it does not fire any more`()
    throws
  {
    var branch = try declined()
    let timer = try #require(branch.engine.nextTimer)
    _ = branch.perform(.fire(timer.key))
    _ = branch.perform(
      Input(.dispatch(CommandIntent("PlaceOrder", ["customer": "c-3", "total": 1]))))
    branch.arrive()
    let (after, _) = try branch.rewritten(.skip(Position(4)))
    let last = branch.engine.world.log.last
    let (was, now) = (branch.engine.world.log, after.engine.world.log)
    let place = (1...now.count).first { now.event(at: Position($0))?.domainID == "order-3" }
    let old = (1...last.number).first { was.event(at: Position($0))?.domainID == "order-3" }
    #expect(now.createdAt(at: Position(place ?? 0)) == was.createdAt(at: Position(old ?? 0)))
    #expect(verification(after).differences.isEmpty)
  }

  @Test func `edits follow one another, and each keeps what earlier ones did`() throws {
    let (once, _) = try declined().rewritten(.skip(Position(4)))
    let data = JSONBytes(["customer": "c-1", "total": 70, "currency": "GBP"])
    let (twice, _) = try once.rewritten(.change(Position(1), data))
    #expect(types(twice) == types(once))
    #expect(verification(twice).differences.isEmpty)
  }

  @Test func `what makes no sense is refused with the way out`() throws {
    let branch = try declined()
    func sentence(_ edit: HistoryEdit) -> String? {
      do throws(HistoryEditError) {
        _ = try branch.rewritten(edit)
        return nil
      } catch { return error.description }
    }
    #expect(sentence(.skip(Position(99))) == "There is no event #99; events are #1 to #11.")
    #expect(
      sentence(.move(at(1, branch), after: at(2, branch)))
        == "Both are of one step, which cannot come after itself; name something of another step.")
    #expect(
      sentence(.move(at(5, branch), after: at(1, branch)))
        == "It follows from #4, so it cannot come before that; move #4 first, or choose a later "
        + "place.")
    #expect(
      sentence(.refuse(JournalIndex(9_999), reason: "x"))?.hasPrefix("There is no entry j9999")
        == true)
  }

  // MARK: - Any edit

  @Test(arguments: seeds(25))
  func `a history into which nothing is put stays as it is, byte for byte`(seed: UInt64) throws {
    let branch = try story(seed: seed, count: 16)
    var random = SeededRandom(seed: seed &+ 7)
    let place = Position(Int.random(in: 0...branch.engine.world.log.count, using: &random))
    let (again, report) = try branch.rewritten(.insert([], to: "orders", after: place))
    #expect(bytes(again) == bytes(branch))
    #expect(report.orphans.isEmpty && report.fresh.isEmpty)
    let names = WorldNames(Self.shop)
    let mine = fingerprint(again.engine.world, names)
    #expect(mine.difference(from: fingerprint(branch.engine.world, names)) == nil)
  }

  @Test(arguments: seeds(40))
  func `any edit accounts for every event, and can be performed again`(seed: UInt64) throws {
    let branch = try story(seed: seed, count: 16)
    let log = branch.engine.world.log
    guard log.count > 1 else { return }
    let before = bytes(branch)
    var random = SeededRandom(seed: seed &+ 7)
    func any() -> Position { Position(Int.random(in: 1...log.count, using: &random)) }
    let edit: HistoryEdit =
      switch Int.random(in: 0..<5, using: &random) {
      case 0: .skip(any())
      case 1: .change(any(), JSONBytes(["customer": "x", "total": 1, "amount": 1]))
      case 2: .move(at(any().number, branch), after: at(any().number, branch))
      case 3:
        .insert([NewEvent("OrderCancelled", "order-1", data: [:])], to: "orders", after: any())
      default:
        .refuse(
          JournalIndex(Int.random(in: 1...branch.timeline.count, using: &random)), reason: "no")
      }
    let result: (branch: Branch, report: RewriteReport)
    do throws(HistoryEditError) { result = try branch.rewritten(edit) } catch { return }
    let (after, report) = result
    #expect(bytes(branch) == before)
    // Each event of before is where it was, elsewhere, or an orphan; each of now was there or is new.
    let kept = after.timeline.lastEvent(at: report.moment).number
    let lost = report.orphans.compactMap(\.event)
    #expect(Set(lost).count == lost.count && Set(lost).isDisjoint(with: report.places.keys))
    #expect(kept + report.places.count + lost.count == log.count)
    let now = after.engine.world.log
    #expect(kept + report.places.count + report.fresh.count == now.count)
    for (was, place) in report.places {
      #expect(log.event(at: was)?.type == now.event(at: place)?.type)
    }
    let verification = verification(after)
    #expect(verification.differences.isEmpty, "\(verification.differences.first?.sentence ?? "")")
    var again = Branch(try Engine(Self.shop, seed: seed))
    for input in after.timeline.inputs { _ = again.perform(Input(input.input)) }
    again.arrive()
    #expect(bytes(again) == bytes(after))
  }
}
