import EventicleCore

/// Completes what is to be filled in when a line is carried out: `{{Cou` and `%{last.i`.
struct BlankCompletion {
  /// Where the blank that is being typed opens, in bytes of the line.
  let start: Int
  /// What is typed of it, with its opening signs.
  let prefix: String

  /// The blank that is still open at the end of a word; `nil` when none is.
  init?(_ word: SourceText) {
    var found: Int?
    var index = 0
    while index < word.count {
      if let open = found {
        let ends = word.byte(at: index) == Byte.closeBrace
        let isVariable = word.byte(at: open) == Byte.percent
        if ends, isVariable || word.byte(at: index + 1) == Byte.closeBrace { found = nil }
      } else if BlankCompletion.opens(word, at: index) {
        found = index
        index += 1
      }
      index += 1
    }
    guard let found else { return nil }
    start = word.offset(at: found)
    prefix = word.suffix(from: found).string
  }

  private static func opens(_ word: SourceText, at index: Int) -> Bool {
    guard let first = word.byte(at: index), first == Byte.openBrace || first == Byte.percent,
      word.byte(at: index + 1) == Byte.openBrace
    else { return false }
    return word.units[index].takesBlanks && word.units[index + 1].takesBlanks
  }

  /// Everything that can be filled in.
  static let candidates: [CompletionCandidate] =
    TextTemplate.Blank.forms.map { CompletionCandidate($0.form, note: $0.meaning) }
    + LineVariable.names.map { CompletionCandidate("%{\($0)}", note: "what the session knows") }
}

extension ItemCompletion {
  /// Completes a blank, or a file after `@`, in the word at the caret.
  ///
  /// - Parameter value: The value of an item, from its first byte; `nil` for a word that is no item.
  /// - Returns: Whether this is such a place.
  func completeFilledIn<Source>(
    _ value: SourceText?, of partial: Token, _ completer: inout Completer<Source>
  ) -> Bool {
    if let value, value.mark(at: 0) == Byte.at {
      completer.offerPaths(value.suffix(from: 1).string, from: value.offset(at: 0) + 1)
      return true
    }
    guard let blank = BlankCompletion(value ?? partial.text) else { return false }
    completer.offer(
      BlankCompletion.candidates.filter { $0.text.hasPrefix(blank.prefix.prefix(2)) },
      prefix: blank.prefix, from: blank.start, quoting: false)
    return true
  }
}
