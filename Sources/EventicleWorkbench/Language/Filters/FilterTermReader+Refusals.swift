import EventicleCore

/// What looks like a part of the filter language but is none; taken as a text, it would silently
/// find nothing.
extension FilterTermReader {
  /// The members that look like what an event was applied to; a filter reads its data alone.
  static let stateWords: Set<String> = ["state", "prev"]

  /// The error for an option such as `-f`, or for a function such as `changed(total)`.
  static func refusal(of head: SourceText, before next: UInt8?) -> LanguageError? {
    guard head.isPlain else { return nil }
    let word = head.string
    let shown = LanguageError.shortened(word)
    if next == Byte.openParenthesis {
      return head.error(
        "A filter has no function \"\(shown)\"; it has words, keys such as type:Order* and "
          + "comparisons such as total>100. Put a blank before a group, and a text with ( in "
          + "quotes.")
    }
    guard isOption(word) else { return nil }
    return head.error(
      "A filter has no option \(shown). To look for that text put it in quotes: "
        + "\(Quoting.quoted(shown)).")
  }

  /// The error for a path into a state, which a filter does not read.
  static func refusal(of steps: [JSONPath.Step], _ head: SourceText) -> LanguageError? {
    guard head.isPlain, steps.count > 1, case .member(let first) = steps[0],
      stateWords.contains(first)
    else { return nil }
    return head.error(
      "A filter reads the data of an event, not a \(first == "prev" ? "previous " : "")state. "
        + "For a member of the data of that name write "
        + "data.\(LanguageError.shortened(head.string)); expect A and run to A read states.")
  }

  /// Whether a word looks like an option: `-f`, `--all`, but not `-5` or `-`.
  private static func isOption(_ word: String) -> Bool {
    let bytes = word.utf8
    guard bytes.first == Byte.hyphen, let second = bytes.dropFirst().first else { return false }
    return Byte.isLetter(second) || second == Byte.hyphen
  }
}
