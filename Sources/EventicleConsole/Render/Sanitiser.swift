/// Turns untrusted scalars into glyphs that are safe to draw.
///
/// Whatever a terminal could act on, reorder or hide becomes visible; letters keep up to four
/// combining marks; an emoji sequence is reduced to its first emoji. Nothing else is dropped.
struct Sanitiser {
  /// The glyphs read so far.
  private(set) var glyphs: [Glyph] = []

  /// The number of columns of all glyphs.
  private(set) var columns = 0

  private var takesMarks = false
  private var droppedMarks = 0
  private var emoji = EmojiState.none
  private var previous: Unicode.Scalar = " "

  private enum EmojiState {
    case none
    case emoji
    case joined
  }

  /// Reads one scalar; `next` is the one that follows it, if any.
  mutating func append(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) {
    defer { previous = scalar }
    if scalar.value >= 0x20, scalar.value < 0x7F {
      return place(Glyph(scalar))
    }
    if joins(scalar, next: next) { return }
    if let visible = VisibleForm.of(scalar) {
      return place(visible: visible)
    }
    switch DisplayWidth.columns(of: scalar) {
    case 0: attach(scalar)
    case let columns?: place(Glyph(scalar, columns: columns), emoji: Self.isEmoji(scalar))
    case nil: place(visible: "\u{FFFD}")
    }
  }

  /// Reads a byte that is not part of valid UTF-8.
  mutating func append(invalid byte: UInt8) {
    place(visible: VisibleForm.of(invalid: byte))
    previous = " "
  }

  /// Shows how many marks the last glyph lost; call it once, at the end.
  mutating func finish() {
    guard droppedMarks > 0 else { return }
    let count = droppedMarks
    droppedMarks = 0
    place(visible: "‹+\(count)›")
  }

  private mutating func place(_ glyph: Glyph, emoji isEmoji: Bool = false) {
    finish()
    glyphs.append(glyph)
    columns += glyph.columns
    takesMarks = true
    emoji = isEmoji ? .emoji : .none
  }

  private mutating func place(visible: String) {
    finish()
    for scalar in visible.unicodeScalars { glyphs.append(Glyph(scalar)) }
    columns += visible.unicodeScalars.count
    takesMarks = false
    emoji = .none
  }

  private mutating func attach(_ mark: Unicode.Scalar) {
    if !takesMarks || glyphs.isEmpty { place(Glyph("\u{25CC}")) }
    if !glyphs[glyphs.count - 1].append(mark: mark) { droppedMarks += 1 }
  }

  // Whether the scalar only continues what the last glyph already shows.
  private mutating func joins(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) -> Bool {
    switch scalar.value {
    case 0xFE0E, 0xFE0F:
      if previous.value < 0x80 { return next?.value == 0x20E3 && previous.properties.isEmoji }
      return emoji != .none && previous.value != scalar.value && previous.properties.isEmoji
    case 0x200C where isVirama(previous), 0x200D where isVirama(previous):
      attach(scalar)
      return true
    case 0x200D:
      guard emoji != .none, previous.value != 0x200D, let next, Self.isEmoji(next) else {
        return false
      }
      emoji = .joined
      return true
    case 0x1F3FB...0x1F3FF:
      return emoji != .none && previous.properties.isEmojiModifierBase
    default:
      guard emoji == .joined, previous.value == 0x200D, Self.isEmoji(scalar) else { return false }
      emoji = .emoji
      return true
    }
  }

  private func isVirama(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.canonicalCombiningClass == .virama && takesMarks && !glyphs.isEmpty
  }

  private static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && scalar.properties.isEmoji
  }
}
