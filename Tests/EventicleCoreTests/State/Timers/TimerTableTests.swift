import TestSupport
import Testing

@testable import EventicleCore

@Suite struct TimerTableTests {
  private struct Step {
    let key: TimerKey
    let old: Timer?
    let new: Timer?
  }

  private static func key(_ number: Int) -> TimerKey {
    TimerKey(SagaKey("S", "saga-\(number)"), "t")
  }

  private static func compare(_ table: TimerTable, _ naive: [TimerKey: Timer]) {
    let expected = naive.values.sorted { ($0.due, $0.sequence) < ($1.due, $1.sequence) }
    #expect(table.count == expected.count)
    #expect(table.next == expected.first)
    var found: [Timer] = []
    table.forEach { timer in
      found.append(timer)
      return true
    }
    #expect(found == expected)
    for number in 0..<12 { #expect(table.timer(key(number)) == naive[key(number)]) }
    #expect(table.timer(at: expected.count) == nil)
  }

  @Test(arguments: seeds(60))
  func `timers are found by key and in order in copies and after going back`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var table = TimerTable()
    var naive: [TimerKey: Timer] = [:]
    var steps: [Step] = []
    var copies: [(TimerTable, [TimerKey: Timer])] = []
    var sequence = 0
    for _ in 0..<400 {
      let key = Self.key(Int.random(in: 0..<12, using: &random))
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<6:
        sequence += 1
        let timer = Timer(
          key: key, schedule: .once(.seconds(1)),
          due: Instant(milliseconds: Int64.random(in: 0..<50, using: &random)),
          armedAt: Instant(milliseconds: 0), armedBy: JournalIndex(1), sequence: sequence)
        steps.append(Step(key: key, old: naive[key], new: timer))
        table.set(key, from: naive[key], to: timer)
        naive[key] = timer
      case 6, 7:
        guard let old = naive[key] else { continue }
        steps.append(Step(key: key, old: old, new: nil))
        table.set(key, from: old, to: nil)
        naive[key] = nil
      case 8:
        // Going back reuses the numbers of what is reverted.
        for _ in 0..<Int.random(in: 0..<5, using: &random) {
          guard let step = steps.popLast() else { break }
          table.set(step.key, from: step.new, to: step.old)
          naive[step.key] = step.old
          if let new = step.new { sequence = new.sequence - 1 }
        }
      default: copies.append((table, naive))
      }
    }
    Self.compare(table, naive)
    for (copy, expected) in copies { Self.compare(copy, expected) }
  }

  @Test func `past armings are dropped and return when a step is reverted`() throws {
    var table = TimerTable()
    var last: Timer?
    let old = Timer(
      key: Self.key(0), schedule: .once(.seconds(1)), due: Instant(milliseconds: 9),
      armedAt: Instant(milliseconds: 0), armedBy: JournalIndex(1), sequence: 1)
    table.set(Self.key(0), from: nil, to: old)
    table.set(Self.key(0), from: old, to: nil)
    for number in 2...20_000 {
      let next = Timer(
        key: Self.key(1), schedule: .once(.seconds(1)), due: Instant(milliseconds: 5),
        armedAt: Instant(milliseconds: 0), armedBy: JournalIndex(1), sequence: number)
      table.set(Self.key(1), from: last, to: next)
      last = next
      table.dropOld()
      #expect(table.armings.count <= 4_096)
    }
    #expect(table.next == last)
    table.set(Self.key(0), from: nil, to: old)
    Self.compare(table, [Self.key(0): old, Self.key(1): try #require(last)])
  }
}
