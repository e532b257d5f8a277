import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

@testable import EventicleConsole

/// One conversation in the tabs of the map: as a tree, as a sequence, over time.
@Suite struct FlowTabsTests {
  static let lines = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s", "do DeclinePayment paymentId=pay-1",
    "do PlaceOrder customer=c-7 total:=20", "clock +30s", "do CapturePayment paymentId=pay-2",
  ]

  private func pilot(_ columns: Int = 120, _ rows: Int = 40) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: rows).run(lines: Self.lines)
  }

  private func flow(_ pilot: ConsolePilot) -> FlowModel { pilot.model.panes[MapPane.self].flow }

  private func root(_ pilot: ConsolePilot) -> Int? {
    flow(pilot).reading?.conversation.nodes.first?.index.number
  }

  @Test func `brackets turn through map, flow, lanes and Gantt, and round`() throws {
    let pilot = try pilot().press("7")
    var seen: [MapModel.Tab] = []
    for _ in 0..<5 {
      seen.append(pilot.model.panes[MapPane.self].tab)
      try pilot.press("]")
    }
    #expect(seen == [.map, .flow, .lanes, .gantt, .map])
    try pilot.press("[ [")
    #expect(pilot.model.panes[MapPane.self].tab == .gantt)
    #expect(pilot.text.contains("[Gantt]"))
  }

  @Test func `gf opens the conversation of the selected row`() throws {
    let pilot = try pilot().press("gg gf")
    #expect(pilot.model.focus == .map && pilot.model.panes[MapPane.self].tab == .flow)
    #expect(root(pilot) == 1)
    #expect(pilot.text.contains("C PlaceOrder"))
  }

  @Test func `the verb opens the conversation of an event without moving time`() throws {
    let pilot = try pilot()
    let cursor = pilot.model.moment.cursor
    try pilot.type("flow #1")
    #expect(pilot.model.focus == .map && root(pilot) == 1)
    #expect(pilot.model.moment.cursor == cursor)
  }

  @Test func `j and k walk rows, and the row is the moment in every pane`() throws {
    let pilot = try pilot().press("gg gf")
    let conversation = try #require(flow(pilot).reading?.conversation)
    var before = flow(pilot)[.flow].selected
    for _ in 0..<6 {
      try pilot.press("j")
      let selected = flow(pilot)[.flow].selected
      #expect(selected == before + 1)
      before = selected
      let node = conversation.nodes[selected]
      #expect(
        pilot.model.moment.cursor == MapTarget.cursor(at: node.index, pilot.model.moment))
      #expect(root(pilot) == 1)
    }
    try pilot.press("k")
    #expect(flow(pilot)[.flow].selected == before - 1)
  }

  @Test(arguments: ["]", "] ]"])
  func `the other tabs walk time too, and pass over pauses`(keys: String) throws {
    let pilot = try pilot().press("gg gf \(keys)")
    let tab = pilot.model.panes[MapPane.self].tab
    try pilot.press("gg")
    for _ in 0..<12 {
      try pilot.press("j")
      let rows = try #require(MapPane.rows(pilot.model.panes[MapPane.self]))
      let entry = try #require(rows.entry(at: flow(pilot)[tab].selected))
      #expect(
        pilot.model.moment.cursor == MapTarget.cursor(at: entry, pilot.model.moment))
      #expect(root(pilot) == 1)
    }
  }

  @Test func `in the Gantt h and l walk along a group`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.late)
      .press("gg gf ] ] gg")
    let spans = try #require(flow(pilot).reading?.spans.spans)
    let saga = try #require(
      spans.firstIndex { if case .saga = $0.kind { $0.marks.count > 2 } else { false } })
    for _ in 0..<saga { try pilot.press("j") }
    #expect(flow(pilot)[.gantt].selected == saga)
    for mark in 1..<spans[saga].marks.count {
      try pilot.press("l")
      #expect(flow(pilot)[.gantt].selected == saga)
      let node = flow(pilot).reading?.conversation.nodes[spans[saga].marks[mark]]
      #expect(flow(pilot).aim == node?.index)
    }
    try pilot.press("h")
    #expect(flow(pilot)[.gantt].selected == saga)
  }

  @Test func `stepping through time keeps the conversation and moves the selection`() throws {
    let pilot = try pilot().press("gg gf")
    #expect(root(pilot) == 1)
    try pilot.press(". . .")
    #expect(root(pilot) == 1)
    try pilot.press("L")
    #expect(pilot.model.moment.isAtHead)
  }

  @Test func `another row of the tail brings its own conversation`() throws {
    let pilot = try pilot(200, 50).press("7 ]").press("1 gg")
    #expect(root(pilot) == 1)
    try pilot.press("j j j")
    #expect(root(pilot) != 1)
  }

  @Test func `Enter opens the saga, the view or the event of a row`() throws {
    let pilot = try pilot().press("gg gf")
    let conversation = try #require(flow(pilot).reading?.conversation)
    func press(onNode isMeant: (Conversation.Node) -> Bool) throws -> PaneID {
      let found = conversation.nodes.firstIndex { isMeant($0) }
      let place = try #require(found)
      try pilot.press("7 gg")
      for _ in 0..<place { try pilot.press("j") }
      try pilot.press("<Enter>")
      return pilot.model.focus
    }
    #expect(try press(onNode: { $0.letter == "S" }) == .saga)
    #expect(try press(onNode: { $0.letter == "V" }) == .views)
    #expect(try press(onNode: { $0.letter == "E" }) == .event)
    #expect(try press(onNode: { $0.letter == "T" }) == .saga)
  }

  @Test func `before anything has happened the tabs say so`() throws {
    let pilot = try ConsolePilot(columns: 80, rows: 24).press("7 ] f")
    #expect(pilot.text.contains("Nothing has happened"))
  }

  @Test func `what follows later joins the conversation`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40)
    pilot.run("do PlaceOrder customer=c-19 total:=59")
    try pilot.press("gg gf")
    let before = flow(pilot).reading?.conversation.nodes.count ?? 0
    pilot.run("clock +5m")
    #expect((flow(pilot).reading?.conversation.nodes.count ?? 0) > before)
  }

  @Test func `drawing a tab reads no reducer and costs the rows on the screen`() throws {
    for tab in ["]", "] ]", "] ] ]"] {
      let pilot = try pilot().press("7 f \(tab)")
      let before = pilot.workbench.foldMeter
      _ = pilot.frame
      #expect(pilot.workbench.foldMeter == before)
    }
  }

  @Test func `slash finds in each tab`() throws {
    for tab in ["", "]", "] ]"] {
      let pilot = try pilot().press("gg gf \(tab) /timeout<Enter>")
      #expect(pilot.model.finds[.map]?.hits.isEmpty == false, "\(tab)")
    }
  }

  @Test func `a hostile name stays in its row`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40)
    pilot.run("emit notes 'Note\u{1b}[31m\u{202e}x' 'id\u{7}\u{200b}'")
    for tab in ["", "]", "] ]"] {
      try pilot.press("1 gf \(tab)")
      #expect(!pilot.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
  }

  @Test func `a long chain is drawn from the left with its selected row in sight`() throws {
    let pilot = try ConsolePilot(Session(Domain("chain")), columns: 80, rows: 24)
    for number in 1...120 {
      pilot.run("emit notes Noted n-\(number)" + (number > 1 ? " causedBy:#\(number - 1)" : ""))
    }
    try pilot.press("gf")
    #expect(pilot.text.contains("‹ "))
    #expect(pilot.text.contains("n-120"))
  }
}

