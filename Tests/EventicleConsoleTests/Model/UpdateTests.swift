import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// A console after one order has been placed.
private func placed(_ columns: Int = 80, _ rows: Int = 24) throws -> ConsolePilot {
  try ConsolePilot(columns: columns, rows: rows).type("do PlaceOrder customer=c-19 total:=59")
}

@Suite struct UpdateTests {
  @Test func `Enter on an empty log runs the domain's first command`() throws {
    let pilot = try ConsolePilot().press("j <Enter>")
    #expect(pilot.workbench.session.head.log.count == 3)
    #expect(pilot.text.contains("PaymentRequested"))
  }

  @Test func `two steps back and two forward end on the same screen`() throws {
    let pilot = try placed().press("<Space> L")
    let before = pilot.lines.dropLast(2)
    try pilot.press(", ,")
    #expect(pilot.model.mode == .past)
    #expect(pilot.workbench.session.shown.log.count == 0)
    try pilot.press(". .")
    #expect(Array(pilot.lines.dropLast(2)) == Array(before))
    #expect(pilot.model.mode == .live)
  }

  @Test func `stepping through time keeps the same order in view`() throws {
    let pilot = try placed().press("3 ,")
    #expect(pilot.text.contains("State  Order order-1  paying  v2"))
    try pilot.press(",")
    #expect(pilot.text.contains("It does not exist yet at the time cursor."))
    try pilot.press(". . L")
    #expect(pilot.text.contains("State  Order order-1  paying  v2"))
    try pilot.press("1 k")
    #expect(pilot.model.state.subject == .instance(AggregateKey("Order", "order-1")))
    try pilot.press("j")
    #expect(pilot.model.state.subject == .instance(AggregateKey("Payment", "pay-1")))
  }

