/// The grammar of terminal input: characters, control bytes and escape sequences.
///
/// The sequences of xterm, the Linux console, rxvt, screen, tmux and kitty are all understood,
/// whatever `TERM` is, because nested terminals mix them.
enum InputSequence {
  /// What begins some bytes, and how many of them it takes.
  enum Found: Hashable {
    case incomplete
    case input(TerminalInput, Int)
    case nothing(Int)
    case pasteBegins(Int)
    /// The terminal's window gained or lost the focus.
    case focus(isGained: Bool, Int)
  }

  /// Reads the first input; the bytes must not be empty.
  static func first(in bytes: ArraySlice<UInt8>) -> Found {
    guard let byte = bytes.first else { return .incomplete }
    switch byte {
    case 0x1B: return escape(bytes)
    case 0..<0x20, 0x7F: return .input(.key(control(byte)), 1)
    default: return character(bytes)
    }
  }

  // MARK: - Characters

  private static func control(_ byte: UInt8) -> KeyPress {
    switch byte {
    case 0x00: KeyPress(" ", .control)
    case 0x09: KeyPress(.tab)
    case 0x0A, 0x0D: KeyPress(.enter)
    case 0x08, 0x7F: KeyPress(.backspace)
    case 0x1B: KeyPress(.escape)
    case 0x01...0x1A: KeyPress(Character(Unicode.Scalar(byte + 0x60)), .control)
    default: KeyPress(Character(Unicode.Scalar(byte + 0x40)), .control)
    }
  }

  private static func character(_ bytes: ArraySlice<UInt8>) -> Found {
    guard let lead = bytes.first else { return .incomplete }
    let length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead < 0x80 || (0xC2...0xF4).contains(lead) else { return .nothing(1) }
    let unit = bytes.prefix(length)
    guard unit.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return .nothing(1) }
    guard unit.count == length else { return .incomplete }
    var reader = UTF8Reader(unit.makeIterator())
    guard case .scalar(let scalar)? = reader.next(), scalar.value >= 0xA0 || scalar.isASCII else {
      return .nothing(length)
    }
    return .input(.key(KeyPress(Character(scalar))), length)
  }

  // MARK: - Escape sequences

  private static func escape(_ bytes: ArraySlice<UInt8>) -> Found {
    guard let second = bytes.dropFirst().first else { return .incomplete }
    switch second {
    case 0x1B: return .input(.key(KeyPress(.escape)), 1)
    case UInt8(ascii: "["): return ControlSequence.first(in: bytes)
    case UInt8(ascii: "O"): return single(bytes)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"),
      UInt8(ascii: "X"):
      return string(bytes)
    default:
      switch first(in: bytes.dropFirst()) {
      case .input(.key(var key), let length):
        key.modifiers.insert(.alt)
        return .input(.key(key), length + 1)
      case .incomplete: return .incomplete
      default: return .nothing(2)
      }
    }
  }

  // SS3: cursor, function and keypad keys in application mode.
  private static func single(_ bytes: ArraySlice<UInt8>) -> Found {
    guard let third = bytes.dropFirst(2).first else { return .incomplete }
    if let code = ControlSequence.letters[third] { return .input(.key(KeyPress(code)), 3) }
    switch third {
    case UInt8(ascii: "M"): return .input(.key(KeyPress(.enter)), 3)
    case UInt8(ascii: "R"): return .input(.key(KeyPress(.function(3))), 3)
    case UInt8(ascii: "j")...UInt8(ascii: "y"):
      return .input(.key(KeyPress(Character(Unicode.Scalar(third - 0x40)))), 3)
    default: return .input(.key(KeyPress("O", .alt)), 2)
    }
  }

  // Replies such as a colour or a name, up to the terminator; only that to a question is of use.
  private static func string(_ bytes: ArraySlice<UInt8>) -> Found {
    var previous: UInt8 = 0
    for (index, byte) in bytes.dropFirst(2).enumerated() {
      if byte == 0x07 || previous == 0x1B && byte == UInt8(ascii: "\\") {
        let content = bytes.dropFirst(2).prefix(index)
        let isCommand = bytes.dropFirst().first == UInt8(ascii: "]")
        guard isCommand, let color = ColorReply.background(content) else {
          return .nothing(index + 3)
        }
        return .input(.background(color), index + 3)
      }
      if previous == 0x1B { return .nothing(index + 1) }
      previous = byte
    }
    return bytes.count > stringLimit ? .nothing(bytes.count) : .incomplete
  }

  private static let stringLimit = 4096
}
