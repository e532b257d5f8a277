import TestSupport

@testable import EventicleConsole

extension ConsolePilot {
  /// One pane alone in a size, as a golden screen, so that no other part of the screen matters.
  func screen(
    of pane: PaneID, _ columns: Int, _ rows: Int, _ glyphs: GlyphSet = .unicode
  ) -> GoldenScreen {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    var meter = WorkMeter()
    let rect = Rect(column: 0, row: 0, columns: columns, rows: rows)
    model.draw(pane, in: rect, focused: true, on: &canvas, &meter)
    let buffer = glyphs.map(canvas.buffer)
    let roles = (0..<rows).map { row in
      (0..<columns).map { column -> String in
        let style = buffer[column, row].style
        guard style != .text else { return "" }
        return style.overlay.map { "\(style.role.name)+\($0.name)" } ?? style.role.name
      }
    }
    return GoldenScreen(rows: buffer.lines, roles: roles, columns: columns)
  }

  /// A console whose focused pane fills a screen of this width.
  static func zoomed(_ columns: Int, on pane: String) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).press("\(pane) f")
  }

  /// Runs command lines without typing them, which tries nothing on the way.
  @discardableResult
  func run(_ lines: String...) -> ConsolePilot { run(lines: lines) }

  /// Runs command lines without typing them.
  @discardableResult
  func run(lines: [String]) -> ConsolePilot {
    for line in lines { workbench.run(line: line) }
    return self
  }
}
