extension VirtualTerminal {
  /// How far a sequence has been read, and its parts so far.
  struct Parser: Sendable {
    enum State: Sendable {
      case ground
      case escape
      case escapeIntermediate(UInt8)
      case control
      case operatingSystem
      case deviceString
      case stringEnd(isOperatingSystem: Bool)
    }

    var state: State = .ground
    var collected: [UInt8] = []
    var character: [UInt8] = []
    var missing = 0

    var isInside: Bool {
      if case .ground = state { return missing > 0 }
      return true
    }
  }

  mutating func consume(_ byte: UInt8) {
    switch parser.state {
    case .ground: consumeText(byte)
    case .escape: consumeEscape(byte)
    case .escapeIntermediate(let first): consumeEscape(first, byte)
    case .control: consumeControl(byte)
    case .operatingSystem: consumeString(byte, isOperatingSystem: true)
    case .deviceString: consumeString(byte, isOperatingSystem: false)
    case .stringEnd(let isOperatingSystem):
      if byte == 0x5c {
        endString(isOperatingSystem: isOperatingSystem)
      } else {
        parser.state = .escape
        consumeEscape(byte)
      }
    }
  }

  private mutating func consumeText(_ byte: UInt8) {
    if parser.missing > 0 {
      if byte & 0xc0 == 0x80 {
        parser.character.append(byte)
        parser.missing -= 1
        if parser.missing == 0 { endCharacter() }
        return
      }
      parser.missing = 0
      printScalar("\u{fffd}")
    }
    switch byte {
    case 0x1b: parser.state = .escape
    case 0..<0x20, 0x7f: control(byte)
    case 0x20..<0x7f: printScalar(Unicode.Scalar(byte))
    case 0xc2..<0xe0: beginCharacter(byte, missing: 1)
    case 0xe0..<0xf0: beginCharacter(byte, missing: 2)
    case 0xf0..<0xf5: beginCharacter(byte, missing: 3)
    default: printScalar("\u{fffd}")
    }
  }

  private mutating func beginCharacter(_ byte: UInt8, missing: Int) {
    parser.character = [byte]
    parser.missing = missing
  }

  private mutating func endCharacter() {
    for scalar in String(decoding: parser.character, as: UTF8.self).unicodeScalars {
      printScalar(scalar)
    }
  }

  private mutating func consumeEscape(_ byte: UInt8) {
    parser.state = .ground
    parser.collected = []
    switch byte {
    case 0x5b: parser.state = .control
    case 0x5d: parser.state = .operatingSystem
    case 0x50, 0x58, 0x5e, 0x5f, 0x6b: parser.state = .deviceString
    case 0x20...0x2f: parser.state = .escapeIntermediate(byte)
    case 0x1b: parser.state = .escape
    case 0x00..<0x20:
      control(byte)
      parser.state = .escape
    default: escape(byte)
    }
  }

  private mutating func consumeEscape(_ first: UInt8, _ byte: UInt8) {
    parser.state = .ground
    switch first {
    case UInt8(ascii: "("): charsets.designate(0, byte)
    case UInt8(ascii: ")"): charsets.designate(1, byte)
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "%"): break
    default: unknown.append("ESC \(Unicode.Scalar(first)) \(Unicode.Scalar(byte))")
    }
  }

  private mutating func consumeControl(_ byte: UInt8) {
    switch byte {
    case 0x1b: parser.state = .escape
    case 0x18, 0x1a: parser.state = .ground
    case 0..<0x20: control(byte)
    case 0x20..<0x40: parser.collected.append(byte)
    case 0x40..<0x7f:
      parser.state = .ground
      controlSequence(ControlSequence(parser.collected, final: byte))
    default:
      parser.state = .ground
      unknown.append("CSI with byte \(byte)")
    }
  }

  private mutating func consumeString(_ byte: UInt8, isOperatingSystem: Bool) {
    switch byte {
    case 0x07: endString(isOperatingSystem: isOperatingSystem)
    case 0x1b: parser.state = .stringEnd(isOperatingSystem: isOperatingSystem)
    case 0x18, 0x1a: parser.state = .ground
    default: parser.collected.append(byte)
    }
  }

  private mutating func endString(isOperatingSystem: Bool) {
    parser.state = .ground
    if isOperatingSystem {
      operatingSystemCommands.append(String(decoding: parser.collected, as: UTF8.self))
    }
  }
}

/// A sequence that began with `ESC [`.
struct ControlSequence: Sendable {
  /// The private marker, such as `?`, the intermediate bytes, and the final byte.
  let name: String

  /// The parameters, each split at its colons; a missing one is `nil`.
  let groups: [[Int?]]

  init(_ bytes: [UInt8], final: UInt8) {
    let parameters = bytes.filter { (0x30...0x3b).contains($0) }
    let others = bytes.filter { !(0x30...0x3b).contains($0) } + [final]
    name = String(decoding: others, as: UTF8.self)
    // As in real terminals: a hostile count must not stall the screen.
    let limit = 9999
    groups = parameters.split(separator: 0x3b, omittingEmptySubsequences: false).map { group in
      group.split(separator: 0x3a, omittingEmptySubsequences: false).map { part in
        part.isEmpty ? nil : min(Int(String(decoding: part, as: UTF8.self)) ?? limit, limit)
      }
    }
  }

  /// A count: a missing one and zero mean one.
  var count: Int { max(1, number(0, or: 1)) }

  /// The value of a parameter.
  func number(_ index: Int, or absent: Int) -> Int {
    guard index < groups.count, let value = groups[index].first.flatMap({ $0 }) else {
      return absent
    }
    return value
  }
}