  @Test(arguments: seeds(20))
  func `any trip through time and back to live ends on the same screen`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pilot = try placed().type("do DeclinePayment paymentId=pay-1").press("t L")
    let before = Array(pilot.lines.dropLast())
    let keys = [",", ".", "i", "I", "{", "}", "j", "k", "<Enter>", "gg"]
    for _ in 0..<40 { try pilot.press(keys[Int.random(in: 0..<keys.count, using: &random)]) }
    let journal = pilot.workbench.session.timeline.count
    try pilot.press("1 L")
    #expect(Array(pilot.lines.dropLast()) == before)
    #expect(pilot.workbench.session.timeline.count == journal)
  }

  @Test func `moving up stops following, and moving to the end resumes it`() throws {
    let pilot = try placed().press("k")
    #expect(!pilot.model.tail.isFollowing)
    try pilot.press("G")
    #expect(pilot.model.tail.isFollowing)
    try pilot.type("do PlaceOrder customer=c-3 total:=5")
    #expect(pilot.model.selectedPosition == Position(6))
  }

  @Test func `the row that is selected is the moment that is shown`() throws {
    let pilot = try placed().type("do DeclinePayment paymentId=pay-1").press("1 k")
    #expect(pilot.model.mode == .past && pilot.workbench.session.shown.log.count == 4)
    try pilot.press("k k")
    #expect(pilot.model.selectedPosition == Position(2))
    #expect(pilot.workbench.session.shown.log.count == 2)
    // Both events of a step have one moment, and the selection stays where it was put.
    try pilot.press("k")
    #expect(pilot.model.selectedPosition == Position(1))
    #expect(pilot.workbench.session.shown.log.count == 2)
    try pilot.press("gd").press("G")
    #expect(pilot.model.mode == .live && pilot.model.tail.isFollowing)
  }

  @Test func `Space plays the past until a key is pressed or the newest moment is reached`() throws
  {
    let pilot = try placed().press("gg <Space>")
    #expect(pilot.model.isPlaying && pilot.workbench.session.shown.log.count == 3)
    pilot.workbench.send(.play)
    #expect(!pilot.model.isPlaying || pilot.model.moment.isAtHead)
    let other = try placed().press(", , <Space> <Space>")
    #expect(!other.model.isPlaying && other.model.mode == .past)
  }

  @Test func `holding stops the clock and deliveries`() throws {
    let pilot = try placed().press("<Space>").type("do PlaceOrder customer=c-2 total:=5")
    #expect(pilot.model.mode == .held)
    #expect(pilot.workbench.session.head.queue.count > 0)
    pilot.wait(.minutes(9))
    #expect(pilot.workbench.session.head.log.count == 5)
    try pilot.press("<Space>")
    #expect(pilot.model.mode == .live)
    #expect(pilot.workbench.session.head.queue.isEmpty)
  }

  @Test func `a timer fires when it is due, or immediately with t`() throws {
    let pilot = try placed()
    pilot.wait(.minutes(5))
    #expect(pilot.text.contains("OrderCancelled"))
    let other = try placed().press("t")
    #expect(other.text.contains("OrderCancelled"))
  }

  @Test func `a problem is marked under its column and the line stays`() throws {
    let pilot = try ConsolePilot().type("do PlaceOrder customer=c-19 total:=x")
    #expect(pilot.model.bar != nil)
    let caret = try #require(pilot.lines.lastIndex { $0.contains("^") })
    let column = try #require(pilot.lines[caret].firstIndex(of: "^"))
    let distance = pilot.lines[caret].distance(from: pilot.lines[caret].startIndex, to: column)
    #expect(distance == ":do PlaceOrder customer=c-19 total:=".count)
    try pilot.press("<Esc>")
    #expect(pilot.model.bar == nil)
  }

  @Test func `a filter folds all but the matching rows and counts them`() throws {
    let pilot = try placed().type("filter type:Payment*")
    #expect(pilot.model.tail.find?.hits.count == 1)
    #expect(pilot.model.tail.total == 3)
    #expect(pilot.text.contains("/type:Payment*  only these"))
    #expect(pilot.text.contains("1 of 3 rows"))
    let journal = pilot.workbench.session.timeline.count
    try pilot.press("za")
    #expect(pilot.model.tail.count == 3)
    try pilot.press("za <Esc>")
    #expect(pilot.model.tail.find == nil)
    #expect(pilot.workbench.session.timeline.count == journal)
  }

  @Test func `back restores the focus and the selection`() throws {
    let pilot = try placed().press("k k")
    let selected = pilot.model.selectedEntry
    try pilot.press("g s")
    #expect(pilot.model.focus == .saga)
    try pilot.press("<C-o>")
    #expect(pilot.model.focus == .tail)
    #expect(pilot.model.selectedEntry == selected)
  }

  @Test func `q first leaves the zoomed pane, then the console`() throws {
    let pilot = try ConsolePilot().press("f")
    #expect(pilot.model.isZoomed)
    try pilot.press("q")
    #expect(!pilot.model.isZoomed)
    #expect(!pilot.workbench.isOver)
    try pilot.press("q")
    #expect(pilot.workbench.isOver)
  }

  @Test func `wq leaves only after a successful save`() throws {
    let pilot = try placed()
    pilot.effectRunner.answer = [.report(StatusMessage("cannot be written", .problem))]
    try pilot.type("wq x.tape")
    #expect(!pilot.workbench.isOver)
    #expect(pilot.text.contains("cannot be written"))
    pilot.effectRunner.answer = [.saved("x.tape")]
    try pilot.type("wq x.tape")
    #expect(pilot.workbench.isOver)
    #expect(pilot.effectRunner.effects.contains(.save("x.tape", force: false)))
  }

  @Test func `nothing fires while the past is shown`() throws {
    let pilot = try placed().press(", ,")
    let count = pilot.workbench.session.timeline.count
    try pilot.press("t 5 j <Enter>")
    #expect(pilot.workbench.session.timeline.count == count)
    #expect(pilot.model.mode == .past)
  }

  @Test func `C-c leaves only when pressed twice in a row`() throws {
    let pilot = try ConsolePilot().press("<C-c> j <C-c>")
    #expect(!pilot.workbench.isOver)
    try pilot.press("<C-c>")
    #expect(pilot.workbench.isOver)
  }

  @Test func `every action has a title and keys that lead to it`() throws {
    for action in Action.allCases {
      let notations = Keymap.standard.notations(of: action)
      #expect(!notations.isEmpty, "\(action.rawValue) has no key")
      #expect(!action.title.isEmpty)
      for notation in notations {
        let keys = try #require(KeyPress.sequence(notation), "\(notation)")
        #expect(Keymap.standard.match(keys) == .action(action), "\(notation)")
      }
    }
  }

  @Test(arguments: PaneID.allCases)
  func `every hint in the footer is available where it is shown`(pane: PaneID) throws {
    let pilot = try placed().press(String(pane.rawValue))
    for action in FooterBar.actions(pilot.model) {
      #expect(action.disabledReason(pilot.model) == nil)
      let label = Keymap.standard.notations(of: action)
      #expect(!label.isEmpty)
    }
  }

  @Test(arguments: seeds(30))
  func `random keys at random sizes neither trap nor change the past`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pilot = try placed().type("do DeclinePayment paymentId=pay-1")
    let first = (1...8).map { pilot.workbench.session.timeline.entry(JournalIndex($0))?.kind }
    // What is undone is meant to be gone.
    let keys =
      Keymap.standard.bindings.map(\.notation).filter { !["q", "<C-c>", "u"].contains($0) }
      + [
        "1", "2", "3", "4", "5", "6", "x", "<Esc>", "d o <Space> P <Tab>", "<Enter>", "<Backspace>",
      ]
    for round in 0..<150 {
      if round % 10 == 0 {
        pilot.resize(
          Int.random(in: 1...220, using: &random), Int.random(in: 1...60, using: &random))
      }
      try pilot.press(
        keys[Int.random(in: 0..<keys.count, using: &random)].replacing("<lt>", with: "<"))
      let buffer = pilot.frame.buffer
      #expect(buffer.size == pilot.model.size)
    }
    #expect((1...8).map { pilot.workbench.session.timeline.entry(JournalIndex($0))?.kind } == first)
  }

  @Test func `the cost of a screen does not depend on the length of the log`() throws {
    func cost(_ count: Int) throws -> WorkMeter {
      let pilot = try ConsolePilot()
      let lines = (1...count).map {
        #"{"id":"e\#($0)","type":"OrderCreated","stream":"orders","domainId":"order-\#($0)","createdAt":\#(1_767_258_000_000 + $0 * 40),"data":{"customer":"c","total":5,"currency":"GBP"}}"#
      }
      pilot.workbench.add(.importEvents(Array(lines.joined(separator: "\n").utf8), from: nil))
      try pilot.press(", ,")
      return pilot.frame.meter
    }
    let (small, large) = (try cost(300), try cost(6_000))
    #expect(large.eventsRead <= small.eventsRead + 4)
    #expect(large.entriesRead <= small.entriesRead + 4)
    #expect(abs(large.cellsWritten - small.cellsWritten) < 100)
    #expect(small.eventsRead > 0)
  }
}
