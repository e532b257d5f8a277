/// A frame as text with ANSI colours, for `cat` and chat.
struct AnsiFrame {
  private let buffer: CellBuffer
  private let theme: Theme

  /// A frame and a theme already adapted to the wanted depth.
  init(_ buffer: CellBuffer, theme: Theme) {
    self.buffer = buffer
    self.theme = theme
  }

  /// One line per row; every line begins and ends in the terminal's default style.
  var text: String {
    (0..<buffer.size.rows).map(line).joined()
  }

  private func line(_ row: Int) -> String {
    var text = ""
    var current = ResolvedStyle()
    for column in 0..<buffer.size.columns {
      let cell = buffer[column, row]
      let style = theme.resolve(cell.style)
      if style != current {
        text += Self.sequence(style)
        current = style
      }
      text += cell.glyph.text
    }
    return text + (current == ResolvedStyle() ? "" : "\u{1B}[m") + "\n"
  }

  private static func sequence(_ style: ResolvedStyle) -> String {
    var codes = ["0"]
    let attributes: [(Attributes, String)] = [
      (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
      (.strikethrough, "9"),
    ]
    for (attribute, code) in attributes where style.attributes.contains(attribute) {
      codes.append(code)
    }
    codes += color(style.foreground, base: 30) + color(style.background, base: 40)
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }

  private static func color(_ color: Color, base: Int) -> [String] {
    switch color {
    case .default: []
    case .ansi(let number): ["\(number < 8 ? base + Int(number) : base + 52 + Int(number))"]
    case .indexed(let number): ["\(base + 8)", "5", "\(number)"]
    case .rgb(let value): ["\(base + 8)", "2", "\(value.red)", "\(value.green)", "\(value.blue)"]
    }
  }
}
