import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// What a person does to deliveries that wait: each consumer gets each event once, unless somebody
/// dropped it, or had it made twice.
@Suite struct DeliveryActTests {
  let book = HandlerLog()

  private let board = ConsumerName(.view, "Board")
  private let totals = ConsumerName(.view, "Totals")
  private let saga = ConsumerName(.saga, "S")

  private func domain(failing: Bool = false) -> Domain {
    func view(_ name: String) -> EventView {
      EventView(
        name, streams: ["st"],
        on: [
          "Step": { [book] event, transaction in
            book.note("\(event.id.text) by \(name)")
            let count = transaction.record(name, "count")?.content["n"].integer ?? 0
            try transaction.put(name, "count", ["n": .int(count + 1)])
          }
        ])
    }
    let waiting = Saga("S", streams: ["st"])
      .keyed(by: "id") { $0.domainID.map { .string($0.text) } }
      .taking(ConsumerOptions(policy: failing ? .retry(1, after: .seconds(5)) : .park))
      .startOn("Start") { step, _ in step["n"] = 0 }
      .on("Step") { [book] step, event in
        book.note("\(event.id.text) by S")
        if failing, event.data["fails"] == true { throw Rejection("not now") }
        step["n"] = .int((step["n"].integer ?? 0) + 1)
      }
    return Domain("test", views: [view("Board"), view("Totals")], sagas: [waiting])
  }

  /// An engine with an instance of the saga, in which steps of A wait to be delivered.
  private func held(_ ids: EventID..., failing: Bool = false) throws -> RecordedEngine {
    var bench = try RecordedEngine(domain(failing: failing))
    bench.emit(new("Start", of: "A"), to: "st")
    for id in ids { bench.perform(.emit([new("Step", id, of: "A")], to: "st")) }
    return bench
  }

  private func at(_ number: Int, _ consumer: ConsumerName) -> DeliveryAddress {
    DeliveryAddress(Position(number), consumer)
  }

  private func queue(_ bench: RecordedEngine) -> [String] {
    let queue = bench.world.queue
    return (0..<queue.count).map { "\(at(queue[$0].position.number, queue[$0].consumer))" }
  }

  private func count(_ bench: RecordedEngine, _ view: String) -> Int? {
    bench.world.record(RecordKey(view, "count"))?.content["n"].integer
  }

  // MARK: - One act each

