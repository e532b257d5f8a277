import EventicleCore
import EventicleSamples
import TestSupport
import Testing

@testable import EventicleConsole

/// The list that an empty log shows.
@Suite struct StartListTests {
  private static func file(
    _ name: String, _ events: Int? = 5_044, folder: String = ""
  ) -> RecentFile {
    RecentFile(
      path: "/w/\(name)", name: name, folder: folder, domain: "shop", when: "today 17:02",
      events: events)
  }

  private func pilot(
    _ columns: Int = 80, _ rows: Int = 24,
    _ files: [RecentFile] = [
      file("shop.eventicle"), file("incident.ndjson", nil), file("late.tape", 1, folder: "~/old/"),
    ]
  ) throws -> ConsolePilot {
    let pilot = try ConsolePilot(columns: columns, rows: rows)
    pilot.workbench.configure { $0.recent = files }
    return pilot
  }

  private func selected(_ pilot: ConsolePilot) -> String {
    pilot.lines.first { $0.contains(" ► ") }.map { String($0.split(separator: "►")[1]) } ?? ""
  }

  private func opened(_ pilot: ConsolePilot) -> [String] {
    pilot.effectRunner.effects.compactMap { if case .open(let path) = $0 { path } else { nil } }
  }

  @Test func `j and k go from row to row over headings, and stop at both ends`() throws {
    let pilot = try pilot(120, 40)
    var seen = [selected(pilot)]
    for _ in 0..<9 { seen.append(selected(try pilot.press("j"))) }
    #expect(seen[0].contains("Take the tour") && seen[1].contains("PlaceOrder"))
    #expect(seen[5].contains("Attach read-only") && seen[6].contains("shop.eventicle"))
    #expect(seen[8].contains("late.tape") && seen[9] == seen[8])
    var back = [seen[9]]
    for _ in 0..<9 { back.append(selected(try pilot.press("k"))) }
    #expect(Array(back.prefix(9)) == seen.prefix(9).reversed() && back[9] == seen[0])
    #expect(selected(try pilot.press("G")).contains("late.tape"))
    #expect(selected(try pilot.press("g g")).contains("Take the tour"))
  }

  @Test func `Enter opens the selected file, and the footer says so`() throws {
    let pilot = try pilot().press("j j j j j j j")
    #expect(pilot.lines[23].contains("Enter choose "))
    try pilot.press("<Enter>")
    #expect(opened(pilot) == ["/w/incident.ndjson"])
  }

