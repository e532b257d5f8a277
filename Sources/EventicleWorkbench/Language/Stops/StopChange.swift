import EventicleCore

/// What a line changes about the stops.
package enum StopChange: Hashable, Sendable {
  case add(Located<Stop>)
  /// Turns one on or off, all of them without a number.
  case turn(on: Bool, Located<Int>?)
  /// Removes one, all of them without a number.
  case remove(Located<Int>?)
}

extension StopChange {
  /// Reads what stands after `stop`: a selector, or `on`, `off` or `remove` with a number or none.
  init(_ verb: Verb, _ text: SourceText) throws(LanguageError) {
    guard !text.isEmpty else {
      throw text.error("What to stop at is missing. Write \(verb.signature).")
    }
    var reader = ExpressionReader(text)
    if reader.takeWord("on") {
      self = .turn(on: true, try StopChange.number(&reader))
    } else if reader.takeWord("off") {
      self = .turn(on: false, try StopChange.number(&reader))
    } else if reader.takeWord("remove") || reader.takeWord("delete") {
      self = .remove(try StopChange.number(&reader))
    } else {
      self = .add(Located(try Stop(text), text.span))
    }
  }

  private static func number(_ reader: inout ExpressionReader) throws(LanguageError) -> Located<
    Int
  >? {
    reader.skipBlanks()
    let rest = reader.rest.trimmed
    guard !rest.isEmpty else { return nil }
    guard let number = PositionExpression.count(rest.string), number > 0 else {
      throw rest.error(
        "A stop goes by its number, as stops lists it, not "
          + "\"\(LanguageError.shortened(rest.string))\".")
    }
    return Located(number, rest.span)
  }
}
