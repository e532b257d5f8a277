import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// `/` in lists and trees: what is found, how one walks, what is folded, and how it ends.
@Suite struct FindTests {
  private func story(_ columns: Int = 120, _ rows: Int = 40) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: rows).run(lines: PaneStory.orders)
  }

  private func prompt(_ pilot: ConsolePilot) -> String { pilot.lines.last ?? "" }

  // MARK: - The tail

  @Test func `typing counts hits, walks to one, and Tab folds the rest`() throws {
    let pilot = try story().press("gg / type:Payment* data.amount>6")
    // Only requests name an amount.
    #expect(
      prompt(pilot).contains(
        "/type:Payment* data.amount>6")
        && prompt(pilot).contains(
          "6 of 49 rows · hit 1 of 6 · Tab only these · ↑ earlier · Enter keeps · Esc all")
        || prompt(pilot).contains("· Tab only these · ↑ earlier · Enter keeps · Esc all"),
      "\(prompt(pilot))")
    #expect(pilot.model.selectedPosition == Position(3))
    #expect(pilot.model.mode == .past)
    let all = pilot.model.tail.count
    try pilot.press("<Tab>")
    #expect(pilot.model.tail.count < all)
    #expect(pilot.text.contains("▸     2 events"))
    #expect(prompt(pilot).contains("Tab all rows"))
    #expect(pilot.model.selectedPosition == Position(3))
    try pilot.press("<Tab>")
    #expect(pilot.model.tail.count == all)
    #expect(pilot.model.selectedPosition == Position(3))
  }

  @Test func `Enter keeps the hits and the folds, n and N walk, and Esc brings all back`() throws {
    let pilot = try story().press("gg / PaymentDeclined <Tab> <Enter>")
    #expect(pilot.model.bar == nil)
    #expect(pilot.text.contains("/PaymentDeclined  only these"))
    let find = try #require(pilot.model.tail.find)
    let hits = find.hits.entries.map { JournalIndex(Int($0)) }
    #expect(hits.count > 2)
    #expect(pilot.model.selectedEntry == hits[0])
    try pilot.press("n")
    #expect(pilot.model.selectedEntry == hits[1])
    #expect(pilot.model.message?.text == "\"PaymentDeclined\": hit 2 of \(hits.count)")
    try pilot.press("N N")
    #expect(pilot.model.selectedEntry == hits.last)
    #expect(pilot.model.message?.text.hasSuffix("once round") == true)
    try pilot.press("<Esc>")
    #expect(pilot.model.tail.find == nil)
    #expect(pilot.model.selectedEntry == hits.last)
    #expect(!pilot.text.contains("▸"))
  }

  @Test func `Esc in the prompt brings all back with the cursor kept, and Ctrl-O goes back`() throws
  {
    let pilot = try story()
    let before = pilot.model.selectedEntry
    try pilot.press("/ order-1 <Tab> <Esc>")
    #expect(pilot.model.bar == nil && pilot.model.tail.find == nil)
    #expect(pilot.model.selectedEntry != before)
    try pilot.press("<C-o>")
    #expect(pilot.model.selectedEntry == before)
    #expect(pilot.model.tail.isFollowing)
  }

  @Test func `a text that nothing has leads back to where one stood`() throws {
    let pilot = try story().press("k k k")
    let before = pilot.model.selectedEntry
    try pilot.press("/ PaymentD")
    #expect(pilot.model.selectedEntry != before)
    for character in "zzz" { pilot.workbench.send(.key(KeyPress(character))) }
    #expect(pilot.model.selectedEntry == before)
    #expect(prompt(pilot).contains("0 of "))
  }

  @Test func `a text that is no filter yet says so, and Enter keeps the prompt`() throws {
    let pilot = try story().press("/ type:")
    #expect(pilot.model.finding?.problem != nil)
    #expect(pilot.model.tail.find == nil)
    try pilot.press("/ ( <Enter>")
    #expect(pilot.model.bar?.problem != nil)
  }

  @Test func `a moment in a fold is shown as such while steps walk over it`() throws {
    let pilot = try story().press("/ PaymentDeclined <Tab> <Enter> gg n")
    try pilot.press(".")
    let number = try #require(pilot.model.selectedPosition?.number)
    #expect(pilot.text.contains("►─ #\(number), folded ─"), "\(pilot.text)")
    #expect(pilot.model.moment.world.log.count >= number)
    // The same screen again, one event on and one back.
    let before = pilot.lines.dropLast(2)
    try pilot.press(". ,")
    #expect(Array(pilot.lines.dropLast(2)) == Array(before))
  }

  @Test func `new events come to the last fold, and the newest moment stays`() throws {
    let pilot = try story().press("/ zzzz <Tab> <Enter>")
    #expect(pilot.model.tail.count == 1)
    let before = pilot.model.tail.rows.total
    pilot.run("live").run("do PlaceOrder customer=c-77 total:=7")
    #expect(pilot.model.tail.isFollowing)
    #expect(pilot.text.contains("\(before + 3) events"))
    pilot.run("do PlaceOrder customer=zzzz total:=7")
    #expect(pilot.model.tail.find?.hits.count == 1)
  }

  @Test func `timers and refusals are found by words`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.trouble)
    try pilot.press("gg / CapturePayment <Enter>")
    #expect(pilot.model.tail.find?.hits.count == 1)
    let timers = try story().press("/ retry <Enter>")
    #expect((timers.model.tail.find?.hits.count ?? 0) >= 2)
  }

  @Test func `what was found before can be folded later, and asked for again`() throws {
    let pilot = try story().press("/ PaymentDeclined <Enter> za")
    #expect(pilot.model.tail.find?.isFolded == true)
    try pilot.press("zR")
    #expect(pilot.model.tail.find?.isFolded == false)
    try pilot.press("/ <Tab>")
    #expect(pilot.model.tail.find?.isFolded == true)
    try pilot.press("<Esc> / <Up>")
    #expect(pilot.model.bar?.text.trimmingSpaces == "PaymentDeclined")
    #expect(pilot.model.tail.find?.text == "PaymentDeclined")
  }

  @Test func `what is pasted behind the sign is searched for`() throws {
    let pilot = try story().press("/")
    pilot.workbench.send(.paste("PaymentDeclined"))
    #expect(pilot.model.tail.find?.text == "PaymentDeclined")
  }

  // MARK: - Other lists

  @Test(arguments: [
    (PaneID.explore, "8", "order-"), (.views, "6", "order-1"), (.next, "5", "T "),
    (.map, "7", "declined"), (.tools, "9", "order-9"), (.state, "1 gg 3", "c-1"),
    (.state, "1 gg 3 ]", "Order"), (.state, ":aggs <Enter> 3", "order-2"),
    (.saga, "1 gg 4", "OrderCreated"), (.saga, "4 ]", "order-1"), (.event, "1 gg 2", "order-1"),
  ])
  func `each list finds, walks, folds and unfolds with the row kept`(
    pane: PaneID, key: String, text: String
  ) throws {
    let pilot = try ConsolePilot(columns: 160, rows: 50).run(lines: PaneStory.held)
      .run("do CancelOrder orderId=order-9 reason=x", "do CancelOrder orderId=order-8 reason=x")
    try pilot.press("\(key) f /")
    for character in text { pilot.workbench.send(.key(KeyPress(character))) }
    func find() throws -> ListFind { try #require(pilot.model.finds[pane]) }
    func selected() -> Int { PaneTable[pane]?.findable(pilot.model).selected ?? -1 }
    #expect(try !find().hits.isEmpty, "\(pane)")
    #expect(try find().contains(selected()))
    #expect(prompt(pilot).contains("hit ") && prompt(pilot).contains("Tab only these"))
    let here = selected()
    let before = pilot.lines.dropLast()
    try pilot.press("<Tab>")
    #expect(selected() == here)
    let isAll = try find().folded.allSatisfy { if case .row = $0 { true } else { false } }
    #expect(pilot.text.contains("more") || isAll)
    try pilot.press("<Tab>")
    #expect(selected() == here)
    #expect(Array(pilot.lines.dropLast()) == Array(before))
    try pilot.press("<Enter>")
    let hits = try find().hits
    for place in 1..<(hits.count + 1) {
      try pilot.press("n")
      let index = try #require(hits.firstIndex(of: here))
      #expect(selected() == hits[(index + place) % hits.count])
    }
    try pilot.press("<Esc>")
    #expect(pilot.model.finds.isEmpty)
    #expect(pilot.model.focus == pane)
  }

  @Test(arguments: seeds(4), [PaneID.explore, .views, .next, .tools])
  func `any walk in a folded list stays on hits, and unfolding keeps the row`(
    seed: UInt64, pane: PaneID
  ) throws {
    var random = SeededRandom(seed: seed)
    let pilot = try ConsolePilot(columns: 120, rows: 30).run(lines: PaneStory.held)
      .run("do CancelOrder orderId=order-9 reason=x")
    try pilot.press("\(pane.rawValue) f")
    for _ in 0..<6 {
      let text = ["o", "a", "order", "1", "zz", "PaymentSaga"].randomElement(using: &random) ?? ""
      try pilot.press("/ \(text) <Tab> <Enter>")
      for _ in 0..<6 {
        try pilot.press(["j", "k", "G", "gg", "n", "N"].randomElement(using: &random) ?? "j")
        let row = try #require(PaneTable[pane]).findable(pilot.model).selected
        guard let find = pilot.model.finds[pane], !find.hits.isEmpty, find.isFolded else {
          continue
        }
        #expect(
          find.contains(row) || find.folded.contains(.row(row)), "\(text): \(row) of \(find.hits)")
      }
      let row = try #require(PaneTable[pane]).findable(pilot.model).selected
      let title = PaneTable[pane]?.findable(pilot.model).text(row)
      try pilot.press("zR")
      #expect(PaneTable[pane]?.findable(pilot.model).selected == row)
      try pilot.press("<Esc>")
      let after = try #require(PaneTable[pane]).findable(pilot.model)
      // With the search gone Explore folds long kinds again, and the thing stays selected.
      #expect(after.text(after.selected) == title)
      guard pilot.model.focus == pane else { return }
    }
  }

  @Test func `a pane without a list says that there is nothing to look through`() throws {
    let pilot = try ConsolePilot().press("3 /")
    #expect(pilot.model.bar == nil)
    #expect(pilot.model.message?.text.contains("could be looked through") == true)
  }

  @Test func `in a list of time the hit is the moment, and a fold shows only what was found`()
    throws
  {
    let pilot = try story().press("1 gg 3 ] f / Hold")
    #expect(pilot.model.shown.world.log.count == 5 && pilot.text.contains("OrderOnHold"))
    try pilot.press("<Tab>")
    #expect(pilot.text.contains("… 2 more") && !pilot.text.contains("OrderPriced"))
    try pilot.press("<Esc>")
    #expect(pilot.text.contains("OrderPriced") && pilot.model.shown.world.log.count == 5)
    try pilot.press("4 / declined <Tab> <Enter>")
    #expect(pilot.text.contains("PaymentDeclined") && pilot.text.contains("… "))
    #expect(!pilot.text.contains("came in") || !pilot.text.contains("1 awaitingPayment"))
    try pilot.press("<Esc>")
    #expect(pilot.text.contains("1 awaitingPayment"))
  }

  @Test func `help underlines and counts, Tab folds, Esc brings all back with the entry kept`()
    throws
  {
    let pilot = try story(80, 24).press("?")
    for character in "timer" { pilot.workbench.send(.key(KeyPress(character))) }
    func help() throws -> HelpModel {
      guard case .help(let help) = pilot.model.overlay else { throw CancellationError() }
      return help
    }
    let entries = HelpText.entries(pilot.model)
    let hits = HelpText.hits(entries, typed: "timer")
    #expect(hits.count > 1 && hits.count < entries.count)
    #expect(pilot.text.contains("hit 1 of \(hits.count)  Tab only these  Enter runs  Esc all"))
    #expect(pilot.golden.roles.joined().contains { $0.contains("ui.match") })
    try pilot.press("<Tab>")
    #expect(pilot.text.contains("more") && pilot.text.contains("Tab all rows"))
    try pilot.press("<Down>")
    let selected = try help().list.selected
    #expect(selected == hits[1])
    try pilot.press("<Esc>")
    #expect(try help().typed.isEmpty && help().list.selected == selected)
    #expect(pilot.text.contains("\(selected + 1) of \(entries.count)"))
    #expect(try pilot.press("<Esc>").model.overlay == nil)
  }

  @Test func `hits are looked for again when the list is another`() throws {
    let pilot = try story().press("6 f / paying <Enter>")
    let before = try #require(pilot.model.finds[.views]).hits.count
    pilot.run("do PlaceOrder customer=c-50 total:=5")
    #expect(try #require(pilot.model.finds[.views]).hits.count == before + 1)
    try pilot.press("]")
    #expect(pilot.model.finds[.views]?.hits == [])
  }

  @Test func `a list longer than a key has time for says how far it was looked through`() throws {
    var session = try Session(.shop)
    try session.importEvents(Stage.history(ListFind.most + 500))
    let pilot = try ConsolePilot(session, columns: 120, rows: 30).press("6 f / order-10499")
    let find = try #require(pilot.model.finds[.views])
    #expect(find.looked == ListFind.most && find.hits.isEmpty)
    #expect(prompt(pilot).contains("0 of the first 10000 rows"))
  }
}
