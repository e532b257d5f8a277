/// Sequences that begin with `ESC [`: keys with modifiers, mouse reports, paste marks, replies.
enum ControlSequence {
  /// The keys by final letter, here and after `ESC O`.
  static let letters: [UInt8: KeyPress.Code] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "S"): .function(4),
  ]

  /// Reads the sequence at the beginning of the bytes.
  static func first(in bytes: ArraySlice<UInt8>) -> InputSequence.Found {
    let body = bytes.dropFirst(2)
    guard let length = body.firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
      return body.count > limit ? .nothing(bytes.count) : .incomplete
    }
    let parameters = body[..<length]
    let final = bytes[length]
    let total = parameters.count + 3
    guard (0x40...0x7E).contains(final) else { return .nothing(total - 1) }
    switch final {
    case UInt8(ascii: "[") where parameters.isEmpty: return linuxFunction(bytes)
    case UInt8(ascii: "M") where parameters.isEmpty: return oldMouse(bytes)
    case UInt8(ascii: "I") where parameters.isEmpty: return .focus(isGained: true, total)
    case UInt8(ascii: "O") where parameters.isEmpty: return .focus(isGained: false, total)
    case UInt8(ascii: "M"), UInt8(ascii: "m"):
      let event = mouse(parameters, isRelease: final == UInt8(ascii: "m"))
      return event.map { .input(.mouse($0), total) } ?? .nothing(total)
    default: break
    }
    guard let numbers = numbers(parameters) else { return .nothing(total) }
    if final == UInt8(ascii: "~"), numbers.first == 200 { return .pasteBegins(total) }
    let key = key(numbers, final: final)
    return key.map { .input(.key($0), total) } ?? .nothing(total)
  }

  private static let limit = 64

  // MARK: - Keys

  private static let tildes: [Int: KeyPress.Code] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]

  private static func key(_ numbers: [Int], final: UInt8) -> KeyPress? {
    let modifiers = modifiers(numbers.count > 1 ? numbers[1] : 1)
    switch final {
    case UInt8(ascii: "Z"): return KeyPress(.backtab)
    case UInt8(ascii: "~"):
      if numbers.count == 3, numbers[0] == 27 { return character(numbers[2], modifiers) }
      return numbers.first.flatMap { tildes[$0] }.map { KeyPress($0, modifiers) }
    case UInt8(ascii: "u"): return numbers.first.flatMap { character($0, modifiers) }
    default: return letters[final].map { KeyPress($0, modifiers) }
    }
  }

  private static func modifiers(_ number: Int) -> KeyPress.Modifiers {
    let bits = number > 0 ? number - 1 : 0
    var modifiers: KeyPress.Modifiers = []
    if bits & 1 != 0 { modifiers.insert(.shift) }
    if bits & 2 != 0 { modifiers.insert(.alt) }
    if bits & 4 != 0 { modifiers.insert(.control) }
    return modifiers
  }

  private static func character(_ code: Int, _ modifiers: KeyPress.Modifiers) -> KeyPress? {
    switch code {
    case 9: return modifiers.contains(.shift) ? KeyPress(.backtab) : KeyPress(.tab, modifiers)
    case 13: return KeyPress(.enter, modifiers)
    case 27: return KeyPress(.escape, modifiers)
    case 8, 127: return KeyPress(.backspace, modifiers)
    default:
      guard code >= 32, !(0x7F..<0xA0).contains(code), !(0xE000...0xF8FF).contains(code),
        let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init)
      else { return nil }
      let letter = Character(scalar)
      let isShifted = modifiers.contains(.shift) && !modifiers.contains(.control)
      let shown = isShifted ? letter.uppercased().first ?? letter : letter
      return KeyPress(shown, isShifted ? modifiers.subtracting(.shift) : modifiers)
    }
  }

  private static func linuxFunction(_ bytes: ArraySlice<UInt8>) -> InputSequence.Found {
    guard let letter = bytes.dropFirst(3).first else { return .incomplete }
    guard (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(letter) else { return .nothing(3) }
    return .input(.key(KeyPress(.function(Int(letter) - 0x40))), 4)
  }

  private static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int]? {
    var numbers: [Int] = []
    for field in parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      // kitty adds alternate keys after a colon.
      let digits = field.prefix { $0 != UInt8(ascii: ":") }
      guard digits.count < 8 else { return nil }
      var number = 0
      for digit in digits {
        guard (0x30...0x39).contains(digit) else { return nil }
        number = number * 10 + Int(digit - 0x30)
      }
      numbers.append(number)
    }
    return numbers
  }

  // MARK: - Mouse

  private static func mouse(_ parameters: ArraySlice<UInt8>, isRelease: Bool) -> MouseEvent? {
    guard parameters.first == UInt8(ascii: "<"),
      let numbers = numbers(parameters.dropFirst()), numbers.count == 3
    else { return nil }
    let point = Point(column: numbers[1] - 1, row: numbers[2] - 1)
    return event(numbers[0], at: point, isRelease: isRelease)
  }

  private static func oldMouse(_ bytes: ArraySlice<UInt8>) -> InputSequence.Found {
    let report = Array(bytes.dropFirst(3).prefix(3))
    guard report.count == 3 else { return .incomplete }
    guard report.allSatisfy({ $0 >= 0x20 }) else { return .nothing(3) }
    let code = Int(report[0]) - 0x20
    let point = Point(column: Int(report[1]) - 0x21, row: Int(report[2]) - 0x21)
    let isRelease = code & 0x43 == 3
    let found = event(isRelease ? code & ~3 : code, at: point, isRelease: isRelease)
    return found.map { .input(.mouse($0), 6) } ?? .nothing(6)
  }

  private static func event(_ code: Int, at point: Point, isRelease: Bool) -> MouseEvent? {
    guard point.column >= 0, point.row >= 0, code & 0x20 == 0, code < 0x80 else { return nil }
    var modifiers: KeyPress.Modifiers = []
    if code & 4 != 0 { modifiers.insert(.shift) }
    if code & 8 != 0 { modifiers.insert(.alt) }
    if code & 16 != 0 { modifiers.insert(.control) }
    switch (code & 0x43, isRelease) {
    case (0x40, false): return MouseEvent(.wheelUp, at: point, modifiers: modifiers)
    case (0x41, false): return MouseEvent(.wheelDown, at: point, modifiers: modifiers)
    case (0...2, _):
      let button: MouseEvent.Button = [.left, .middle, .right][code & 3]
      let kind: MouseEvent.Kind = isRelease ? .release(button) : .press(button)
      return MouseEvent(kind, at: point, modifiers: modifiers)
    default: return nil
    }
  }
}
