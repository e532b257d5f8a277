import EventicleCore

/// Reads a filter.
struct FilterParser {
  private(set) var reader: ExpressionReader
  /// Whether a `>` where a condition would begin ends the filter, because a file follows it.
  private let endsAtFile: Bool
  private var openGroups = 0

  init(_ reader: ExpressionReader, endsAtFile: Bool = false) {
    self.reader = reader
    self.endsAtFile = endsAtFile
  }

  /// Reads a condition up to the end, or to a `)` that closes an outer group.
  mutating func parse() throws(LanguageError) -> FilterNode {
    reader.skipBlanks()
    guard !isAtEnd else { return .all }
    return try alternatives(depth: 0)
  }

  private var isAtEnd: Bool {
    reader.isAtEnd || reader.current == Byte.closeParenthesis
      || (endsAtFile && openGroups == 0 && reader.current == Byte.greater)
  }

  private mutating func alternatives(depth: Int) throws(LanguageError) -> FilterNode {
    var nodes = [try conjunction(depth: depth)]
    while takeOr() {
      reader.skipBlanks()
      guard !isAtEnd else { throw reader.failure("After \"or\" a condition is missing.") }
      nodes.append(try conjunction(depth: depth))
    }
    return nodes.count == 1 ? nodes[0] : .or(nodes)
  }

  private mutating func takeOr() -> Bool {
    if reader.takeWord("or") { return true }
    guard reader.text.hasMarks("||", at: reader.index) else { return false }
    reader.index += 2
    return true
  }

  private mutating func takeAnd() -> Bool {
    if reader.takeWord("and") { return true }
    guard reader.text.hasMarks("&&", at: reader.index) else { return false }
    reader.index += 2
    return true
  }

  private mutating func conjunction(depth: Int) throws(LanguageError) -> FilterNode {
    var nodes: [FilterNode] = []
    while true {
      reader.skipBlanks()
      if isAtEnd { break }
      let start = reader.index
      if takeOr() {
        guard !nodes.isEmpty else {
          throw reader.text.error(start..<reader.index, "Before \"or\" a condition is missing.")
        }
        reader.index = start
        break
      }
      if !nodes.isEmpty, takeAnd() {
        reader.skipBlanks()
        guard !isAtEnd else { throw reader.failure("After \"and\" a condition is missing.") }
      }
      nodes.append(try negation(depth: depth))
    }
    return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .all : .and(nodes)
  }

  private mutating func negation(depth: Int) throws(LanguageError) -> FilterNode {
    guard depth < FilterExpression.depthLimit else {
      throw reader.failure(
        "This filter is nested deeper than \(FilterExpression.depthLimit) levels.")
    }
    let start = reader.index
    let isNegated = reader.take(Byte.exclamation) || reader.takeWord("not")
    guard isNegated else { return try primary(depth: depth) }
    reader.skipBlanks()
    guard !isAtEnd else {
      throw reader.text.error(start..<reader.index, "After this a condition is missing.")
    }
    return .not(try negation(depth: depth + 1))
  }

  private mutating func primary(depth: Int) throws(LanguageError) -> FilterNode {
    let open = reader.index
    guard reader.take(Byte.openParenthesis) else {
      return try FilterTermReader.read(&reader)
    }
    openGroups += 1
    defer { openGroups -= 1 }
    reader.skipBlanks()
    guard !isAtEnd else {
      throw reader.text.error(open..<(open + 1), "These parentheses are empty or never closed.")
    }
    let node = try alternatives(depth: depth + 1)
    guard reader.take(Byte.closeParenthesis) else {
      throw reader.text.error(open..<(open + 1), "This ( is never closed; it needs its ).")
    }
    return node
  }
}
