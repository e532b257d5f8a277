import Testing

/// Key names as tests write them, and the bytes that a terminal sends for them.
///
/// `"jj<Enter>:do <Tab><C-p><F5><S-Tab><A-x><lt>"`. An unknown name is a mistake in the test and
/// fails it.
public enum Keys {
  /// The bytes of several keys.
  ///
  /// - Parameters:
  ///   - keys: Characters, and names between angle brackets; `<lt>` is an angle bracket.
  ///   - isCursorApplication: Whether the program asked for application cursor keys (mode 1).
  public static func bytes(_ keys: String, isCursorApplication: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = keys[...]
    while let first = rest.first {
      if first == "<", let end = rest.firstIndex(of: ">") {
        let name = String(rest[rest.index(after: rest.startIndex)..<end])
        if let named = self.bytes(ofKey: name, isCursorApplication: isCursorApplication) {
          bytes += named
        } else {
          Issue.record("no key is named <\(name)>; an angle bracket is <lt>")
        }
        rest = rest[rest.index(after: end)...]
      } else {
        bytes += Array(first.utf8)
        rest.removeFirst()
      }
    }
    return bytes
  }

  /// The bytes of one named key; `nil` for an unknown name.
  public static func bytes(ofKey name: String, isCursorApplication: Bool = false) -> [UInt8]? {
    let lower = name.lowercased()
    if let plain = plainKeys[lower] { return Array(plain.utf8) }
    if let letter = cursorKeys[lower] {
      return Array("\u{1b}\(isCursorApplication ? "O" : "[")\(letter)".utf8)
    }
    if name.hasPrefix("C-"), name.count == 3, let key = name.utf8.last {
      return control(key)
    }
    if name.hasPrefix("A-"), !name.dropFirst(2).isEmpty {
      let inner = String(name.dropFirst(2))
      if inner.count == 1 { return [0x1b] + Array(inner.utf8) }
      return bytes(ofKey: inner, isCursorApplication: isCursorApplication).map { [0x1b] + $0 }
    }
    return modified(lower)
  }

  /// A cursor key with a modifier: `CSI 1 ; modifier letter`.
  private static func modified(_ name: String) -> [UInt8]? {
    let modifiers = ["s-": 2, "a-": 3, "c-": 5]
    guard let modifier = modifiers[String(name.prefix(2))],
      let letter = cursorKeys[String(name.dropFirst(2))]
    else { return nil }
    return Array("\u{1b}[1;\(modifier)\(letter)".utf8)
  }

  private static func control(_ key: UInt8) -> [UInt8]? {
    switch key {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): [key - 0x60]
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): [key - 0x40]
    case UInt8(ascii: "["), UInt8(ascii: "\\"), UInt8(ascii: "]"): [key - 0x40]
    case UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "@"): [key - 0x40]
    default: nil
    }
  }

  private static let cursorKeys = [
    "up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F",
  ]

  private static let plainKeys = [
    "enter": "\r", "cr": "\r", "tab": "\t", "space": " ", "lt": "<", "gt": ">",
    "esc": "\u{1b}", "bs": "\u{7f}", "backspace": "\u{7f}", "c-space": "\u{0}",
    "s-tab": "\u{1b}[Z", "insert": "\u{1b}[2~", "del": "\u{1b}[3~", "delete": "\u{1b}[3~",
    "pageup": "\u{1b}[5~", "pagedown": "\u{1b}[6~",
    "f1": "\u{1b}OP", "f2": "\u{1b}OQ", "f3": "\u{1b}OR", "f4": "\u{1b}OS",
    "f5": "\u{1b}[15~", "f6": "\u{1b}[17~", "f7": "\u{1b}[18~", "f8": "\u{1b}[19~",
    "f9": "\u{1b}[20~", "f10": "\u{1b}[21~", "f11": "\u{1b}[23~", "f12": "\u{1b}[24~",
  ]

  /// A mouse report in SGR encoding (mode 1006).
  public static func mouse(_ button: MouseButton, at place: VirtualPosition, isPress: Bool)
    -> [UInt8]
  {
    let end = isPress ? "M" : "m"
    return Array("\u{1b}[<\(button.rawValue);\(place.column + 1);\(place.row + 1)\(end)".utf8)
  }

  /// A paste, bracketed if the program asked for it (mode 2004).
  public static func paste(_ text: String, isBracketed: Bool) -> [UInt8] {
    Array((isBracketed ? "\u{1b}[200~\(text)\u{1b}[201~" : text).utf8)
  }
}

/// The buttons of mouse reports.
public enum MouseButton: Int, Sendable {
  /// The left button.
  case left = 0
  /// The middle button.
  case middle = 1
  /// The right button.
  case right = 2
  /// A move with the left button down.
  case drag = 32
  /// A move with no button down.
  case move = 35
  /// The wheel, away from the person.
  case wheelUp = 64
  /// The wheel, towards the person.
  case wheelDown = 65
}
