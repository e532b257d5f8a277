/// Text as XML and HTML have it.
package enum XMLText {
  /// A text in which nothing means more than itself, in an element and in an attribute's value.
  ///
  /// Two scalars that are not hidden, and that no document may have, become `\u{fffe}` and `\u{ffff}`.
  package static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": safe += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }
}
