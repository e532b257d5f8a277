import EventicleCore

/// What looks like a part of the filter language but is none; taken as a text, it would silently
/// find nothing.
extension FilterTermReader {
  /// The first members of paths that read states and not the data of an event.
  static let stateWords = Set(FilterMoment.allCases.map(\.rawValue))

  /// The error for an option such as `-f`, or for a function such as `sum(total)`.
  static func refusal(of head: SourceText, before next: UInt8?) -> LanguageError? {
    guard head.isPlain else { return nil }
    let word = head.string
    let shown = LanguageError.shortened(word)
    if next == Byte.openParenthesis {
      return head.error(
        "A filter has no function \"\(shown)\"; it has words, keys such as type:Order*, comparisons "
          + "such as total>100, and changed(status); counting is expect count(FILTER) = N. Put a blank before a group, and a text with ( in "
          + "quotes.")
    }
    guard isOption(word) else { return nil }
    return head.error(
      "A filter has no option \(shown). To look for that text put it in quotes: "
        + "\(Quoting.quoted(shown)).")
  }

  /// Whether a word looks like an option: `-f`, `--all`, but not `-5` or `-`.
  private static func isOption(_ word: String) -> Bool {
    let bytes = word.utf8
    guard bytes.first == Byte.hyphen, let second = bytes.dropFirst().first else { return false }
    return Byte.isLetter(second) || second == Byte.hyphen
  }
}
