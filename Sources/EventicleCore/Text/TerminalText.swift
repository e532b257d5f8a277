/// Text on its way to a terminal or a shell, outside of the screen that the console draws.
package enum TerminalText {
  /// Whether a terminal acts on a character, or the character reorders or hides the text around it.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// The text with every unsafe character written as `\u{1b}`.
  ///
  /// - Parameters:
  ///   - keepsLines: Whether line ends stay as they are.
  ///   - limit: How many characters are looked at; what comes behind them is left out.
  package static func visible(
    _ text: String, keepsLines: Bool = false, limit: Int = Int.max
  ) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(limit) {
      if isUnsafe(scalar), !keepsLines || scalar != "\n" {
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
