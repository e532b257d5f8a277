/// One member of an object, in the bytes in which it arrived.
package struct JSONMemberText: Sendable, Hashable {
  /// The name, its escapes resolved.
  package let name: String
  /// The name with its quotes, as it is written.
  package let nameText: [UInt8]
  /// The value as it is written.
  package let value: JSONBytes
}

extension JSONBytes {
  /// The members of an object in their order, repeated ones too; `nil` for any other value.
  ///
  /// - Complexity: O(bytes); values are copied, not parsed.
  package var memberTexts: [JSONMemberText]? {
    withBytes { bytes -> [JSONMemberText]? in
      guard var scanner = TrustedScanner(bytes, at: 0) else { return nil }
      scanner.skipSpace()
      guard scanner.current == 0x7B else { return nil }
      scanner.advance()
      scanner.skipSpace()
      var members: [JSONMemberText] = []
      while scanner.current == 0x22 {
        let (content, isPlain) = scanner.skipString()
        scanner.skipSpace()
        scanner.advance()
        scanner.skipSpace()
        let value = scanner.skipValue()
        members.append(
          JSONMemberText(
            name: isPlain
              ? String(decoding: UnsafeBufferPointer(rebasing: bytes[content]), as: Swift.UTF8.self)
              : JSONParser.unescape(bytes, content),
            nameText: Array(bytes[content.lowerBound - 1..<content.upperBound + 1]),
            value: JSONBytes(trusted: UnsafeBufferPointer(rebasing: bytes[value]))))
        scanner.skipSpace()
        scanner.advance()
        scanner.skipSpace()
      }
      return members
    }
  }

  /// The content of a text, its escapes resolved; `nil` for any other value, and for a text with half
  /// of a surrogate pair, which no Unicode text can hold.
  package var exactText: String? {
    withBytes { bytes -> String? in
      guard var scanner = TrustedScanner(bytes, at: 0) else { return nil }
      scanner.skipSpace()
      guard scanner.current == 0x22 else { return nil }
      let (content, isPlain) = scanner.skipString()
      if isPlain {
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[content]), as: Swift.UTF8.self)
      }
      guard !JSONParser.hasLoneSurrogate(bytes, content) else { return nil }
      return JSONParser.unescape(bytes, content)
    }
  }

  /// The bytes of the value at a path; `nil` when there is none.
  ///
  /// Of a repeated name the last counts.
  package func part(at path: JSONPath) -> JSONBytes? {
    guard !path.steps.isEmpty else { return self }
    guard let range = (try? ranges(of: path))?.last else { return nil }
    return withBytes { JSONBytes(trusted: UnsafeBufferPointer(rebasing: $0[range])) }
  }
}
