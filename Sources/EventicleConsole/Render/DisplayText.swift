/// Text that may be drawn; a canvas takes no other kind.
///
/// It is made from literals of this program or, through the sanitiser, from data. There is no third
/// way, so nothing in a payload can act on the terminal.
struct DisplayText: Hashable, Sendable {
  /// The glyphs from left to right.
  let glyphs: [Glyph]

  /// The number of columns of all glyphs together.
  let width: Int

  static let empty = DisplayText(glyphs: [], width: 0)

  /// Whether there is nothing to draw.
  var isEmpty: Bool { glyphs.isEmpty }

  /// A text of glyphs and their columns, which must agree.
  init(glyphs: [Glyph], width: Int) {
    self.glyphs = glyphs
    self.width = width
  }

  /// A text of glyphs, measured here.
  init(glyphs: some Sequence<Glyph>) {
    self.glyphs = Array(glyphs)
    width = self.glyphs.reduce(0) { $0 + $1.columns }
  }

  /// One glyph repeated, as for a rule.
  init(repeating glyph: Glyph, count: Int) {
    self.init(
      glyphs: Array(repeating: glyph, count: max(0, count)), width: max(0, count) * glyph.columns)
  }

  /// This many blanks.
  static func spaces(_ count: Int) -> DisplayText {
    DisplayText(repeating: .space, count: count)
  }

  /// The text as drawn; never to be exported as data.
  var string: String {
    glyphs.reduce(into: "") { $0 += $1.text }
  }

  /// The longest beginning of at most this many columns; a wide glyph is never split.
  func prefix(columns: Int) -> DisplayText {
    guard width > columns else { return self }
    var used = 0
    var count = 0
    for glyph in glyphs {
      guard used + glyph.columns <= columns else { break }
      used += glyph.columns
      count += 1
    }
    return DisplayText(glyphs: Array(glyphs.prefix(count)), width: used)
  }

  /// The text without its first columns; half of a wide glyph at the cut becomes a blank.
  func dropping(columns: Int) -> DisplayText {
    guard columns > 0 else { return self }
    var skipped = 0
    var count = 0
    for glyph in glyphs where skipped < columns {
      skipped += glyph.columns
      count += 1
    }
    let rest = DisplayText(glyphs: glyphs.dropFirst(count))
    return skipped > columns ? .spaces(skipped - columns) + rest : rest
  }

  /// The text if it fits, else its beginning and `…`.
  func truncated(to columns: Int) -> DisplayText {
    guard width > columns else { return self }
    guard columns > 0 else { return .empty }
    return prefix(columns: columns - 1) + DisplayText(repeating: Self.ellipsis, count: 1)
  }

  /// The text in exactly this many columns, cut with `…` or filled with blanks.
  func padded(to columns: Int, alignment: TextAlignment = .left) -> DisplayText {
    let fitting = truncated(to: columns)
    let blanks = DisplayText.spaces(columns - fitting.width)
    switch alignment {
    case .left: return fitting + blanks
    case .right: return blanks + fitting
    case .center:
      let left = DisplayText.spaces(blanks.width / 2)
      return left + fitting + .spaces(blanks.width - left.width)
    }
  }

  static func + (left: DisplayText, right: DisplayText) -> DisplayText {
    DisplayText(glyphs: left.glyphs + right.glyphs, width: left.width + right.width)
  }

  static func += (left: inout DisplayText, right: DisplayText) {
    left = left + right
  }

  private static let ellipsis = Glyph("…")
}

/// The side of a wider field on which a text stands.
enum TextAlignment: Sendable {
  case left
  case right
  case center
}