  @Test func `Enter takes the tour, makes an event, plays, shows the map and opens`() throws {
    #expect(try pilot().press("<Enter>").effectRunner.effects == [.present(nil)])
    #expect(try pilot().press("j <Enter>").model.moment.log.count == 3)
    #expect(try pilot().press("j j <Enter>").effectRunner.effects.isEmpty)
    #expect(try pilot().press("j j <Enter>").model.moment.log.count > 3)
    #expect(try pilot().press("j j j <Enter>").model.focus == .map)
    #expect(try pilot().press("j j j j <Enter>").model.bar?.text == "open ")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50), (60, 16)])
  func `a click selects a row, and a second one does it`(columns: Int, rows: Int) throws {
    let pilot = try pilot(columns, rows)
    try pilot.press("G")
    let row = try #require(pilot.lines.firstIndex { $0.contains("incident.ndjson") })
    let column = try #require(pilot.lines[row].firstRange(of: "incident"))
    let point = Point(
      column: pilot.lines[row].distance(from: pilot.lines[row].startIndex, to: column.lowerBound),
      row: row)
    pilot.workbench.send(.mouse(MouseEvent(.press(.left), at: point)))
    #expect(selected(pilot).contains("incident.ndjson") && opened(pilot).isEmpty)
    pilot.workbench.send(.mouse(MouseEvent(.press(.left), at: point)))
    #expect(opened(pilot) == ["/w/incident.ndjson"])
  }

  @Test func `lines that no file holds are asked about first`() throws {
    let pilot = try pilot().type("hold")
    try pilot.press("j j j j j j <Enter>")
    #expect(pilot.model.question?.text.contains("shop.eventicle") == true && opened(pilot).isEmpty)
    try pilot.press("y")
    #expect(opened(pilot) == ["/w/shop.eventicle"])
  }

  @Test func `names from outside reach the screen sanitised and cut`() throws {
    let name = "a\u{1B}[31m\r\n\u{202E}" + String(repeating: "x", count: 500)
    let pilot = try pilot(
      80, 24, [Self.file(name, folder: "/\u{7}/"), Self.file("b\u{0}c.tape")])
    try pilot.press("j j j j j j")
    for line in pilot.lines {
      #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
      #expect(line.count == 80)
    }
  }

  @Test func `a domain without a tour says who has one`() throws {
    let pilot = try ConsolePilot(domain: Domain("empty", summary: "Nothing at all."))
    let row = pilot.lines.first { $0.contains("Take the tour") }
    #expect(row?.contains("shop and bank have one: eventicle demo") == true)
    #expect(!selected(pilot).contains("Take the tour"))
  }

  @Test func `a long list scrolls with the selection`() throws {
    let pilot = try pilot(80, 24, (1...20).map { Self.file("\($0).eventicle") })
    try pilot.press("G")
    #expect(selected(pilot).contains("20.eventicle"))
    #expect(selected(try pilot.press("<C-u> k")).contains(".eventicle"))
    try pilot.press("g g")
    #expect(pilot.text.contains("1 Start"))
  }

  @Test func `it is a screen of its own that says what the domain is and what is not there`() throws
  {
    let lines = try pilot(80, 24, []).lines
    #expect(lines[1].hasPrefix("┏1 Start━"))
    #expect(lines[2...].contains { $0.contains("shop: Orders that are paid for and shipped.") })
    #expect(lines.contains { $0.contains("13 commands · 3 aggregates · 3 streams · 2 sagas") })
    #expect(lines.contains { $0.contains("► Take the tour") && $0.contains(":demo  12 steps") })
    #expect(lines.contains { $0.contains("  Place the first order") })
    #expect(lines.contains { $0.contains("Play a short story") && $0.contains(":demo story") })
    #expect(lines.contains { $0.contains("Attach read-only") && $0.contains(":attach redis:") })
    #expect(lines.contains { $0.contains("j k choose   Enter does it") })
    #expect(lines.contains { $0.contains("OrderCreated ─┬─► PaymentSaga") })
    #expect(lines.contains { $0.contains("└─► OrderBoard") && $0.contains("more: the map") })
    #expect(lines.contains { $0.contains("Ctrl-P start brings it back.") })
    #expect(lines[23].hasPrefix(" Enter choose  : command  Ctrl-P all  ? help  q leave"))
    #expect(!lines.contains { $0.contains("2 Event") })
  }

  @Test func `another pane may be looked at, and the list is there again with the tail`() throws {
    let pilot = try pilot().press("7")
    #expect(pilot.model.focus == .map && pilot.text.contains("7 Map"))
    #expect(try pilot.press("1").lines[1].hasPrefix("┏1 Start━"))
  }

  @Test func `Ctrl-P start brings it back, and any other key leaves it`() throws {
    for leave in ["<Esc>", "2", ",", "f"] {
      let pilot = try pilot(80, 24, []).press("j <Enter>")
      #expect(!pilot.text.contains("1 Start"))
      try pilot.press("<C-p>")
      for character in "start:" { pilot.workbench.send(.key(KeyPress(character))) }
      try pilot.press("<Enter>")
      #expect(pilot.text.contains("1 Start") && pilot.text.contains("goes with the next key"))
      try pilot.press("j k ?")
      try pilot.press("<Esc>")
      #expect(pilot.text.contains("1 Start"))
      #expect(try !pilot.press(leave).text.contains("1 Start"), "\(leave)")
    }
    let pilot = try pilot().press("j <Enter> <C-p>")
    for character in "start:" { pilot.workbench.send(.key(KeyPress(character))) }
    let count = pilot.model.moment.log.count
    try pilot.press("<Enter> g g j <Enter>")
    #expect(pilot.model.moment.log.count > count && !pilot.text.contains("1 Start"))
  }

  @Test func `a filter that nothing passes is no start, and Enter makes no event`() throws {
    let pilot = try pilot().press("j <Enter>").type("filter id:nobody")
    let count = pilot.model.moment.log.count
    #expect(pilot.text.contains(", folded ─  \(count) events"))
    #expect(try pilot.press("<Enter>").model.moment.log.count == count)
  }
}
