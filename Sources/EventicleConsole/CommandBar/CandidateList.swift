import EventicleCore
import EventicleWorkbench

/// The list of candidates above the prompt.
enum CandidateList {
  /// The greatest number of visible candidates.
  static let mostRows = 8

  /// Draws the list at the bottom of a rectangle.
  ///
  /// - Parameters:
  ///   - popup: The candidates.
  ///   - column: The column of the text to replace; the list moves left if it would not fit.
  ///   - rect: The available area.
  ///   - canvas: The canvas to draw on.
  static func draw(
    _ popup: CommandBarModel.Popup, at column: Int, in rect: Rect, on canvas: inout Canvas
  ) {
    guard rect.rows >= 3, rect.columns >= 4, !popup.candidates.isEmpty else { return }
    let rows = min(mostRows, popup.candidates.count, rect.rows - 2)
    let shown = popup.visible(rows)
    let texts = popup.candidates[shown].map {
      (
        text: DisplayText(sanitising: $0.text, limit: rect.columns),
        note: DisplayText(sanitising: $0.note, limit: rect.columns)
      )
    }
    let room = rect.columns - 2
    let notes = texts.map(\.note.width).max() ?? 0
    let textColumns = min(texts.map(\.text.width).max() ?? 0, room)
    let noteColumns = max(0, min(notes, room - textColumns - 4))
    let inner = min(room, textColumns + (noteColumns > 0 ? noteColumns + 4 : 2))
    let left = max(0, min(column - 2, rect.columns - inner - 2))
    let box = Rect(
      column: rect.column + left, row: rect.endRow - rows - 2, columns: inner + 2, rows: rows + 2)
    canvas.within(box) { canvas in
      canvas.fill(canvas.bounds, style: CellStyle(.uiPopup))
      let place = popup.selected.map { "\($0 + 1) of \(popup.candidates.count)" }
      let footer = DisplayText(sanitising: place ?? "\(popup.candidates.count)")
      let inside = canvas.box(canvas.bounds, footer: inner > 10 ? footer : .empty)
      for (row, entry) in texts.enumerated() {
        let line = Rect(column: inside.column, row: inside.row + row, columns: inner, rows: 1)
        let isSelected = shown.lowerBound + row == popup.selected
        // The list's own colour is below the roles of its words, the selection above them.
        let style = isSelected ? CellStyle(.uiText, overlay: .uiSelection) : CellStyle(.uiPopup)
        let quiet = isSelected ? style : style.under(.uiMuted)
        canvas.within(line) { canvas in
          canvas.fill(canvas.bounds, style: style)
          let start = min(1, max(0, inner - textColumns))
          canvas.put(
            entry.text, at: Point(column: start, row: 0), style: style, columns: textColumns)
          guard noteColumns > 0 else { return }
          canvas.put(
            entry.note, at: Point(column: start + textColumns + 2, row: 0), style: quiet,
            columns: noteColumns)
        }
      }
    }
  }
}
