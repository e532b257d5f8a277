import EventicleCore

/// The escape sequences this program sends beside those of ncurses.
enum EscapeText {
  /// Text that is pasted comes between marks.
  static let pasteOn = "\u{1B}[?2004h"
  /// Text that is pasted comes like typed text.
  static let pasteOff = "\u{1B}[?2004l"
  /// Presses, releases and the wheel are reported with places of any size.
  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
  /// The mouse selects text; every kind of report is off.
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1003l\u{1B}[?1002l\u{1B}[?1000l"

  /// Puts text on the clipboard; none when it is longer than ``clipboardLimit``.
  static func clipboard(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count <= clipboardLimit else { return nil }
    return "\u{1B}]52;c;\(Base64Text.text(of: bytes))\u{07}"
  }
}
