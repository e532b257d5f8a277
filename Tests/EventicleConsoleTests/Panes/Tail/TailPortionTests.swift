import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// Rows and searches made in portions.
@Suite struct TailPortionTests {
  private func session(_ count: Int) throws -> Session {
    var session = try Session(.shop)
    for line in [
      "do PlaceOrder customer=c-19 total:=59", "clock +1m", "do DeclinePayment paymentId=pay-9",
      "emit orders Noted text=abc --count \(count)", "clock +10m",
    ] {
      _ = session.run(line)
    }
    return session
  }

  @Test(arguments: seeds(20))
  func `rows made in portions are the rows made in one go`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let moment = try session(Int.random(in: 1...40, using: &random)).moment
    let filters: [FilterExpression?] = [
      nil, try FilterExpression(parsing: "Order*"), try FilterExpression(parsing: "/a.c/"),
    ]
    for filter in filters {
      var whole = TailRows()
      whole.extend(
        from: moment, passing: filter, cost: 3, within: .init(entries: .max, work: .max / 2))
      var parts = TailRows()
      while parts.indexed < moment.timeline.count {
        var next = TailRows(at: parts.start)
        next.extend(
          from: moment, passing: filter, cost: 3,
          within: .init(
            entries: Int.random(in: 1...7, using: &random),
            work: Int.random(in: 0...90, using: &random)), isForced: true)
        #expect(next.indexed > parts.indexed)
        parts.append(next)
      }
      #expect(parts.packed == whole.packed)
      #expect(parts.total == whole.total)
      #expect(parts.passed == whole.passed)
    }
  }

  @Test(arguments: [true, false])
  func `a search in portions finds what one in one go finds`(forward: Bool) throws {
    let moment = try session(30).moment
    var tail = TailModel()
    tail.extend(from: moment)
    for text in ["c-19", "abc", "Payment", "zzz"] {
      for row in 0..<tail.count {
        tail.list.select(row, count: tail.count)
        let search = TailSearch(TextPattern(containing: text), forward: forward, in: tail)
        let whole = search.read(tail, moment, within: .init(entries: .max, work: .max / 2))
        var parts = search
        while !parts.isOver {
          let next = parts.read(tail, moment, within: .init(entries: 3, work: 10))
          #expect(next.done > parts.done || next.found != nil)
          parts = next
        }
        #expect(parts.found == whole.found)
      }
    }
  }

  private var heavy: String { "/" + String(repeating: "a*", count: 100) + "z/" }

  @Test func `a heavy filter is read beside the terminal and ends with the same rows`() throws {
    let pilot = try WorkPilot(after: [
      "emit orders Big text=\(String(repeating: "a", count: 30_000)) --count 20",
      "emit orders Small text=z",
    ])
    try pilot.press("& \(heavy) <Enter>")
    #expect(pilot.model.message?.text == "1 of 21 events pass; C shows neighbours")
    #expect(pilot.model.tail.count == 1)
  }

  @Test func `Ctrl-C ends a filter that is being read and shows all events again`() throws {
    let session = try session(2)
    var model = Model(size: Size(columns: 80, rows: 24), moment: session.moment)
    model.tail.extend(from: model.moment)
    let all = model.tail.count
    model.tail.filter = try FilterExpression(parsing: heavy)
    model.tail.filterText = String(repeating: "*", count: 1 << 22)
    model.tail.rebuild(from: model.moment)
    let effects = TailReadingUpdate.ask(&model)
    #expect(effects.contains { if case .readRows = $0 { true } else { false } })
    #expect(TailReadingUpdate.ask(&model).isEmpty)
    #expect(model.tail.isReadingLong)
    _ = Update.apply(.key(KeyPress("c", .control)), to: &model)
    #expect(model.tail.filter == nil)
    #expect(model.tail.count == all)
    #expect(!model.isQuitting)
    #expect(model.message?.text.contains("the filter was ended") == true)
  }
}
