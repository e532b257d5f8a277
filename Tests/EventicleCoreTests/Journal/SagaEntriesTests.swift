import TestSupport
import Testing

@testable import EventicleCore

@Suite struct SagaEntriesTests {
  /// What is kept of one entry, as a list keeps it.
  private struct Entry {
    let number: Int
    let step: SagaEntries.StepResult?
  }

  @Test(arguments: seeds(100))
  func `steps are counted and found as in a plain list`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var entries = SagaEntries()
    var naive: [SagaKey: [Entry]] = [:]
    let keys = (1...3).map { SagaKey("S", "saga-\($0)") }
    for number in 1...300 where Int.random(in: 0..<3, using: &random) > 0 {
      let place = Int.random(in: 0..<3, using: &random)
      let step: SagaEntries.StepResult? =
        switch Int.random(in: 0..<4, using: &random) {
        case 0: nil
        case 1: .failed
        default: .succeeded
        }
      entries.append(
        Int32(number), of: keys[place], number: place == 2 ? nil : place, step: step)
      naive[keys[place], default: []].append(Entry(number: number, step: step))
    }
    for key in keys + [SagaKey("S", "nobody")] {
      let all = naive[key] ?? []
      let steps = all.filter { $0.step != nil }
      #expect(entries.count(of: key) == all.count)
      for end in 0...301 {
        let past = all.filter { $0.number <= end }
        let found = entries.steps(of: key, upTo: end)
        #expect(found.all == past.count { $0.step != nil })
        #expect(found.failed == past.count { $0.step == .failed })
        #expect(entries.entries(of: key, upTo: end) == past.map(\.number))
        let wanted = steps.indices.contains(end - 1) ? steps[end - 1].number : nil
        #expect(entries.step(end, of: key) == wanted)
      }
    }
  }
}
