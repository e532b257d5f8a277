import EventicleCore

/// The escape sequences that this program sends besides those of ncurses.
enum EscapeText {
  /// Makes the terminal enclose pasted text in marks, and report when its window gains or loses
  /// the focus.
  static let modesOn = "\u{1B}[?2004h\u{1B}[?1004h"
  /// Makes pasted text arrive like typed text, and the focus go unreported.
  static let modesOff = "\u{1B}[?1004l\u{1B}[?2004l"
  /// Reports presses, releases and the wheel, with places of any size.
  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
  /// Turns off every kind of mouse report, so that the mouse selects text.
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1003l\u{1B}[?1002l\u{1B}[?1000l"

  /// Asks for the colour behind the text; most terminals answer in the same form.
  static let askBackground = "\u{1B}]11;?\u{1B}\\"

  /// Puts text on the clipboard; `nil` when it is longer than ``clipboardLimit``.
  static func clipboard(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count <= clipboardLimit else { return nil }
    return "\u{1B}]52;c;\(Base64.text(of: bytes))\u{07}"
  }
}
