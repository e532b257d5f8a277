/// Characters that a reader does not see or that a terminal acts upon.
///
/// Control characters, bidirectional overrides, zero-width characters and tags move a cursor, reorder
/// a line, or hide text. Whoever prints data escapes them or shows them in a visible form.
package enum HiddenScalar {
  /// Whether a character is one of them; O(1), at once for printable ASCII.
  package static func contains(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value >= 0x20 && value < 0x7F { return false }
    switch value {
    case 0..<0x20, 0x7F...0x9F, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5,
      0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0,
      0xFFF0...0xFFFB, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      return true
    default: return false
    }
  }

  /// The text with each of them written as `\u{202e}`, for plain output and complaints.
  ///
  /// - Parameter newlines: Whether line feeds stay, for text of several lines.
  package static func visible(_ text: String, newlines: Bool = false) -> String {
    guard text.unicodeScalars.contains(where: contains) else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
      if contains(scalar), !(newlines && scalar == "\n") {
        safe += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }
}
