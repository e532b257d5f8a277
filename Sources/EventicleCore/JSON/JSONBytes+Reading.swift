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
    withBytes { bytes in
      var range = 0..<bytes.count
      for step in path.steps {
        guard let inner = JSONBytes.range(of: step, in: bytes, range) else { return nil }
        range = inner
      }
      return try? JSONParser.parse(UnsafeBufferPointer(rebasing: bytes[range]))
    }
  }

  /// The range of the value that one step of a path leads to.
  private static func range(
    of step: JSONPath.Step, in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Range<Int>? {
    var scanner = JSONScanner(UnsafeBufferPointer(rebasing: bytes[..<range.upperBound]))
    scanner.move(to: range.lowerBound)
    scanner.skipSpace()
    switch (step, scanner.current) {
    case (.member(let name), 0x7B): return try? member(name, &scanner)
    case (.element(let index), 0x5B): return try? element(index, &scanner)
    default: return nil
    }
  }

  private static func member(
    _ name: String, _ scanner: inout JSONScanner
  ) throws(JSONError) -> Range<Int>? {
    var found: Range<Int>?
    scanner.advance()
    scanner.skipSpace()
    while scanner.current == 0x22 {
      let (content, isPlain) = try scanner.skipString()
      scanner.skipSpace()
      scanner.advance()
      let value = try scanner.skipValue(depth: 1)
      if isName(name, scanner.bytes, content, isPlain) { found = value }
      scanner.skipSpace()
      scanner.advance()
      scanner.skipSpace()
    }
    return found
  }

  private static func isName(
    _ name: String, _ bytes: UnsafeBufferPointer<UInt8>, _ content: Range<Int>, _ isPlain: Bool
  ) -> Bool {
    guard isPlain else { return isSameText(JSONParser.unescape(bytes, content), name) }
    guard content.count == name.utf8.count else { return false }
    return withTextBytes(name) { wanted in
      for place in 0..<wanted.count where wanted[place] != bytes[content.lowerBound + place] {
        return false
      }
      return true
    }
  }

  private static func element(
    _ index: Int, _ scanner: inout JSONScanner
  ) throws(JSONError) -> Range<Int>? {
    var number = 0
    scanner.advance()
    scanner.skipSpace()
    while let current = scanner.current, current != 0x5D {
      let value = try scanner.skipValue(depth: 1)
      if number == index { return value }
      number += 1
      scanner.skipSpace()
      scanner.advance()
      scanner.skipSpace()
    }
    return nil
  }
}