/// The axis of the Gantt: pauses are folded, the rest is to scale.
@Suite struct FlowAxisTests {
  private func axis(_ seconds: [Int64], columns: Int) -> FlowAxis {
    FlowAxis(
      seconds.map { Instant(milliseconds: $0 * 1_000) }, columns: columns, idle: .seconds(5))
  }

  @Test func `instants keep their order and stay within the columns`() {
    for seconds in [[0], [0, 1, 2], [0, 2, 32, 33, 400], Array(0...40), [0, 10, 20, 30, 40, 50]] {
      for columns in [1, 2, 5, 12, 35, 80, 150] {
        let axis = axis(seconds.map(Int64.init), columns: columns)
        let places = seconds.map { axis.column(of: Instant(milliseconds: Int64($0) * 1_000)) }
        #expect(places == places.sorted(), "\(seconds) in \(columns)")
        #expect(
          places.allSatisfy { (0..<columns).contains($0) }, "\(seconds) in \(columns): \(places)")
      }
    }
  }

  @Test func `a pause is folded to one stretch that says how long it was`() {
    let axis = axis([0, 2, 32, 33], columns: 60)
    #expect(axis.stretches.count { $0.isIdle } == 1)
    #expect(axis.stretches.map(\.columns.count).reduce(0, +) == 60)
    let idle = axis.stretches.first(where: \.isIdle)
    #expect((idle?.columns.count ?? 99) < 12)
    #expect(axis.isToScale)
  }

  @Test func `with too many stretches there is only an order`() {
    let axis = axis((0..<40).map { Int64($0) * 60 }, columns: 20)
    #expect(!axis.isToScale)
    #expect(axis.column(of: Instant(milliseconds: 39 * 60_000)) == 19)
  }
}
