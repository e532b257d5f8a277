/// A colour in a form that a terminal accepts.
enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case `default`
  /// One of the terminal's sixteen configured colours; 8 and above are bright.
  case ansi(UInt8)
  /// One of 256 colours, of which the first sixteen are the configured ones.
  case indexed(UInt8)
  /// An exact colour.
  case rgb(RGB)

  /// The names of the sixteen colours in theme files, in the order of their numbers.
  static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black",
    "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta",
    "bright-cyan", "bright-white",
  ]

  /// Reads a colour of a theme file: `default`, `red`, `111`, `#7aa2f7` or `#abc`.
  init?(word: some StringProtocol) {
    if word == "default" {
      self = .default
    } else if let index = Self.names.firstIndex(of: String(word)) {
      self = .ansi(UInt8(index))
    } else if word.first == "#" {
      guard let value = RGB(hex: word.dropFirst()) else { return nil }
      self = .rgb(value)
    } else {
      guard let number = UInt8(word), word.allSatisfy(\.isNumber) else { return nil }
      self = number < 16 ? .ansi(number) : .indexed(number)
    }
  }

  /// The colour in the usual palette; `nil` for the terminal's own default.
  var rgb: RGB? {
    switch self {
    case .default: nil
    case .ansi(let number): RGB.palette(Int(number))
    case .indexed(let number): RGB.palette(Int(number))
    case .rgb(let value): value
    }
  }
}

/// Eight bits each of red, green and blue.
struct RGB: Hashable, Sendable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  /// A colour of its three components.
  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// Reads three or six hexadecimal digits.
  init?(hex: some StringProtocol) {
    let digits = hex.compactMap(\.hexDigitValue)
    guard digits.count == hex.count else { return nil }
    switch digits.count {
    case 3: self.init(UInt8(digits[0] * 17), UInt8(digits[1] * 17), UInt8(digits[2] * 17))
    case 6:
      self.init(
        UInt8(digits[0] * 16 + digits[1]), UInt8(digits[2] * 16 + digits[3]),
        UInt8(digits[4] * 16 + digits[5]))
    default: return nil
    }
  }

  /// A `#` and six hexadecimal digits.
  var hex: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The usual colour of a number from 0 to 255: sixteen colours, a cube, a ramp of greys.
  static func palette(_ number: Int) -> RGB {
    switch number {
    case ..<16: return ansi[max(0, number)]
    case 16..<232:
      let steps = [(number - 16) / 36, (number - 16) / 6 % 6, (number - 16) % 6]
      let parts = steps.map { UInt8($0 == 0 ? 0 : 55 + 40 * $0) }
      return RGB(parts[0], parts[1], parts[2])
    default:
      let grey = UInt8(min(255, 8 + 10 * (number - 232)))
      return RGB(grey, grey, grey)
    }
  }

  private static let ansi: [RGB] = [
    RGB(0x16, 0x1C, 0x24), RGB(0xE8, 0x6A, 0x74), RGB(0x7C, 0xC4, 0x8B), RGB(0xE0, 0xB5, 0x66),
    RGB(0x6C, 0xA8, 0xF0), RGB(0xC2, 0x95, 0xF0), RGB(0x5C, 0xC6, 0xC4), RGB(0xD3, 0xDB, 0xE4),
    RGB(0x6B, 0x78, 0x87), RGB(0xFF, 0x8A, 0x92), RGB(0x9A, 0xDC, 0xA6), RGB(0xF2, 0xCF, 0x86),
    RGB(0x94, 0xC4, 0xFF), RGB(0xD9, 0xB5, 0xFF), RGB(0x86, 0xE0, 0xDD), RGB(0xF2, 0xF6, 0xFA),
  ]
}
