/// Writes JSON values as compact UTF-8 text.
enum JSONWriter {
  /// Appends the text of a value.
  static func append(_ value: JSON, to output: inout [UInt8]) {
    switch value {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let number): number.append(to: &output)
    case .string(let text): append(text, to: &output)
    case .array(let values):
      output.append(0x5B)
      for (index, value) in values.enumerated() {
        if index > 0 { output.append(0x2C) }
        append(value, to: &output)
      }
      output.append(0x5D)
    case .object(let object):
      output.append(0x7B)
      for (index, member) in object.members.enumerated() {
        if index > 0 { output.append(0x2C) }
        append(member.key, to: &output)
        output.append(0x3A)
        append(member.value, to: &output)
      }
      output.append(0x7D)
    }
  }

  /// Appends a string in quotes, escaping what JSON requires and nothing else.
  static func append(_ text: String, to output: inout [UInt8]) {
    let isPlain = withTextBytes(text) { bytes in
      guard !bytes.contains(where: mustEscape) else { return false }
      output.append(0x22)
      output.append(contentsOf: bytes)
      output.append(0x22)
      return true
    }
    if !isPlain { append(escaping: text, to: &output) }
  }

  @inline(__always)
  private static func mustEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F
  }

  private static func append(escaping text: String, to output: inout [UInt8]) {
    output.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22: output.append(contentsOf: [0x5C, 0x22])
      case 0x5C: output.append(contentsOf: [0x5C, 0x5C])
      case 0x0A: output.append(contentsOf: [0x5C, 0x6E])
      case 0x0D: output.append(contentsOf: [0x5C, 0x72])
      case 0x09: output.append(contentsOf: [0x5C, 0x74])
      case 0..<0x20, 0x7F:
        output.append(contentsOf: "\\u\(hexDigits(byte, width: 4))".utf8)
      default: output.append(byte)
      }
    }
    output.append(0x22)
  }
}

extension JSON {
  /// The value as compact JSON text in which nothing hides.
  ///
  /// Characters that a reader does not see or that a terminal acts upon are escaped; it parses to
  /// the same value.
  package var printed: String { JSON.printed(description) }

  /// JSON text with its hidden characters escaped; it parses to the same value.
  package static func printed(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: HiddenScalar.contains) else { return json }
    var safe = ""
    for scalar in json.unicodeScalars {
      guard HiddenScalar.contains(scalar) else {
        safe.unicodeScalars.append(scalar)
        continue
      }
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        safe += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return safe
  }
}

extension JSON: CustomStringConvertible {
  /// The value as compact JSON text.
  public var description: String { String(decoding: utf8, as: UTF8.self) }

  /// The value as the UTF-8 bytes of compact JSON text.
  public var utf8: [UInt8] {
    var output: [UInt8] = []
    JSONWriter.append(self, to: &output)
    return output
  }
}
