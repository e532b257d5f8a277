import EventicleCore

/// What a text is matched against: a text, a glob, a substring or a regular expression.
package struct TextPattern: Hashable, Sendable, CustomStringConvertible {
  /// The ways of matching.
  package enum Style: Hashable, Sendable {
    /// The whole text, byte for byte.
    case exact
    /// The whole text, where `*` stands for any text and `?` for one character.
    case glob
    /// Anywhere in the text, ignoring case; may contain `*` and `?`.
    case contains
    /// Anywhere in the text, as the regular expression says.
    case regular
  }

  package let style: Style
  /// The text to match: literal, a glob, or what is between the slashes.
  package let text: String

  private let glob: Glob?
  private let regular: RegularPattern?
  /// The lower-case text to find, when it is a plain substring.
  private let needle: [UInt8]

  /// Matches one text exactly.
  package init(exactly text: String) {
    self.init(style: .exact, text: text)
  }

  /// Matches texts that contain a text, ignoring case.
  package init(containing text: String) {
    self.init(style: .contains, text: text, needle: Array(text.lowercased().utf8))
  }

  init(_ regular: RegularPattern) {
    self.init(style: .regular, text: regular.text, regular: regular)
  }

  /// A word of a command line: a glob when it has an unquoted `*` or `?`.
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

  /// Whether a text matches.
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

  /// Whether UTF-8 text matches, without creating a string where possible.
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

  /// The pattern as it is written in a filter, quoted where necessary.
  package var description: String {
    if let regular { return "/\(regular.text)/\(regular.ignoresCase ? "i" : "")" }
    return glob == nil ? FilterPrinter.word(text) : text
  }
}

/// Finds bytes in bytes, ignoring the case of ASCII letters.
enum ByteSearch {
  /// Whether a lower-case needle occurs.
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
