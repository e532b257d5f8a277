import EventicleCore

/// One of the two histories that a line compares.
package enum ComparedReference: Hashable, Sendable {
  /// `main`, `late-pay`, `late-pay@#3.1`: a branch, at its end or at a moment; a mark's name alone is
  /// its moment.
  case branch(String, at: PositionExpression?)
  /// `#3.1`, `12:04`: a moment of the branch in use.
  case moment(PositionExpression)
  /// `other.eventicle`: what a store has.
  case file(String)
}

extension ComparedReference {
  /// Reads a branch, a moment or the path of a store.
  init(_ word: Token) throws(LanguageError) {
    let text = word.text
    if word.string.hasSuffix(".eventicle") {
      self = .file(word.string)
      return
    }
    if let sign = text.firstMark(Byte.at), sign > 0 {
      let position = text.suffix(from: sign + 1)
      guard !text.slice(0..<sign).string.hasSuffix(".eventicle") else {
        throw word.error(
          "A store is compared as it ends; write it without @\(position.string), or open it and "
            + "compare its moments.")
      }
      guard !position.isEmpty else {
        throw word.error("After @ the moment is missing, as in late-pay@#3.1.")
      }
      self = .branch(
        text.slice(0..<sign).string, at: try PositionExpression(position))
      return
    }
    if word.string == "end" || word.string == "start" || word.string == "live" {
      self = .moment(try PositionExpression(text))
    } else if let position = try PositionExpression(alone: text) {
      self = .moment(position)
    } else {
      self = .branch(word.string, at: nil)
    }
  }
}

extension Arguments {
  /// Reads up to two histories to compare.
  mutating func compared() throws(LanguageError) -> Instruction {
    let first = try takeCompared()
    let second = try takeCompared()
    return .compare(first, second)
  }

  private mutating func takeCompared() throws(LanguageError) -> Located<ComparedReference>? {
    guard let word = take() else { return nil }
    if word.isFlag { throw unexpected(word) }
    return Located(try ComparedReference(word), word.span)
  }
}
