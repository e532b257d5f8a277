import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct SagaHistoryTests {
  @Test(arguments: seeds(30))
  func `a window of a saga's history says what the whole history says`(seed: UInt64) throws {
    let bench = try RandomShop.workbench(seed: seed, count: 15, remembering: false)
    var random = SeededRandom(seed: seed)
    let entry = JournalIndex(Int.random(in: 0...bench.timeline.count, using: &random))
    let cursor = bench.timeline.moment(of: entry)
    let moment = MomentView(
      cursor: cursor, world: bench.timeline.world(after: cursor.entry), timeline: bench.timeline,
      domain: bench.engine.domain)
    let sagas = bench.world.sagas
    for index in 0..<sagas.count(of: "PaymentSaga") {
      let key = try #require(sagas.instance(of: "PaymentSaga", at: index)).key
      let whole = moment.history(of: key)
      #expect(whole.skipped == 0 && whole.steps.count == whole.count)
      #expect(whole.past.all == whole.steps.count { !$0.isAhead })
      #expect(whole.past.failed == whole.steps.count { !$0.isAhead && $0.problem != nil })
      #expect(whole.startedAt == whole.steps.first?.instant)
      for middle in 0..<max(1, whole.count) {
        for reach in 0...2 {
          let part = moment.history(of: key, around: middle, reach: reach)
          let wanted = whole.steps.indices.filter { abs($0 - middle) <= reach }
          #expect(part.skipped == wanted.first ?? 0)
          #expect(part.count == whole.count)
          #expect(part.steps.map(\.entry) == wanted.map { whole.steps[$0].entry })
          #expect(part.steps.map(\.data) == wanted.map { whole.steps[$0].data })
          #expect(part.steps.map(\.changes) == wanted.map { whole.steps[$0].changes })
          #expect(part.steps.map(\.outputs) == wanted.map { whole.steps[$0].outputs })
        }
      }
    }
  }
}
