import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

@testable import EventicleConsole

/// A prompt over the shop with one order, driven by keys.
struct BarPilot {
  var bar: CommandBarModel
  var history = BarHistory()
  var session: Session
  /// The outcome of the last key.
  var outcome = CommandBarUpdate.Outcome.editing

  static let themes = ["mono", "nord", "terminal"]

  init(_ kind: PromptKind = .command, text: String = "", lines: [String] = []) throws {
    session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    bar = CommandBarModel(kind: kind, text: text)
    for line in lines { _ = history.remember(line, kind) }
  }

  /// Presses keys: `do <Tab>`.
  mutating func press(_ notation: String) throws {
    for key in try #require(KeyPress.sequence(notation)) { press(key) }
  }

  mutating func press(_ key: KeyPress) {
    outcome = CommandBarUpdate.handle(
      key, in: &bar, history: &history, moment: session.moment, themes: BarPilot.themes,
      settings: [("order", ["newest", "oldest"])])
  }

  /// Tries the line, as the program does after each key.
  mutating func tryOut() { BarPreview.show(session.preview(of: bar.text), in: &bar) }

  /// The line with `|` at the cursor.
  var line: String { LineEditorTests.shown(bar.editor) }

  /// The candidates in the list.
  var candidates: [String] { bar.popup?.candidates.map(\.text) ?? [] }

  var preview: String { bar.preview.map(\.text).joined() }

  /// The screen with the prompt in it.
  func drawn(_ columns: Int, _ rows: Int) -> (rows: [String], caret: Point?) {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    let (body, status) = canvas.bounds.split(bottom: 1)
    let (above, hints) = body.split(bottom: 1)
    let caret = CommandBarOverlay.draw(
      bar, .shop, hints: hints, status: status, above: above, on: &canvas)
    let lines = (0..<rows).map { row in
      (0..<columns).map { canvas.buffer[$0, row].glyph.text }.joined()
    }
    return (lines, caret)
  }
}
