/// One whole reply: its bytes, and where its values are in them.
package struct RespReply: Sendable {
  /// One value; the elements of an array follow it.
  struct Token: Sendable {
    let kind: RespValue.Kind
    /// Where its text is in the bytes.
    var text: Range<Int> = 0..<0
    /// The number of elements, or the value of an integer.
    var number = 0
    /// The token behind it and all its elements.
    var next = 0
  }

  let bytes: [UInt8]
  let tokens: [Token]

  /// The value of the reply.
  package var value: RespValue { RespValue(reply: self, index: 0) }
}

/// A value in a reply, read where it lies.
package struct RespValue: Sendable {
  /// What it can be.
  package enum Kind: Sendable, Hashable {
    case simple, error, integer, bulk, array
    /// A text or an array that is not there.
    case nothing
  }

  fileprivate let reply: RespReply
  fileprivate let index: Int

  private var token: RespReply.Token { reply.tokens[index] }

  package var kind: Kind { token.kind }

  /// Its bytes; `nil` for a number, an array or nothing.
  package var bytes: ArraySlice<UInt8>? {
    switch kind {
    case .simple, .error, .bulk: reply.bytes[token.text]
    case .integer, .array, .nothing: nil
    }
  }

  /// Its text, with what is no UTF-8 replaced; `nil` for a number, an array or nothing.
  package var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  /// Its number, also where that is written as a text.
  package var int: Int? { kind == .integer ? token.number : text.flatMap { Int($0) } }

  /// The sentence of an error; `nil` for anything else.
  package var error: String? { kind == .error ? text : nil }

  /// The elements of an array, none for anything else.
  package var elements: [RespValue] {
    guard kind == .array else { return [] }
    var (place, elements) = (index + 1, [RespValue]())
    elements.reserveCapacity(token.number)
    for _ in 0..<token.number {
      elements.append(RespValue(reply: reply, index: place))
      place = reply.tokens[place].next
    }
    return elements
  }

  /// The value behind a name, in an array of names and values in turn.
  package subscript(_ name: StaticString) -> RespValue? {
    let elements = elements
    for place in stride(from: 0, to: elements.count - 1, by: 2) {
      guard let key = elements[place].bytes, key.count == name.utf8CodeUnitCount else { continue }
      if key.elementsEqual(
        UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
      {
        return elements[place + 1]
      }
    }
    return nil
  }
}
