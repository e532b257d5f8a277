/// Walks over JSON text byte by byte and checks it strictly, without building values.
///
/// Every length and index is checked; an error names the place where the text is not JSON.
struct JSONScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var offset: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  var isAtEnd: Bool { offset >= bytes.count }

  var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func advance() { offset += 1 }

  mutating func move(to offset: Int) { self.offset = offset }

  @inline(__always)
  mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  mutating func expect(_ byte: UInt8, _ meaning: String) throws(JSONError) {
    guard current == byte else { throw failure("expected \(meaning)") }
    offset += 1
  }

  func failure(_ reason: String) -> JSONError {
    let found = current.map { JSONScanner.name(of: $0) } ?? "the end of the text"
    return JSONError(reason: "\(reason), found \(found)", offset: offset)
  }

  static func name(of byte: UInt8) -> String {
    byte >= 0x21 && byte < 0x7F
      ? "'\(Unicode.Scalar(byte))'"
      : "byte 0x" + hexDigits(byte, width: 2)
  }

  // MARK: - Skipping

  /// Skips one value of any kind and returns the range of its bytes.
  mutating func skipValue(depth: Int = 0) throws(JSONError) -> Range<Int> {
    skipSpace()
    let start = offset
    guard depth < Limits.jsonDepth else {
      throw JSONError(reason: "nested deeper than \(Limits.jsonDepth) levels", offset: offset)
    }
    switch current {
    case 0x7B: try skipObject(depth: depth)
    case 0x5B: try skipArray(depth: depth)
    case 0x22: _ = try skipString()
    case 0x74: try skipWord("true")
    case 0x66: try skipWord("false")
    case 0x6E: try skipWord("null")
    default: _ = try skipNumber()
    }
    return start..<offset
  }

  private mutating func skipObject(depth: Int) throws(JSONError) {
    offset += 1
    skipSpace()
    if current == 0x7D {
      offset += 1
      return
    }
    while true {
      skipSpace()
      guard current == 0x22 else { throw failure("expected a member name in double quotes") }
      _ = try skipString()
      skipSpace()
      try expect(0x3A, "':' after the member name")
      _ = try skipValue(depth: depth + 1)
      skipSpace()
      if current == 0x2C {
        offset += 1
        continue
      }
      return try expect(0x7D, "',' or '}'")
    }
  }

  private mutating func skipArray(depth: Int) throws(JSONError) {
    offset += 1
    skipSpace()
    if current == 0x5D {
      offset += 1
      return
    }
    while true {
      _ = try skipValue(depth: depth + 1)
      skipSpace()
      if current == 0x2C {
        offset += 1
        continue
      }
      return try expect(0x5D, "',' or ']'")
    }
  }

  mutating func skipWord(_ word: StaticString) throws(JSONError) {
    let length = word.utf8CodeUnitCount
    let start = offset
    for index in 0..<length {
      guard current == word.utf8Start[index] else {
        offset = start
        throw failure("expected a value")
      }
      offset += 1
    }
  }

  /// Skips a number and returns the range of its digits.
  mutating func skipNumber() throws(JSONError) -> Range<Int> {
    let start = offset
    if current == 0x2D { offset += 1 }
    guard let first = current, isDigit(first) else {
      offset = start
      throw failure("expected a value")
    }
    if first == 0x30 { offset += 1 } else { skipDigits() }
    if current == 0x2E {
      offset += 1
      guard let digit = current, isDigit(digit) else {
        throw failure("expected a digit after the decimal point")
      }
      skipDigits()
    }
    if current == 0x65 || current == 0x45 {
      offset += 1
      if current == 0x2B || current == 0x2D { offset += 1 }
      guard let digit = current, isDigit(digit) else {
        throw failure("expected a digit in the exponent")
      }
      skipDigits()
    }
    return start..<offset
  }

  private mutating func skipDigits() {
    while let byte = current, isDigit(byte) { offset += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Skips a string; returns the range between the quotes and whether it is free of escapes.
  mutating func skipString() throws(JSONError) -> (content: Range<Int>, isPlain: Bool) {
    let quote = offset
    offset += 1
    let start = offset
    var isPlain = true
    skipPlainText()
    while let byte = current {
      switch byte {
      case 0x22:
        offset += 1
        return (start..<(offset - 1), isPlain)
      case 0x5C:
        isPlain = false
        try skipEscape()
        skipPlainText()
      case 0..<0x20:
        throw failure("control characters in a string must be escaped")
      case 0x80...:
        try skipMultibyte()
      default:
        offset += 1
      }
    }
    throw JSONError(reason: "this string has no closing quote", offset: quote)
  }

  /// Skips bytes of a string that stand for themselves, eight at a time; what is left before the
  /// next other byte is skipped one by one.
  @inline(__always)
  private mutating func skipPlainText() {
    guard let start = UnsafeRawPointer(bytes.baseAddress) else { return }
    let ones: UInt64 = 0x0101_0101_0101_0101
    while offset + 8 <= bytes.count {
      let word = UInt64(
        littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      // The high bit of a byte is set where it ends the run: 0x80 and above, below 0x20, a quote, a
      // backslash; above the first such byte a borrow may set others.
      let others = (word &- ones &* 0x20) | ((word ^ ones &* 0x22) &- ones)
      let ends = (word | others | ((word ^ ones &* 0x5C) &- ones)) & (ones &* 0x80)
      guard ends == 0 else {
        offset += ends.trailingZeroBitCount >> 3
        return
      }
      offset += 8
    }
  }

  private mutating func skipEscape() throws(JSONError) {
    offset += 1
    switch current {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: offset += 1
    case 0x75:
      offset += 1
      for _ in 0..<4 {
        guard let byte = current, hexDigitValue(byte) != nil else {
          throw failure("expected four hexadecimal digits after \\u")
        }
        offset += 1
      }
    default: throw failure("expected one of \" \\ / b f n r t u after the backslash")
    }
  }

  /// Skips one multi-byte UTF-8 sequence, refusing overlong forms and surrogates.
  private mutating func skipMultibyte() throws(JSONError) {
    let length = UTF8Check.sequenceLength(bytes, at: offset)
    guard length > 0 else {
      throw JSONError(
        reason: "\(JSONScanner.name(of: bytes[offset])) is not valid UTF-8", offset: offset)
    }
    offset += length
  }
}

/// Validates UTF-8 by the table in the Unicode standard.
package enum UTF8Check {
  /// The length of the well-formed sequence at an offset; 0 when there is none.
  package static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
    let first = bytes[offset]
    let (length, lowest, highest): (Int, UInt8, UInt8) =
      switch first {
      case 0..<0x80: (1, 0, 0)
      case 0xC2...0xDF: (2, 0x80, 0xBF)
      case 0xE0: (3, 0xA0, 0xBF)
      case 0xED: (3, 0x80, 0x9F)
      case 0xE1...0xEF: (3, 0x80, 0xBF)
      case 0xF0: (4, 0x90, 0xBF)
      case 0xF1...0xF3: (4, 0x80, 0xBF)
      case 0xF4: (4, 0x80, 0x8F)
      default: (0, 0, 0)
      }
    guard length > 1 else { return length }
    guard offset + length <= bytes.count,
      bytes[offset + 1] >= lowest, bytes[offset + 1] <= highest
    else { return 0 }
    for index in (offset + 2)..<(offset + max(length, 2)) where bytes[index] & 0xC0 != 0x80 {
      return 0
    }
    return length
  }
}
