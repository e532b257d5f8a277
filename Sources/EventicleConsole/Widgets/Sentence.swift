import EventicleCore

/// A sentence in place of content, such as the reason why a pane is empty.
struct Sentence {
  private let text: String

  /// Creates a sentence of the program; any data in it is sanitised when it is drawn.
  init(_ text: String) { self.text = text }

  /// The sentence in lines of at most `columns` columns, broken between words.
  ///
  /// - Parameter most: The greatest number of lines; a cut sentence ends with `…`.
  func wrapped(_ role: StyleRole, columns: Int, most: Int) -> [StyledLine] {
    guard columns > 0, most > 0 else { return [] }
    var lines: [DisplayText] = []
    var line = DisplayText.empty
    for word in text.prefix(1_000).split(whereSeparator: \.isWhitespace) {
      let word = PaneText.data(word)
      if !line.isEmpty, line.width + 1 + word.width > columns {
        lines.append(line)
        line = .empty
      }
      line = line.isEmpty ? word : line + " " + word
      if lines.count > most { break }
    }
    if !line.isEmpty { lines.append(line) }
    if lines.count > most {
      let last = lines[most - 1] + " …"
      lines = Array(lines.prefix(most - 1)) + [last]
    }
    return lines.map { StyledLine($0.truncated(to: columns), role) }
  }

  /// Draws the sentence at the top of a pane, in six lines at most.
  func draw(in inside: Rect, on canvas: inout Canvas) {
    canvas.within(inside) { canvas in
      for (row, line) in wrapped(.uiMuted, columns: inside.columns - 2, most: 6).enumerated() {
        canvas.put(line, at: Point(column: 1, row: row + (inside.rows > 6 ? 1 : 0)))
      }
    }
  }
}
