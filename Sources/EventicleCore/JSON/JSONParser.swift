/// Why a text is not JSON, and at which byte.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found, without the place.
  public let reason: String
  /// The place, in bytes from the start of the text.
  public let offset: Int

  /// The reason with the place as a column, counted from 1.
  public var description: String { "\(reason) at column \(offset + 1)" }
}

/// Builds JSON values from text.
struct JSONParser {
  private var scanner: JSONScanner

  /// Parses one value and nothing after it.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSON {
    var parser = JSONParser(scanner: JSONScanner(bytes))
    let value = try parser.value(depth: 0)
    parser.scanner.skipSpace()
    guard parser.scanner.isAtEnd else { throw parser.scanner.failure("expected nothing more") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    scanner.skipSpace()
    guard depth < Limits.jsonDepth else {
      throw JSONError(
        reason: "nested deeper than \(Limits.jsonDepth) levels", offset: scanner.offset)
    }
    switch scanner.current {
    case 0x7B: return .object(try object(depth: depth))
    case 0x5B: return .array(try array(depth: depth))
    case 0x22: return .string(try string())
    case 0x74:
      try scanner.skipWord("true")
      return .bool(true)
    case 0x66:
      try scanner.skipWord("false")
      return .bool(false)
    case 0x6E:
      try scanner.skipWord("null")
      return .null
    default:
      let digits = try scanner.skipNumber()
      let bytes = UnsafeBufferPointer(rebasing: scanner.bytes[digits])
      return .number(JSONNumber(trusted: bytes))
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
    scanner.advance()
    var members: [JSONObject.Member] = []
    scanner.skipSpace()
    if scanner.current == 0x7D {
      scanner.advance()
      return JSONObject()
    }
    while true {
      scanner.skipSpace()
      guard scanner.current == 0x22 else {
        throw scanner.failure("expected a member name in double quotes")
      }
      let key = try string()
      scanner.skipSpace()
      try scanner.expect(0x3A, "':' after the member name")
      members.append(JSONObject.Member(key: key, value: try value(depth: depth + 1)))
      scanner.skipSpace()
      if scanner.current == 0x2C {
        scanner.advance()
        continue
      }
      try scanner.expect(0x7D, "',' or '}'")
      return JSONObject(members)
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSON] {
    scanner.advance()
    var values: [JSON] = []
    scanner.skipSpace()
    if scanner.current == 0x5D {
      scanner.advance()
      return values
    }
    while true {
      values.append(try value(depth: depth + 1))
      scanner.skipSpace()
      if scanner.current == 0x2C {
        scanner.advance()
        continue
      }
      try scanner.expect(0x5D, "',' or ']'")
      return values
    }
  }

  private mutating func string() throws(JSONError) -> String {
    let (content, isPlain) = try scanner.skipString()
    return isPlain ? text(content) : JSONParser.unescape(scanner.bytes, content)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: scanner.bytes[range]), as: UTF8.self)
  }

  /// Resolves the escapes of a string that the scanner has checked.
  ///
  /// A lone surrogate becomes U+FFFD, because a Swift string cannot hold it.
  static func unescape(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == 0x5C else {
        output.append(bytes[index])
        index += 1
        continue
      }
      switch bytes[index + 1] {
      case 0x62: output.append(0x08)
      case 0x66: output.append(0x0C)
      case 0x6E: output.append(0x0A)
      case 0x72: output.append(0x0D)
      case 0x74: output.append(0x09)
      case 0x75:
        let (scalar, length) = unicodeEscape(bytes, index, range.upperBound)
        output.append(contentsOf: Array(String(scalar).utf8))
        index += length
        continue
      case let other: output.append(other)
      }
      index += 2
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func unicodeEscape(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int
  ) -> (Unicode.Scalar, length: Int) {
    let first = hex(bytes, index + 2)
    if (0xD800..<0xDC00).contains(first), index + 12 <= end, bytes[index + 6] == 0x5C,
      bytes[index + 7] == 0x75
    {
      let second = hex(bytes, index + 8)
      if (0xDC00..<0xE000).contains(second) {
        let value = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
        return (Unicode.Scalar(value) ?? "\u{FFFD}", 12)
      }
    }
    return (Unicode.Scalar(first) ?? "\u{FFFD}", 6)
  }

  /// Whether a string that the scanner has checked has an escape for half of a surrogate pair.
  static func hasLoneSurrogate(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == 0x5C else {
        index += 1
        continue
      }
      guard bytes[index + 1] == 0x75 else {
        index += 2
        continue
      }
      let (_, length) = unicodeEscape(bytes, index, range.upperBound)
      if length == 6, (0xD800..<0xE000).contains(hex(bytes, index + 2)) { return true }
      index += length
    }
    return false
  }

  private static func hex(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 << 4 | (hexDigitValue(bytes[start + $1]) ?? 0) }
  }
}

extension JSON {
  /// Parses a text that holds exactly one JSON value.
  ///
  /// - Throws: ``JSONError`` with the reason and the column.
  public init(parsing text: some StringProtocol) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Parses UTF-8 text that holds exactly one JSON value.
  ///
  /// - Throws: ``JSONError`` with the reason and the column.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result<JSON, JSONError> { () throws(JSONError) in try JSONParser.parse(buffer) }
    }
    self = try result.get()
  }
}
