import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct LookupTests {
  @Test(arguments: seeds(100))
  func `look-ups agree with a search of the whole journal`(seed: UInt64) throws {
    let bench = try RandomShop.workbench(seed: seed, count: 15, remembering: false)
    let timeline = bench.timeline
    let entries = bench.entries
    var appended: [Int: Int] = [:]
    var delivered: [Int: [Int]] = [:]
    var children: [Int: [Int]] = [:]
    var problems: [Int] = []
    for (offset, entry) in entries.enumerated() {
      let number = offset + 1
      if let cause = entry.cause?.number, cause > 0 { children[cause, default: []].append(number) }
      if entry.kind.problem != nil { problems.append(number) }
      switch entry.kind {
      case .append(let position, _), .imported(let position, _):
        appended[position.number] = number
      case .delivery(let position, _, _, _): delivered[position.number, default: []].append(number)
      default: break
      }
    }
    for number in 1...max(1, entries.count) {
      let index = JournalIndex(number)
      #expect(timeline.effects(of: index).map(\.number) == children[number] ?? [])
      #expect(timeline.errors(upTo: index) == problems.filter { $0 <= number }.count)
    }
    for (offset, number) in problems.enumerated() {
      #expect(timeline.error(at: offset)?.number == number)
    }
    let log = bench.world.log
    for number in 0..<log.count {
      let position = Position(number + 1)
      #expect(timeline.appendEntry(of: position)?.number == appended[position.number])
      #expect(timeline.deliveries(of: position).map(\.number) == delivered[position.number] ?? [])
      let id = log.event(at: position)?.id
      let caused = (1...log.count).filter { log.event(at: Position($0))?.causedByID == id }
      #expect(timeline.effects(of: position).map(\.number) == caused)
    }
  }

  @Test func `the entries of a saga instance are its steps, timers and end`() throws {
    var bench = try RecordedEngine(.shop)
    bench.run("PlaceOrder", ["customer": "c-1", "total": 5])
    bench.run("PlaceOrder", ["customer": "c-2", "total": 6])
    bench.run("CapturePayment", ["paymentId": "pay-1"])
    let key = SagaKey("PaymentSaga", "saga-1")
    let entries = bench.timeline.entries(of: key, upTo: bench.timeline.last)
    let kinds = entries.compactMap { bench.timeline.entry($0)?.kind }
    #expect(bench.timeline.entryCount(of: key) == 5)
    #expect(
      kinds.map(\.word) == [
        "delivery", "timerArmed", "delivery", "timerCancelled", "sagaEnded",
      ])
    #expect(bench.timeline.entries(of: key, upTo: entries[1]) == Array(entries.prefix(2)))
    #expect(bench.timeline.entries(of: SagaKey("PaymentSaga", "nobody"), upTo: entries[4]) == [])
  }

  @Test(arguments: seeds(100))
  func `linked children are listed in the order they were added`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var linked = LinkedChildren()
    var naive: [Int: [Int]] = [:]
    for number in 1...200 {
      let cause = Int.random(in: -1..<(number + 2), using: &random)
      linked.append(causedBy: cause == -1 ? nil : cause)
      if cause >= 1, cause < number { naive[cause, default: []].append(number) }
    }
    for number in -1...203 {
      #expect(linked.children(of: number) == naive[number] ?? [])
      #expect(linked.children(of: number, limit: 2) == Array((naive[number] ?? []).prefix(2)))
    }
  }
}

extension JournalEntry.Kind {
  /// The name of the case, without its values.
  var word: String { String("\(self)".prefix { $0 != "(" }) }
}
