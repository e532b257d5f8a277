import EventicleCore

/// A condition on events: `type:Order* !type:*Priced data.amount>100 since:-5m`.
///
/// A space means *and*; `or`, `!`, `not` and parentheses have their usual meaning. Filters, stops
/// and expectations share this language.
package struct FilterExpression: Hashable, Sendable, CustomStringConvertible {
  /// The condition as it was written.
  package let root: FilterNode
  /// The condition with the cheap parts first.
  private let plan: FilterNode

  /// The deepest nesting of parentheses and `!`.
  package static let depthLimit = 64

  /// The filter that every event passes.
  package static let all = FilterExpression(.all)

  /// A filter with this condition.
  package init(_ root: FilterNode) {
    self.root = root
    plan = root.planned
  }

  /// Reads a filter; blank text is ``all``.
  ///
  /// - Throws: ``LanguageError`` at the column of the mistake.
  package init(parsing text: some StringProtocol) throws(LanguageError) {
    guard text.utf8.count <= Limits.lineBytes else {
      throw LanguageError.tooLong(text.utf8.count)
    }
    try self.init(SourceText(text))
  }

  init(_ text: SourceText) throws(LanguageError) {
    var parser = FilterParser(ExpressionReader(text))
    self.init(try parser.parse())
    guard parser.reader.isAtEnd else {
      throw parser.reader.failure("This ) has no (. Remove it, or put it in quotes.")
    }
  }

  package static func == (left: FilterExpression, right: FilterExpression) -> Bool {
    left.root == right.root
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(root) }

  /// Whether every event passes.
  package var isAll: Bool { root == .all }

  /// Whether it reads states of aggregates, which folding makes.
  package var readsStates: Bool { root.cost > 2 }

  /// Whether an event passes; the data is parsed only when nothing cheaper decides.
  package func matches(_ facts: some FilterFacts) -> Bool { plan.matches(facts) }

  /// The filter as it is written; reads back as an equal one.
  package var description: String { FilterPrinter.text(root) }
}

extension LanguageError {
  static func tooLong(_ bytes: Int) -> LanguageError {
    LanguageError(
      at: Span(line: 1, column: 1, length: 1, bytes: 0..<1),
      "This line has \(bytes) bytes; the most is \(Limits.lineBytes). "
        + "Break it into several, or import the data from a file.")
  }
}