  @Test func `a delivery is made before those in front of it, and not again`() throws {
    var bench = try held("s1", "s2")
    let step = bench.perform(.act(.deliver, on: at(3, saga)))
    #expect(step.entries.first?.isByUser == true)
    #expect(book.lines == ["s2 by S"])
    #expect(
      queue(bench) == ["#2>Board", "#2>Totals", "#2>S", "#3>Board", "#3>Totals"])
    bench.settle()
    #expect(book.lines.filter { $0.hasSuffix("by S") } == ["s2 by S", "s1 by S"])
  }

  @Test func `a rebuilt view has what was delivered early and what was dropped, not what is late`()
    throws
  {
    var bench = try held("s1", "s2", "s3", "s4")
    bench.perform(.act(.deliver, on: at(3, board)))
    #expect(try bench.engine.rebuild("Board").isEqual, "made early, behind the position")
    let due = bench.world.clock + .seconds(30)
    bench.perform(.act(.delay(until: due), on: at(4, board)))
    bench.settle()
    #expect(count(bench, "Board") == 3)
    #expect(try bench.engine.rebuild("Board").isEqual, "made early, and one still waits")
    bench.perform(.moveClock(due))
    bench.settle()
    #expect(count(bench, "Board") == 4)
    #expect(try bench.engine.rebuild("Board").isEqual)

    bench.perform(.emit([new("Step", "s5", of: "A")], to: "st"))
    bench.perform(.act(.drop, on: at(6, board)))
    bench.settle()
    let row = try #require(try bench.engine.rebuild("Board").differing.first)
    #expect(row.live?["n"] == 4 && row.rebuilt?["n"] == 5)
  }

  @Test func `a delayed delivery comes when it is due, and others overtake it`() throws {
    var bench = try held("s1", "s2")
    let due = bench.world.clock + .seconds(30)
    bench.perform(.act(.delay(until: due), on: at(2, saga)))
    #expect(queue(bench).last == "#2>S")
    bench.settle()
    #expect(book.lines.filter { $0.hasSuffix("by S") } == ["s2 by S"])
    #expect(bench.engine.nextDue(upTo: due) != nil && bench.engine.hasWork == false)
    bench.pass(.seconds(29))
    #expect(book.lines.filter { $0.hasSuffix("by S") } == ["s2 by S"])
    bench.pass(.seconds(1))
    #expect(book.lines.filter { $0.hasSuffix("by S") } == ["s2 by S", "s1 by S"])
    #expect(bench.world.queue.isEmpty)
  }

  @Test func `a dropped delivery never comes, not even when its group is behind`() throws {
    var bench = try held("s1", "s2")
    let step = bench.perform(.act(.drop, on: at(3, board)))
    #expect(step.entries.map(\.kind) == [.acted(Position(3), board, .drop)])
    // A group that was paused is offered again what it has not had.
    bench.perform(.pause(domain().views[0].group))
    bench.settle()
    bench.perform(.resume(domain().views[0].group))
    bench.settle()
    #expect(count(bench, "Board") == 1 && count(bench, "Totals") == 2)
    #expect(bench.world.group(domain().views[0].group)?.isInStep == true)
  }

  @Test func `a doubled delivery is handled once by a saga, and twice by a view`() throws {
    var bench = try held("s1")
    bench.perform(.act(.duplicate, on: at(2, saga)))
    bench.perform(.act(.duplicate, on: at(2, board)))
    #expect(queue(bench) == ["#2>Board", "#2>Board", "#2>Totals", "#2>S", "#2>S"])
    bench.settle()
    #expect(book.lines == ["s1 by Board", "s1 by Board", "s1 by Totals", "s1 by S"])
    #expect(bench.world.group("saga-S")?.tally.duplicates == 1)
    #expect(count(bench, "Board") == 2)
  }

  @Test func `a crash keeps what the handler did and leads to one redelivery`() throws {
    var bench = try held("s1")
    let step = bench.perform(.act(.crash, on: at(2, saga)))
    #expect(step.entries.map(\.kind).last == .acted(Position(2), saga, .crash))
    #expect(book.lines == ["s1 by S"])
    #expect(queue(bench) == ["#2>Board", "#2>Totals", "#2>S"])
    bench.settle()
    #expect(book.lines.filter { $0.hasSuffix("by S") } == ["s1 by S"])
    #expect(bench.world.group("saga-S")?.tally.duplicates == 1)
    bench.perform(.emit([new("Step", "s2", of: "A")], to: "st"))
    bench.perform(.act(.crash, on: at(3, board)))
    bench.settle()
    #expect(count(bench, "Board") == 3 && count(bench, "Totals") == 2)
  }

  @Test func `a failure after an act offers nothing a second time`() throws {
    var bench = try held(failing: true)
    let fails: JSON = ["fails": true]
    bench.perform(.emit([new("Step", "s1", of: "A", fails)], to: "st"))
    for id in ["s2", "s3"] as [EventID] {
      bench.perform(.emit([new("Step", id, of: "A")], to: "st"))
    }
    bench.perform(.act(.deliver, on: at(3, saga)))
    bench.perform(.act(.drop, on: at(4, saga)))
    bench.settle()
    bench.pass(.seconds(10))
    #expect(book.lines.filter { $0.hasSuffix("by S") } == ["s2 by S", "s1 by S", "s1 by S"])
  }

  @Test func `what does not wait cannot be acted on, and nothing is written`() throws {
    var bench = try held("s1")
    let count = bench.timeline.count
    let step = bench.perform(.act(.drop, on: at(9, saga)))
    #expect(
      step.problem == "#9>S does not wait to be delivered; the queue lists what does.")
    bench.settle()
    let after = bench.timeline.count
    #expect(after > count)
    #expect(
      bench.perform(.act(.deliver, on: at(2, saga))).problem
        == "#2>S does not wait to be delivered; no delivery waits.")
    #expect(bench.timeline.count == after)
  }

  // MARK: - Any acts

  @Test(arguments: seeds(15))
  func `each event comes to each consumer as often as the acts say`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bench = try held()
    var wanted: [String: Int] = [:]
    for round in 1...30 {
      if Bool.random(using: &random) {
        let id = EventID("s\(round)")
        bench.perform(.emit([new("Step", id, of: "A")], to: "st"))
        for name in ["Board", "Totals", "S"] { wanted["\(id.text) by \(name)"] = 1 }
      }
      let queue = bench.world.queue
      if let index = (0..<queue.count).randomElement(using: &random) {
        act(queue[index], isAgain: queue.redelivery(at: index), &wanted, &bench, &random)
      }
      if Int.random(in: 0..<4, using: &random) == 0, bench.engine.hasWork {
        bench.perform(.deliver)
      }
      if Int.random(in: 0..<8, using: &random) == 0 { bench.pass(.seconds(2)) }
    }
    bench.settle()
    bench.pass(.seconds(200))
    let found = Dictionary(grouping: book.lines) { $0 }.mapValues(\.count)
    #expect(found == wanted.filter { $0.value > 0 })
    #expect(bench.world.queue.isEmpty)
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
    var again = try RecordedEngine(domain())
    again.repeatInputs(of: bench)
    #expect(again.entries.map(\.kind) == bench.entries.map(\.kind))
    #expect(again.fingerprint(again.world).difference(from: bench.fingerprint(bench.world)) == nil)
  }

  private func act(
    _ delivery: Delivery, isAgain: Redelivery?, _ wanted: inout [String: Int],
    _ bench: inout RecordedEngine, _ random: inout SeededRandom
  ) {
    let address = DeliveryAddress(delivery.position, delivery.consumer)
    let event = bench.world.log.event(at: delivery.position)
    let line = "\(event?.id.text ?? "") by \(delivery.consumer.name)"
    // A view handles what is made once more; a saga finds it handled.
    let isView = delivery.consumer.kind == .view
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bench.perform(.act(.deliver, on: address))
    case 1:
      let until = bench.world.clock + .milliseconds(Int64.random(in: 0...9_000, using: &random))
      bench.perform(.act(.delay(until: until), on: address))
    case 2 where isView:
      bench.perform(.act(.drop, on: address))
      wanted[line, default: 0] -= 1
    case 3:
      bench.perform(.act(.duplicate, on: address))
      if isView { wanted[line, default: 0] += 1 }
    case 4:
      bench.perform(.act(.crash, on: address))
      if isView { wanted[line, default: 0] += 1 }
    default: break
    }
  }
}

extension RecordedEngine {
  /// Performs the recorded inputs of another engine.
  fileprivate mutating func repeatInputs(of other: RecordedEngine) {
    for entry in other.entries where entry.stepCount > 0 {
      guard let input = other.timeline.input(of: entry.stepStart) else { continue }
      perform(Input(input))
    }
  }
}
