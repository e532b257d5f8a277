extension JSONBytes {
  /// The parsed value; costs O(bytes) at each call.
  public var value: JSON { withBytes { (try? JSONParser.parse($0)) ?? .null } }

  /// The member of an object, or `null` when there is none, without parsing the others.
  ///
  /// Equals the member of ``value``: of a repeated name the last one counts.
  public subscript(name: String) -> JSON {
    value(at: JSONPath([.member(name)])) ?? .null
  }

  /// The element of an array, or `null` when there is none, without parsing the others.
  public subscript(index: Int) -> JSON { value(at: JSONPath([.element(index)])) ?? .null }

  /// The value at a path, or `nil` when there is none, without parsing the rest.
  ///
  /// Equals what ``value`` has at the path. O(bytes).
  public func value(at path: JSONPath) -> JSON? {
    guard !path.steps.isEmpty else { return value }
    return withBytes { bytes in
      var range = 0..<bytes.count
      for step in path.steps {
        let inner =
          switch step {
          case .member(let name): JSONBytes.member(name, in: bytes, from: range.lowerBound)
          case .element(let index): JSONBytes.element(index, in: bytes, from: range.lowerBound)
          }
        guard let inner else { return nil }
        range = inner
      }
      return JSONBytes.value(in: bytes, range)
    }
  }

  /// The value of a range that holds exactly one.
  private static func value(
    in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> JSON? {
    let text = UnsafeBufferPointer(rebasing: bytes[range])
    guard let first = text.first, first == 0x2D || first &- 0x30 < 10 else {
      return try? JSONParser.parse(text)
    }
    return .number(JSONNumber(trusted: text))
  }

  /// The range of an object's member by its name: of a repeated one the last.
  private static func member(
    _ name: String, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Range<Int>? {
    guard var scanner = TrustedScanner(bytes, at: start) else { return nil }
    scanner.skipSpace()
    guard scanner.current == 0x7B else { return nil }
    scanner.advance()
    scanner.skipSpace()
    return withTextBytes(name) { wanted in
      var found: Range<Int>?
      while scanner.current == 0x22 {
        let (content, isPlain) = scanner.skipString()
        scanner.skipSpace()
        scanner.advance()
        scanner.skipSpace()
        let value = scanner.skipValue()
        let isNamed =
          isPlain
          ? isSame(wanted, bytes, content)
          : isSameText(JSONParser.unescape(bytes, content), name)
        if isNamed { found = value }
        scanner.skipSpace()
        scanner.advance()
        scanner.skipSpace()
      }
      return found
    }
  }

  @inline(__always)
  private static func isSame(
    _ wanted: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>,
    _ content: Range<Int>
  ) -> Bool {
    guard content.count == wanted.count else { return false }
    for place in 0..<wanted.count where wanted[place] != bytes[content.lowerBound + place] {
      return false
    }
    return true
  }

  /// The range of an array's element by its index.
  private static func element(
    _ index: Int, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Range<Int>? {
    guard var scanner = TrustedScanner(bytes, at: start) else { return nil }
    scanner.skipSpace()
    guard scanner.current == 0x5B else { return nil }
    scanner.advance()
    scanner.skipSpace()
    var number = 0
    while scanner.current != 0x5D, scanner.current != 0 {
      let value = scanner.skipValue()
      if number == index { return value }
      number += 1
      scanner.skipSpace()
      scanner.advance()
      scanner.skipSpace()
    }
    return nil
  }
}
