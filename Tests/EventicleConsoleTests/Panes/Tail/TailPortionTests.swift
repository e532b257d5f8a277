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

  private func filters() throws -> [FilterExpression] {
    try ["Order*", "/a.c/", "pay-9", "!type:Order*", "retry or Payment*", "zzz"].map {
      try FilterExpression(parsing: $0)
    }
  }

  @Test(arguments: seeds(20))
  func `rows and hits made in portions are those made in one go`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let moment = try session(Int.random(in: 1...40, using: &random)).moment
    var whole = TailRows()
    whole.extend(from: moment, within: .init(entries: .max, work: .max / 2))
    var parts = TailRows()
    while parts.indexed < moment.timeline.count {
      var next = TailRows(at: .init(low: parts.indexed, indexed: parts.indexed))
      next.extend(
        from: moment, within: .init(entries: Int.random(in: 1...7, using: &random), work: 0))
      #expect(next.indexed > parts.indexed)
      parts.append(next)
    }
    #expect(parts.packed == whole.packed && parts.total == whole.total)
    #expect(parts.entries == whole.entries && parts.lastEntry == whole.lastEntry)
    var late = TailRows(at: .init(low: moment.timeline.count, indexed: moment.timeline.count))
    while late.low > 0 {
      let low = max(0, late.low - Int.random(in: 1...7, using: &random))
      var earlier = TailRows(at: .init(low: low, indexed: low))
      earlier.extend(from: moment, within: .init(entries: late.low - low, work: 0))
      let before = late.packed.count
      #expect(late.prepend(earlier) == late.packed.count - before)
    }
    #expect(late.packed == whole.packed && late.total == whole.total)
    #expect(late.entries == whole.entries && late.firstEntry == whole.firstEntry)
    #expect(late.lastEntry == whole.lastEntry && late.start == whole.start)
    for filter in try filters() {
      var all = TailHits()
      all.extend(
        from: moment, passing: filter, cost: 3, within: .init(entries: .max, work: .max / 2))
      var hits = TailHits()
      while hits.indexed < moment.timeline.count {
        var next = TailHits(at: .init(low: hits.indexed, indexed: hits.indexed))
        next.extend(
          from: moment, passing: filter, cost: 3,
          within: .init(
            entries: Int.random(in: 1...7, using: &random),
            work: Int.random(in: 0...90, using: &random)), isForced: true)
        #expect(next.indexed > hits.indexed)
        hits.append(next)
      }
      #expect(hits.packed == all.packed && hits.gaps == all.gaps && hits.looked == all.looked)
      #expect(hits.entries == all.entries && hits.start == all.start)
      var late = TailHits(at: .init(low: moment.timeline.count, indexed: moment.timeline.count))
      while late.low > 0 {
        let low = max(0, late.low - Int.random(in: 1...7, using: &random))
        var earlier = TailHits(at: .init(low: low, indexed: low))
        earlier.extend(
          from: moment, passing: filter, cost: 3,
          within: .init(entries: late.low - low, work: .max / 2))
        late.prepend(earlier)
      }
      #expect(late.packed == all.packed && late.gaps == all.gaps && late.looked == all.looked)
      #expect(late.entries == all.entries && late.start == all.start)
    }
  }

  @Test(arguments: seeds(20))
  func `a search, folds and unfolds keep the selected entry`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let moment = try session(Int.random(in: 1...40, using: &random)).moment
    let filters = try filters()
    var tail = TailModel()
    tail.extend(from: moment)
    tail.move(by: Int.random(in: -50...(-1), using: &random))
    for _ in 0..<40 {
      let (selected, wasFollowing) = (tail.selectedEntry, tail.isFollowing)
      #expect(selected != nil)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: tail.fold(tail.find?.isFolded != true)
      case 1: tail.search(for: nil, text: "", isFolded: false, in: moment)
      default:
        tail.search(
          for: filters.randomElement(using: &random), text: "x",
          isFolded: Bool.random(using: &random), in: moment)
      }
      #expect(tail.selectedEntry == selected && tail.isFollowing == wasFollowing)
      let shown = tail.row(tail.list.selected)
      if tail.find?.isFolded == true, let selected, tail.find?.hits.contains(selected) == false {
        guard case .folded = shown else {
          Issue.record("\(selected) is drawn as \(String(describing: shown))")
          return
        }
      } else {
        #expect(shown == selected.map { .entry($0) })
      }
      // Every row of the folds and the hits together are all rows.
      if let find = tail.find, find.isFolded {
        let folded = (0..<tail.count).reduce(0) { sum, index in
          guard case .folded(let entry) = tail.row(index) else { return sum }
          return sum + Int(tail.content(ofFoldBefore: entry).rows)
        }
        #expect(folded + find.hits.count == tail.rows.entries)
      }
      if Bool.random(using: &random) { tail.move(by: Int.random(in: -6...6, using: &random)) }
    }
  }

  private var heavy: String { "/" + String(repeating: "a*", count: 100) + "z/" }

  @Test func `a heavy search is read beside the terminal and ends with the same rows`() throws {
    let pilot = try WorkPilot(after: [
      "emit orders Big text=\(String(repeating: "a", count: 30_000)) --count 20",
      "emit orders Small text=z",
    ])
    try pilot.press("/ \(heavy) <Tab> <Enter>")
    #expect(pilot.model.tail.find?.isDone == true)
    #expect(pilot.model.tail.find?.hits.count == 1)
    // The hit is the last row, and one fold stands before it.
    #expect(pilot.model.tail.count == 2)
  }

  @Test func `Ctrl-C ends a search that is being read and shows all rows again`() throws {
    let session = try session(2)
    var model = Model(size: Size(columns: 80, rows: 24), moment: session.moment)
    model.tail.extend(from: model.moment)
    let all = model.tail.count
    model.tail.search(
      for: try FilterExpression(parsing: heavy), text: String(repeating: "*", count: 1 << 22),
      isFolded: true, in: model.moment)
    let effects = TailReadingUpdate.ask(&model)
    #expect(effects.contains { if case .find = $0 { true } else { false } })
    #expect(TailReadingUpdate.ask(&model).isEmpty)
    #expect(model.tail.find?.isLong == true)
    _ = Update.apply(.key(KeyPress("c", .control)), to: &model)
    #expect(model.tail.find == nil)
    #expect(model.tail.count == all)
    #expect(!model.isQuitting)
    #expect(model.message?.text.contains("the search was ended") == true)
  }

  @Test func `Ctrl-C behind the typed text ends the search too`() throws {
    let pilot = try WorkPilot(after: ["emit orders Big text=aaaa --count 20"])
    try pilot.press("/ aaa <C-c>")
    #expect(pilot.model.bar == nil && pilot.model.tail.find == nil)
    #expect(pilot.model.tail.count == 20 && !pilot.model.isQuitting)
  }
}
