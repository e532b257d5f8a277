import EventicleCore
import TestSupport
import Testing

@testable import EventicleConsole

/// Whole screens as text, for the shop in the middle of its story.
@Suite struct GoldenScreenTests {
  /// The story up to the second attempt to pay.
  private func story(_ columns: Int, _ rows: Int) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: rows)
      .type("do PlaceOrder customer=c-19 total:=59")
      .type("clock +2s")
      .type("do DeclinePayment paymentId=pay-1")
      .press("t")
  }

  @Test func `empty, 80x24`() throws {
    try ConsolePilot().golden.expectMatches("empty-80x24")
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `empty, with the files that were opened last`(columns: Int, rows: Int) throws {
    let pilot = try ConsolePilot(columns: columns, rows: rows)
    func file(_ name: String, _ events: Int?, _ folder: String = "") -> RecentFile {
      RecentFile(
        path: "/w/\(name)", name: name, folder: folder, domain: "shop", when: "today 17:02",
        events: events)
    }
    pilot.workbench.configure {
      $0.recent = [
        file("shop.eventicle", 5_044), file("incident.ndjson", nil), file("late.tape", 1, "~/old/"),
      ]
    }
    try pilot.press(columns == 80 ? "j j j j j" : "")
    try pilot.golden.expectMatches("start-\(columns)x\(rows)")
  }

  @Test func `live, 80x24`() throws {
    try story(80, 24).golden.expectMatches("live-80x24")
  }

  @Test func `live, 200x50`() throws {
    try story(200, 50).golden.expectMatches("live-200x50")
  }

  @Test func `the saga held in the middle, 80x24`() throws {
    try story(80, 24).press("<Space> 4 , ,").golden.expectMatches("saga-80x24")
  }

  @Test func `a prompt with a complaint, 80x24`() throws {
    try story(80, 24).type("do PlaceOrdr customer=c-1").golden.expectMatches("complaint-80x24")
  }

  @Test func `help, 80x24`() throws {
    try story(80, 24).press("?").golden.expectMatches("help-80x24")
  }

  @Test func `timers and queue while held, 120x40`() throws {
    try story(120, 40).press("<Space>").type("do PlaceOrder customer=c-2 total:=5").press("5")
      .golden.expectMatches("next-120x40")
  }

  @Test func `narrow, 60x24`() throws {
    try story(60, 24).golden.expectMatches("live-60x24")
  }

  @Test func `cramped, 40x12`() throws {
    try story(40, 12).press("3").golden.expectMatches("state-40x12")
  }

  @Test func `a fork of the moment before the decline, 80x24`() throws {
    let pilot = try story(80, 24)
    pilot.fork("late-pay", after: Position(3))
    try pilot.type("do CapturePayment paymentId=pay-1").golden.expectMatches("fork-80x24")
  }

  @Test func `a line that was tried, 80x24`() throws {
    try story(80, 24).press(":do CapturePayment paymentId=pay-2").golden
      .expectMatches("preview-80x24")
  }

  @Test(arguments: [(80, 24), (120, 40)], [0, 1, 7, 9, 12])
  func `the tour at some of its captions`(size: (Int, Int), caption: Int) throws {
    let pilot = try ConsolePilot(columns: size.0, rows: size.1).tour().next(caption)
    try pilot.golden.expectMatches("tour-\(caption)-\(size.0)x\(size.1)")
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `the presenter types a line`(columns: Int, rows: Int) throws {
    let pilot = try ConsolePilot(columns: columns, rows: rows).tour().next(5).press("<Space>")
    try pilot.goOn(27).golden.expectMatches("presenter-\(columns)x\(rows)")
  }

  @Test func `too small, 20x5`() throws {
    try story(20, 5).golden.expectMatches("small-20x5")
  }

  @Test func `wide characters and hostile data, 80x24`() throws {
    try ConsolePilot()
      .type(#"emit orders OrderCreated order-1 customer:="日本語 \u001b[31m\r\u202e" total:=5"#)
      .golden.expectMatches("hostile-80x24")
  }
}
