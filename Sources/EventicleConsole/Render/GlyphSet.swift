/// The characters that are sent to the terminal.
///
/// ASCII is a one-to-one replacement made when a frame is presented, so that the layout never
/// changes.
enum GlyphSet: String, CaseIterable, Sendable {
  case unicode
  case ascii

  /// The set that suits a terminal.
  ///
  /// - Parameters:
  ///   - locale: The value of `LC_ALL`, `LC_CTYPE` or `LANG`, whichever is set first; `nil` when
  ///     none is, which containers commonly mean as UTF-8.
  ///   - term: The value of `TERM`.
  static func suited(locale: String?, term: String) -> GlyphSet {
    guard !["vt", "ansi", "cons"].contains(where: term.hasPrefix) else { return .ascii }
    guard let locale = locale?.lowercased(), !locale.isEmpty else { return .unicode }
    return locale.hasSuffix("utf-8") || locale.hasSuffix("utf8") ? .unicode : .ascii
  }

  /// The cell with a glyph of this set; each half of a wide glyph is replaced by itself.
  func map(_ cell: Cell) -> Cell {
    guard self == .ascii else { return cell }
    let base = cell.glyph.base
    if base.isASCII, cell.glyph.columns == 1, cell.glyph.markCount == 0 { return cell }
    if base.isASCII, cell.glyph.columns == 1 { return Cell(Glyph(base), style: cell.style) }
    return Cell(Glyph(Self.ascii(base)), style: cell.style)
  }

  /// The frame with glyphs of this set.
  func map(_ buffer: CellBuffer) -> CellBuffer {
    guard self == .ascii else { return buffer }
    var result = buffer
    for row in 0..<buffer.size.rows {
      for column in 0..<buffer.size.columns {
        result[column, row] = map(buffer[column, row])
      }
    }
    return result
  }

  private static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if let sign = signs[scalar] { return sign }
    switch scalar.value {
    case 0x2400...0x2421: return "^"
    case 0x2500...0x257F: return "+"
    case 0x2588...0x258B, 0x2593: return "#"
    case 0x2580...0x259F: return "="
    case 0x2801...0x28FF: return ":"
    default: return "?"
    }
  }

  private static let signs: [Unicode.Scalar: Unicode.Scalar] = {
    let pairs: [(String, Unicode.Scalar)] = [
      ("─╴╶╼╾", "-"), ("│╵╷▏▕", "|"), ("━═", "="), ("┃┏┓┗┛║", "#"), ("╌┄╍┅…·", "."),
      ("┊┆╎┇┋", ":"), ("►▸→›»▶⟶", ">"), ("◄◂←‹«◀⟵", "<"), ("▼▾↓", "v"), ("▲▴↑", "^"),
      ("●◆◉■•", "*"), ("○◇◌□", "o"), ("✗×✘", "x"), ("✓", "v"), ("▁", "_"), ("▂", "."), ("▃", ":"),
      ("▄", "-"), ("▅", "="), ("▆", "+"), ("▇", "*"), ("░▒", ":"), ("▌▐", "|"), ("‘’", "'"),
      ("“”", "\""), ("–—−", "-"),
      ("\u{A0}", " "),
      ("≠", "!"), ("≤", "<"), ("≥", ">"), ("↻↺", "@"),
    ]
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (sources, target) in pairs {
      for source in sources.unicodeScalars { table[source] = target }
    }
    return table
  }()
}
