/// Text that may be drawn: the only kind a canvas takes.
///
/// It is made of literals of this program, or of data through the sanitiser; there is no third
/// way, so nothing a payload holds can act on the terminal. Its glyphs and columns are known.
struct DisplayText: Hashable, Sendable {
  /// The glyphs from left to right.
  let glyphs: [Glyph]

  /// The columns all glyphs take.
  let width: Int

  /// No text.
  static let empty = DisplayText(glyphs: [], width: 0)

  /// Whether there is nothing to draw.
  var isEmpty: Bool { glyphs.isEmpty }

  /// Text of glyphs and their columns, which must agree.
  init(glyphs: [Glyph], width: Int) {
    self.glyphs = glyphs
    self.width = width
  }

  /// Text of glyphs.
  init(glyphs: some Sequence<Glyph>) {
    self.glyphs = Array(glyphs)
    width = self.glyphs.reduce(0) { $0 + $1.columns }
  }

  /// A glyph repeated, as for a rule or a blank.
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

  /// The longest beginning that takes at most this many columns; a wide glyph is never split.
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

  /// The text without its first columns; half a wide glyph at the cut becomes a blank.
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

  /// The text itself when it fits, else its beginning and `…`, never wider than the columns.
  func truncated(to columns: Int) -> DisplayText {
    guard width > columns else { return self }
    guard columns > 0 else { return .empty }
    return prefix(columns: columns - 1) + DisplayText(repeating: Self.ellipsis, count: 1)
  }

  /// The text in exactly this many columns: cut with `…` or filled with blanks.
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

  /// Both texts in a row.
  static func + (left: DisplayText, right: DisplayText) -> DisplayText {
    DisplayText(glyphs: left.glyphs + right.glyphs, width: left.width + right.width)
  }

  /// Adds a text at the end.
  static func += (left: inout DisplayText, right: DisplayText) {
    left = left + right
  }

  private static let ellipsis = Glyph("…")
}

/// Where a text stands in a field that is wider.
enum TextAlignment: Sendable {
  case left
  case right
  case center
}
