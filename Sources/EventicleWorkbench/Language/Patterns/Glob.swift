import EventicleCore

/// A pattern in which `*` stands for any text and `?` for one character.
struct Glob: Hashable, Sendable {
  /// One part of the pattern.
  private enum Element: Hashable, Sendable {
    case byte(UInt8)
    case one
    case any
  }

  private let elements: [Element]
  private let isPart: Bool
  /// The pattern as it is written: wildcards meant literally have a backslash.
  let text: String

  /// The glob of a word; `nil` when it has no `*` or `?` outside quotes.
  ///
  /// - Parameter isPart: Whether it may match anywhere in a text, ignoring case.
  init?(_ word: SourceText, isPart: Bool) {
    var elements: [Element] = []
    var text: [UInt8] = []
    for unit in word.units {
      switch unit.byte {
      case Byte.asterisk where !unit.isLiteral: elements.append(.any)
      case Byte.question where !unit.isLiteral: elements.append(.one)
      case let byte:
        elements.append(.byte(isPart ? ByteSearch.folded(byte) : byte))
        if Glob.needsBackslash(byte) { text.append(Byte.backslash) }
      }
      text.append(unit.byte)
    }
    guard elements.contains(where: { $0 == .any || $0 == .one }) else { return nil }
    self.text = String(decoding: text, as: UTF8.self)
    self.isPart = isPart
    self.elements = isPart ? [.any] + elements + [.any] : elements
  }

  private static func needsBackslash(_ byte: UInt8) -> Bool {
    byte <= Byte.space || (Byte.isPunctuation(byte) && byte != Byte.hyphen && byte != 0x5F)
  }

  /// Whether a text matches; at most O(pattern × text).
  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }

  private func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    fitsWildcards(
      patternCount: elements.count, textCount: text.count, isStar: { elements[$0] == .any },
      length: { accepted(elements[$0], text, $1) })
  }

  /// The number of bytes that an element matches at a place; `nil` when it does not match.
  private func accepted(
    _ element: Element, _ text: UnsafeBufferPointer<UInt8>, _ place: Int
  ) -> Int? {
    switch element {
    case .byte(let wanted):
      return (isPart ? ByteSearch.folded(text[place]) : text[place]) == wanted ? 1 : nil
    case .one:
      guard text[place] & 0xC0 != 0x80 else { return nil }
      return max(1, UTF8Check.sequenceLength(text, at: place))
    case .any: return nil
    }
  }
}
