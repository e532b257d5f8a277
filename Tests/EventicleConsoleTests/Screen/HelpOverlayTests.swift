import EventicleCore
import Testing

@testable import EventicleConsole

struct HelpPaneTests {
  private let entries = [
    HelpEntry(keys: ".", title: "one event forward", group: "Time"),
    HelpEntry(keys: ",", title: "one event back", group: "Time", note: "this is the start"),
    HelpEntry(keys: "gs", title: "the saga", group: "Go to"),
  ]

  private func draw(
    _ entries: [HelpEntry], selected: Int = 0, typed: String = "", columns: Int = 80, rows: Int = 24
  ) throws -> [String] {
    let model = try Stage.model()
    let help = HelpModel(list: ListCursor(selected: selected, top: 0), typed: typed)
    return Stage.draw(columns: columns, rows: rows) { rect, canvas, meter in
      HelpOverlay.draw(model, help: help, entries: entries, in: rect, on: &canvas)
    }.rows
  }

  @Test func `entries are grouped and counted`() throws {
    let rows = try draw(entries)
    // The card comes first, then an empty row.
    #expect(rows[4].contains("Space   stop or go") && rows[9].contains("w          what if"))
    #expect(rows[11].hasPrefix("  ┃ Time"))
    #expect(rows[12].hasPrefix("  ┃   .   one event forward"))
    #expect(rows[13].contains(",   one event back  this is the start"))
    #expect(rows[14].hasPrefix("  ┃ Go to"))
    #expect(rows[21].contains("1 of 3  Enter runs  Esc closes"))
  }

  @Test func `the typed text is shown, and so is that nothing matches`() throws {
    #expect(try draw(entries, typed: "saga")[3].contains("/ saga"))
    #expect(try draw(entries, typed: "zzz").contains { $0.contains("Nothing fits") })
  }

  @Test func `the selected entry is visible in a long list`() throws {
    let many = (0..<300).map {
      HelpEntry(keys: "k\($0)", title: "title \($0)", group: "Group \($0 / 10)")
    }
    let rows = try draw(many, selected: 250)
    #expect(rows.contains { $0.contains("title 250") })
    #expect(rows[21].contains("251 of 300"))
  }

  @Test func `a text scrolls and stops at its end`() {
    let lines = (1...100).map { "line \($0)" }
    let rows = Stage.draw(columns: 80, rows: 24) { rect, canvas, _ in
      TextOverlay.draw(title: "info", lines: lines, scroll: 500, in: rect, on: &canvas)
    }.rows
    #expect(rows[2].contains("info"))
    #expect(rows.contains { $0.contains("line 100") })
    #expect(rows.contains { $0.contains("100 of 100  Esc closes") })
  }

  @Test func `the help fits any size`() throws {
    for size in [(0, 0), (1, 1), (2, 2), (3, 9), (20, 5), (200, 50)] {
      #expect(try draw(entries, columns: size.0, rows: size.1).count == size.1)
    }
  }
}
