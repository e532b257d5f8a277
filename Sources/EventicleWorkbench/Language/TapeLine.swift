import EventicleCore

/// One line of a tape.
package struct TapeLine: Hashable, Sendable {
  /// Its number in the file, from 1.
  package let number: Int
  /// The text without the line break.
  package let text: String

  /// A line with its number and text.
  package init(number: Int, text: String) {
    self.number = number
    self.text = text
  }

  /// Splits a tape into its lines.
  package static func lines(of tape: some StringProtocol) -> [TapeLine] {
    tape.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().map {
      TapeLine(number: $0.offset + 1, text: String($0.element))
    }
  }

  /// The commands of the line; none when it is blank or only a comment.
  ///
  /// - Throws: ``LanguageError`` at the column of the first mistake.
  package func instructions() throws(LanguageError) -> [Located<Instruction>] {
    try Instruction.parseLocated(text, comments: true)
  }
}
