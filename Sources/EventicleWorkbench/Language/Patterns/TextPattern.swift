import EventicleCore

/// What a text is compared with: itself, a glob, a part of it, or a regular expression.
package struct TextPattern: Hashable, Sendable, CustomStringConvertible {
  /// How the text is compared.
  package enum Style: Hashable, Sendable {
    /// All of it, byte for byte.
    case exact
    /// All of it, where `*` stands for any text and `?` for one character.
    case glob
    /// Somewhere in it, upper and lower case alike; may hold `*` and `?`.
    case contains
    /// Somewhere in it, as `/…/` says.
    case regular
  }

  /// How the text is compared.
  package let style: Style
  /// The text wanted; for a glob, what it looks like; for `/…/`, what is between the slashes.
  package let text: String

  private let glob: Glob?
  private let regular: RegularPattern?
  /// The wanted part in lower case, when it is a plain part.
  private let needle: [UInt8]

  /// A text to be found as it is.
  package init(exactly text: String) {
    self.init(style: .exact, text: text)
  }

  /// A text to be found anywhere, upper and lower case alike.
  package init(containing text: String) {
    self.init(style: .contains, text: text, needle: Array(text.lowercased().utf8))
  }

  init(_ regular: RegularPattern) {
    self.init(style: .regular, text: regular.text, regular: regular)
  }

  /// A word of a command line: a glob when it has a `*` or `?` that is not quoted.
  init(_ word: SourceText, isPart: Bool) {
    let text = word.string
    guard let glob = Glob(word, isPart: isPart) else {
      self = isPart ? TextPattern(containing: text) : TextPattern(exactly: text)
      return
    }
    self.init(style: isPart ? .contains : .glob, text: glob.text, glob: glob)
  }

  private init(
    style: Style, text: String, glob: Glob? = nil, regular: RegularPattern? = nil,
    needle: [UInt8] = []
  ) {
    self.style = style
    self.text = text
    self.glob = glob
    self.regular = regular
    self.needle = needle
  }

  /// Whether a text is what is wanted.
  package func matches(_ candidate: String) -> Bool {
    switch style {
    case .exact: return isSameText(candidate, text)
    case .regular: return regular?.isFound(in: candidate) ?? false
    case .glob, .contains:
      if let glob { return glob.matches(candidate) }
      if needle.contains(where: { $0 >= 0x80 }) {
        return ByteSearch.isFound(needle, in: Array(candidate.lowercased().utf8))
      }
      var candidate = candidate
      return candidate.withUTF8 { ByteSearch.isFound(needle, in: $0) }
    }
  }

  /// Whether UTF-8 text is what is wanted, without making a string of it where possible.
  package func matches(utf8 bytes: some Collection<UInt8>) -> Bool {
    if style == .contains, glob == nil, !needle.contains(where: { $0 >= 0x80 }),
      let isFound = bytes.withContiguousStorageIfAvailable({ ByteSearch.isFound(needle, in: $0) })
    {
      return isFound
    }
    return matches(String(decoding: bytes, as: UTF8.self))
  }

  package static func == (left: TextPattern, right: TextPattern) -> Bool {
    left.style == right.style && isSameText(left.text, right.text) && left.glob == right.glob
      && left.regular == right.regular
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(style)
    hashBytes(of: text, into: &hasher)
  }

  /// The pattern as it is written in a filter, in quotes where it needs them.
  package var description: String {
    if let regular { return "/\(regular.text)/\(regular.ignoresCase ? "i" : "")" }
    return glob == nil ? FilterPrinter.word(text) : text
  }
}

/// Finds bytes in bytes, ASCII letters of both cases alike.
enum ByteSearch {
  /// Whether a part in lower case occurs.
  static func isFound(_ needle: [UInt8], in text: some RandomAccessCollection<UInt8>) -> Bool {
    guard let first = needle.first else { return true }
    guard text.count >= needle.count else { return false }
    var start = text.startIndex
    let last = text.index(text.endIndex, offsetBy: -needle.count)
    while start <= last {
      if folded(text[start]) == first, hasPrefix(needle, in: text[start...]) { return true }
      start = text.index(after: start)
    }
    return false
  }

  private static func hasPrefix(
    _ needle: [UInt8], in text: some RandomAccessCollection<UInt8>
  ) -> Bool {
    var place = text.startIndex
    for byte in needle {
      guard folded(text[place]) == byte else { return false }
      place = text.index(after: place)
    }
    return true
  }

  static func folded(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}
