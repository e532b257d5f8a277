import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// The tabs of the tools, as they look and by their keys.
@Suite struct ToolsPaneTests {
  @Test func `a narrow pane names the open tab alone, and keeps what a consumer does now`() throws {
    let rows = try PaneStory.consumers(40).screen(of: .tools, 40, 12).rows
    #expect(rows[0].hasPrefix("┏9 Tools [Consumers] 4/6━"))
    #expect(rows[2].contains("OrderBoard") && rows[2].contains("held, #5"))
  }

  // MARK: - Consumers

  @Test func `a consumer that waits says where it is, what it lacks and when its turn comes`()
    throws
  {
    let rows = try PaneStory.consumers(120).screen(of: .tools, 120, 40).rows
    func words(_ name: String) -> [Substring] {
      rows.first { $0.contains(name) }?.dropFirst(2).split(separator: " ") ?? []
    }
    #expect(words("OrderBoard")[1...6].elementsEqual(["view", "#4", "3", "3", "0", "0"]))
    #expect(rows.contains { $0.contains("held, #5 is next") })
    #expect(words("PaymentSaga").contains("third"))
    #expect(words("Mailer")[1...6].elementsEqual(["adapter", "#7", "0", "0", "0", "0"]))
  }

  @Test func `consumers are those of the moment, and agree with the groups of the engine`() throws {
    let pilot = try PaneStory.consumers(120)
    for goto in ["goto #1", "goto #3", "goto #4.0", "live"] {
      pilot.run(goto)
      let reports = pilot.workbench.session.engine.groupReports(in: pilot.model.moment.world)
      let rows = pilot.screen(of: .tools, 120, 40).rows
      for report in reports {
        let row = try #require(rows.first { $0.contains(report.consumer.name) })
        let words = row.dropFirst(2).split(separator: " ")
        #expect(words[2] == "#\(report.position.number)", "\(goto) \(row)")
        #expect(words[4] == "\(report.tally.handled)" && words[6] == "\(report.parked)")
      }
    }
  }

  @Test func `Enter on a view opens it, and on a saga its instances`() throws {
    let pilot = try PaneStory.consumers(120).press("<Enter>")
    #expect(pilot.model.views.subject == .rows("OrderBoard"))
    try pilot.press("9 j j <Enter>")
    #expect(pilot.model.saga.subject == .instances("PaymentSaga"))
  }

  // MARK: - Keys

  @Test(arguments: [
    ("", "]", ToolsModel.Tab.forks), ("]", "]", .log), ("] ]", "[", .forks), ("", "[", .why),
    ("[", "]", .stops),
  ])
  func `brackets turn the tabs`(before: String, keys: String, after: ToolsModel.Tab) throws {
    let pilot = try ConsolePilot().press("9").press(before).press(keys)
    #expect(pilot.model.panes[ToolsPane.self].tab == after)
    #expect(pilot.model.focus == .tools)
  }

  @Test(arguments: ["9", "9 ]", "9 ] ]", "9 ] ] ]"])
  func `Enter is offered on a row just where it does something`(pane: String) throws {
    for row in 0..<5 {
      let pilot = try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.trouble)
      try pilot.run(lines: ["fork a", "switch main"]).press(pane)
      try pilot.press(String(repeating: "j ", count: row))
      let isOffered = FooterBar.actions(pilot.model).contains(.open)
      let before = (pilot.model.moment.cursor, pilot.lines.dropFirst(1))
      pilot.workbench.configure { $0.message = nil }
      try pilot.press("<Enter>")
      let isSame = before.0 == pilot.model.moment.cursor && pilot.lines.dropFirst(1) == before.1
      #expect(isOffered == !isSame, "\(pane), row \(row)")
    }
  }

  // MARK: - Stops

  @Test func `failures lead to their moment, the newest first, and headings are passed over`()
    throws
  {
    let pilot = try PaneStory.stops(120)
    #expect(pilot.text.contains("1 parked · 2 failed or refused"))
    try pilot.press("<Enter>")
    let parked = try #require(pilot.model.moment.world.parked.first)
    #expect(pilot.model.moment.cursor == pilot.model.moment.timeline.moment(of: parked.entry))
    #expect(pilot.text.contains("1 parked · 1 failed or refused"))
    pilot.run("goto #3")
    #expect(pilot.text.contains("Nothing has failed, nothing was refused"))
  }

  // MARK: - Forks

  @Test func `Enter compares with a fork, then goes to it, and w opens one at the moment`() throws {
    let pilot = try PaneStory.forks(120)
    #expect(pilot.model.fork == "other")
    try pilot.press("gg <Enter>")
    #expect(pilot.model.fork == "other" && pilot.model.tools.comparison?.left.name == "main")
    try pilot.press("gg <Enter>")
    #expect(pilot.model.fork == nil && pilot.model.focus == .tools)
    try pilot.press("gg j <Enter>")
    #expect(pilot.model.tools.comparison?.right.name == "late-pay")
    try pilot.press("gg j <Enter>")
    #expect(pilot.model.fork == "late-pay")
    try pilot.run("goto #2").press("w")
    #expect(pilot.model.bar?.text == "fork what-if-1")
    try pilot.press("<Enter>")
    #expect(pilot.model.fork == "what-if-1")
    #expect(pilot.model.forks.last?.parent == "late-pay")
    #expect(pilot.model.forks.last?.left.map { "\($0)" } == "#2.2")
  }
}
