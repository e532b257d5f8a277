/// The escape sequences that this program sends besides those of ncurses.
enum EscapeText {
  /// Makes the terminal enclose pasted text in marks.
  static let pasteOn = "\u{1B}[?2004h"
  /// Makes pasted text arrive like typed text.
  static let pasteOff = "\u{1B}[?2004l"
  /// Reports presses, releases and the wheel, with places of any size.
  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
  /// Turns off every kind of mouse report, so that the mouse selects text.
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1003l\u{1B}[?1002l\u{1B}[?1000l"

  /// Puts text on the clipboard; `nil` when it is longer than ``clipboardLimit``.
  static func clipboard(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count <= clipboardLimit else { return nil }
    return "\u{1B}]52;c;\(base64(bytes))\u{07}"
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        let letter = alphabet[bits >> (18 - 6 * place) & 63]
        text.append(place <= group.count ? letter : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
