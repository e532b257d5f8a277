/// What is shown instead of a scalar that must not reach a terminal.
///
/// Control characters, bidirectional overrides, zero-width and tag characters can move the cursor,
/// reorder a line or hide text; a person must see that they are there.
enum VisibleForm {
  /// The replacement; `nil` for a scalar that may be drawn as it is.
  static func of(_ scalar: Unicode.Scalar) -> String? {
    let value = scalar.value
    switch value {
    case 0x20..<0x7F: return nil
    case 0..<0x20: return Unicode.Scalar(0x2400 + value).map(String.init)
    case 0x7F: return "\u{2421}"
    case 0x80..<0xA0: return "‹U+00\(hex(value))›"
    case 0xFE00...0xFE0F: return "‹VS\(value - 0xFE00 + 1)›"
    case 0xE0100...0xE01EF: return "‹VS\(value - 0xE0100 + 17)›"
    case 0xE0020..<0xE007F: return tag(value)
    default: break
    }
    if let name = names[value] { return "‹\(name)›" }
    if isFiller(value) { return "‹U+\(hex(value))›" }
    if DisplayWidth.columns(of: scalar) != nil { return nil }
    return DisplayWidth.isKnown(scalar) || isNonCharacter(value) || isPrivate(scalar)
      ? "‹U+\(hex(value))›" : "\u{FFFD}"
  }

  /// The replacement for a byte that is not part of valid UTF-8.
  static func of(invalid byte: UInt8) -> String {
    "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  private static func tag(_ value: UInt32) -> String {
    guard let letter = Unicode.Scalar(value - 0xE0000) else { return "\u{FFFD}" }
    return "‹TAG \(letter)›"
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, (value < 0x100 ? 2 : 4) - digits.count)) + digits
  }

  // Letters and symbols by category that have no visible form.
  private static func isFiller(_ value: UInt32) -> Bool {
    [0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5, 0x1D159].contains(value)
  }

  private static func isNonCharacter(_ value: UInt32) -> Bool {
    value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
  }

  private static func isPrivate(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .privateUse
  }

  private static let names: [UInt32: String] = [
    0x00AD: "SHY", 0x034F: "CGJ", 0x061C: "ALM", 0x180B: "FVS1", 0x180C: "FVS2",
    0x180D: "FVS3", 0x180E: "MVS", 0x180F: "FVS4", 0x200B: "ZWSP", 0x200C: "ZWNJ",
    0x200D: "ZWJ", 0x200E: "LRM", 0x200F: "RLM", 0x2028: "LS", 0x2029: "PS", 0x202A: "LRE",
    0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO", 0x2060: "WJ", 0x2061: "FA",
    0x2062: "IT", 0x2063: "IS", 0x2064: "IP", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI",
    0x2069: "PDI", 0xFEFF: "BOM", 0xFFF9: "IAA", 0xFFFA: "IAS", 0xFFFB: "IAT",
    0xFFFC: "OBJ", 0xE0001: "TAG", 0xE007F: "TAG END",
  ]
}
