extension EventID {
  /// The two words of an id that is a UUID in its canonical lower-case form; `nil` for any other.
  package var words: (high: UInt64, low: UInt64)? {
    var text = text
    return text.withUTF8 { UUIDText.words(of: $0) }
  }

  /// Creates the id that is a UUID of two words.
  package init(high: UInt64, low: UInt64) { self.init(UUIDText.text(high, low)) }
}
