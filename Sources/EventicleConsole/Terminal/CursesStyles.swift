import CNcurses

/// A theme as ncurses' attributes and colour pairs, each style looked up once.
struct CursesStyles {
  /// One style in ncurses' terms.
  struct Entry {
    let attributes: UInt32
    let pair: Int32
  }

  private let theme: Theme
  private var entries: [CellStyle: Entry] = [:]

  /// A theme, reduced to the colours of the terminal.
  init(_ theme: Theme, depth: ColorDepth) {
    self.theme = theme.adapted(to: depth)
  }

  /// The entry of a style.
  mutating func entry(for style: CellStyle) -> Entry {
    if let known = entries[style] { return known }
    let resolved = theme.resolve(style)
    var attributes: UInt32 = 0
    let order: [Attributes] = [.bold, .dim, .italic, .underline, .reverse]
    for (number, attribute) in order.enumerated() where resolved.attributes.contains(attribute) {
      attributes |= cn_attribute(Int32(number))
    }
    let colors = (number(of: resolved.foreground), number(of: resolved.background))
    let pair = colors == (-1, -1) ? 0 : cn_pair(colors.0, colors.1)
    let entry = Entry(attributes: attributes, pair: pair)
    entries[style] = entry
    return entry
  }

  private func number(of color: Color) -> Int32 {
    switch color {
    case .default: return -1
    case .ansi(let number), .indexed(let number): return Int32(number)
    case .rgb(let value):
      // Only a terminal with exact colours gets these; see the description of it.
      let number = Int32(value.red) << 16 | Int32(value.green) << 8 | Int32(value.blue)
      return TerminalDescription.firstExactColor + number
    }
  }
}
