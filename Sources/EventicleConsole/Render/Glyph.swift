/// One drawn character: a base scalar, up to four combining marks, and its columns.
///
/// It is packed into two words, which makes comparing and copying cells cheap. Only the sanitiser
/// makes glyphs from data; every glyph is safe to send to a terminal.
struct Glyph: Hashable, Sendable {
  // low: base (21 bits), first and second mark; high: third and fourth mark, count, columns.
  fileprivate(set) var low: UInt64
  fileprivate(set) var high: UInt64

  /// A glyph of one scalar that is one or two columns wide.
  init(_ base: Unicode.Scalar, columns: Int = 1) {
    low = UInt64(base.value)
    high = UInt64(columns) << Self.columnsShift
  }

  /// A blank of one column.
  static let space = Glyph(" ")

  /// The right half of a wide glyph, drawn by its left half.
  static let continuation = Glyph("\0", columns: 0)

  /// The scalar that carries the marks.
  var base: Unicode.Scalar { Self.scalar(low & Self.scalarMask) }

  /// The number of columns: 1 or 2, and 0 for the right half of a wide glyph.
  var columns: Int { Int(high >> Self.columnsShift & 3) }

  /// The number of combining marks.
  var markCount: Int { Int(high >> Self.countShift & 7) }

  /// The combining marks in their order.
  var marks: [Unicode.Scalar] {
    (0..<markCount).map { index in
      switch index {
      case 0: Self.scalar(low >> 21 & Self.scalarMask)
      case 1: Self.scalar(low >> 42 & Self.scalarMask)
      case 2: Self.scalar(high & Self.scalarMask)
      default: Self.scalar(high >> 21 & Self.scalarMask)
      }
    }
  }

  /// Adds a combining mark.
  ///
  /// - Returns: Whether there was room for it.
  mutating func append(mark: Unicode.Scalar) -> Bool {
    let value = UInt64(mark.value)
    switch markCount {
    case 0: low |= value << 21
    case 1: low |= value << 42
    case 2: high |= value
    case 3: high |= value << 21
    default: return false
    }
    high += 1 << Self.countShift
    return true
  }

  /// The glyph as text; empty for the right half of a wide glyph.
  var text: String {
    var scalars = String.UnicodeScalarView()
    append(to: &scalars)
    return String(scalars)
  }

  /// Appends the glyph to a text; nothing for the right half of a wide glyph.
  func append(to scalars: inout String.UnicodeScalarView) {
    guard columns > 0 else { return }
    scalars.append(base)
    if markCount > 0 { scalars.append(contentsOf: marks) }
  }

  fileprivate static let columnsShift: UInt64 = 45
  private static let countShift: UInt64 = 42
  private static let scalarMask: UInt64 = 0x1F_FFFF
  fileprivate static let glyphMask: UInt64 = 1 << 47 - 1

  private static func scalar(_ bits: UInt64) -> Unicode.Scalar {
    Unicode.Scalar(UInt32(truncatingIfNeeded: bits)) ?? "\u{FFFD}"
  }
}

/// One cell of the grid: a glyph and its style, sixteen bytes, trivially copyable.
struct Cell: Hashable, Sendable {
  private var bits: Glyph

  /// A cell; a wide glyph needs ``continuation(style:)`` to its right.
  init(_ glyph: Glyph, style: CellStyle = .text) {
    bits = glyph
    bits.high |= Self.pack(style)
  }

  /// A blank in the ordinary style.
  static let blank = Cell(.space)

  /// The right half of a wide glyph.
  static func continuation(style: CellStyle) -> Cell {
    Cell(.continuation, style: style)
  }

  var glyph: Glyph {
    get {
      var glyph = bits
      glyph.high &= Glyph.glyphMask
      return glyph
    }
    set { self = Cell(newValue, style: style) }
  }

  var style: CellStyle {
    get {
      let role = StyleRole(rawValue: UInt8(truncatingIfNeeded: bits.high >> Self.roleShift))
      let overlay = UInt8(truncatingIfNeeded: bits.high >> Self.overlayShift)
      return CellStyle(
        role ?? .uiText, overlay: overlay == Self.none ? nil : StyleRole(rawValue: overlay))
    }
    set { bits.high = bits.high & Glyph.glyphMask | Self.pack(newValue) }
  }

  /// Whether this is the right half of a wide glyph.
  var isContinuation: Bool { bits.high >> Glyph.columnsShift & 3 == 0 }

  /// Whether the glyph extends into the cell to its right.
  var isWide: Bool { bits.high >> Glyph.columnsShift & 3 == 2 }

  private static let roleShift: UInt64 = 48
  private static let overlayShift: UInt64 = 56
  private static let none: UInt8 = 0xFF

  private static func pack(_ style: CellStyle) -> UInt64 {
    UInt64(style.role.rawValue) << roleShift
      | UInt64(style.overlay?.rawValue ?? none) << overlayShift
  }
}
