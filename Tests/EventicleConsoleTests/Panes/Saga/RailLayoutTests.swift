import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct SagaRailLayoutTests {
  private static func stretch(_ first: Int, _ last: Int) -> RailLayout.Stretch {
    RailLayout.Stretch(first: first, last: last, isOver: true)
  }

  /// Random stretches of which no two start or end in the same row.
  private static func random(_ seed: UInt64) -> [RailLayout.Stretch] {
    var random = SeededRandom(seed: seed)
    var free = Set(0..<60)
    var stretches: [RailLayout.Stretch] = []
    for _ in 0..<random.number(0...12) {
      let rows = free.sorted()
      guard let first = rows.dropLast(4).randomElement(using: &random),
        let last = rows.filter({ $0 > first }).randomElement(using: &random)
      else { continue }
      free.subtract([first, last])
      stretches.append(
        RailLayout.Stretch(first: first, last: last, isOver: random.number(0...1) == 0))
    }
    return stretches.sorted { $0.first < $1.first }
  }

  @Test func `a timer that outlives another one gets the outer lane`() {
    let layout = RailLayout([Self.stretch(1, 9), Self.stretch(3, 5)], most: 3)
    #expect(layout.lanes == [0, 1])
  }

  @Test func `a timer armed again keeps its lane`() {
    let layout = RailLayout([Self.stretch(1, 4), Self.stretch(4, 8)], most: 3)
    #expect(layout.lanes == [0, 0])
    #expect(layout.cells(in: 4).map(\.mark) == [.turns])
  }

  @Test func `a lane is free again after its rail ends`() {
    let layout = RailLayout([Self.stretch(1, 4), Self.stretch(5, 8)], most: 1)
    #expect(layout.lanes == [0, 0])
  }

  @Test func `a timer without a lane is counted while it is armed`() {
    let layout = RailLayout([Self.stretch(0, 9), Self.stretch(1, 8), Self.stretch(2, 7)], most: 2)
    #expect(layout.lanes[2] == nil)
    #expect([1, 2, 6, 7].map { layout.hidden(in: $0) } == [0, 1, 1, 0])
  }

  @Test func `a timer that ends in its first row has no rail`() {
    let layout = RailLayout([Self.stretch(3, 3)], most: 3)
    #expect(layout.lanes == [nil])
    #expect(layout.hidden(in: 3) == 0)
  }

  @Test(arguments: UInt64(0)..<200) func `two rails never share a cell`(seed: UInt64) {
    let layout = RailLayout(Self.random(seed), most: 3)
    for (index, first) in layout.stretches.enumerated() {
      for other in layout.stretches.indices.dropFirst(index + 1) {
        guard let lane = layout.lanes[index], lane == layout.lanes[other] else { continue }
        let second = layout.stretches[other]
        #expect(first.last <= second.first || second.last <= first.first)
      }
    }
  }

  @Test(arguments: UInt64(0)..<200) func `every rail is unbroken between its ends`(seed: UInt64) {
    let layout = RailLayout(Self.random(seed), most: 3)
    for (stretch, lane) in zip(layout.stretches, layout.lanes) {
      guard let lane else { continue }
      for row in stretch.first...stretch.last {
        let mark = layout.cells(in: row).first { $0.lane == lane }?.mark
        switch row {
        case stretch.first: #expect(mark == .opens || mark == .turns)
        case stretch.last: #expect(mark == .closes || mark == .turns)
        default: #expect(mark == .passes)
        }
      }
    }
  }

  @Test(arguments: UInt64(0)..<200) func `a lane is refused only when all are taken`(
    seed: UInt64
  ) {
    let layout = RailLayout(Self.random(seed), most: 3)
    for (stretch, lane) in zip(layout.stretches, layout.lanes) where lane == nil {
      #expect(layout.cells(in: stretch.first).count == 3)
    }
  }
}
