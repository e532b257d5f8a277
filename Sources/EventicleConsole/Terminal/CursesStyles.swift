import CNcurses

/// A theme in ncurses' terms: attributes and colour pairs, looked up once a style.
struct CursesStyles {
  /// One style as ncurses takes it.
  struct Entry {
    let attributes: UInt32
    let pair: Int32
  }

  private let theme: Theme
  private var entries: [CellStyle: Entry] = [:]

  /// A theme, brought down to what the terminal has.
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

  // A terminal of direct colour takes numbers below 8 as the user's own and the rest as 0xRRGGBB.
  private func number(of color: Color) -> Int32 {
    switch color {
    case .default: return -1
    case .ansi(let number) where number < 8 || theme.depth != .truecolor: return Int32(number)
    case .indexed(let number) where theme.depth != .truecolor: return Int32(number)
    default:
      guard let value = color.rgb else { return -1 }
      return max(8, Int32(value.red) << 16 | Int32(value.green) << 8 | Int32(value.blue))
    }
  }
}
