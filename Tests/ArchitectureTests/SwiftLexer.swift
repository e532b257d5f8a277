/// Splits Swift source into code, string contents and comments, byte by byte.
///
/// Each plane is as long as the source and keeps its line ends; what belongs to another plane is
/// blank. The code inside `\( … )` is code.
struct SwiftLexer {
  private(set) var code: [UInt8]
  private(set) var strings: [UInt8]
  private(set) var comments: [UInt8]
  private let source: [UInt8]
  private var at = 0

  private struct Literal {
    var pounds: Int
    var isMultiline: Bool
    var parentheses = 0
  }

  /// The string literals around the current place, the innermost last.
  private var literals: [Literal] = []

  init(_ text: String) {
    source = Array(text.utf8)
    let blank = source.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
    code = blank
    strings = blank
    comments = blank
    while at < source.count { step() }
  }

  private func byte(_ offset: Int) -> UInt8 {
    at + offset < source.count ? source[at + offset] : 0
  }

  private func starts(with text: StaticString, after offset: Int = 0) -> Bool {
    for index in 0..<text.utf8CodeUnitCount
    where byte(offset + index) != text.utf8Start[index] {
      return false
    }
    return true
  }

  private mutating func step() {
    if starts(with: "//") {
      while at < source.count, byte(0) != UInt8(ascii: "\n") { takeComment() }
    } else if starts(with: "/*") {
      blockComment()
    } else if byte(0) == UInt8(ascii: "\"") || byte(0) == UInt8(ascii: "#"), beginsLiteral() {
      return
    } else {
      if !literals.isEmpty {
        if byte(0) == UInt8(ascii: "(") { literals[literals.count - 1].parentheses += 1 }
        if byte(0) == UInt8(ascii: ")") {
          literals[literals.count - 1].parentheses -= 1
          if literals[literals.count - 1].parentheses == 0 {
            takeCode()
            literalBody()
            return
          }
        }
      }
      takeCode()
    }
  }

  private mutating func takeCode() {
    code[at] = source[at]
    at += 1
  }

  private mutating func takeComment() {
    comments[at] = source[at]
    at += 1
  }

  private mutating func takeString() {
    strings[at] = source[at]
    at += 1
  }

  private mutating func blockComment() {
    var depth = 0
    while at < source.count {
      if starts(with: "/*") {
        depth += 1
        takeComment()
        takeComment()
      } else if starts(with: "*/") {
        depth -= 1
        takeComment()
        takeComment()
        if depth == 0 { return }
      } else {
        takeComment()
      }
    }
  }

  /// Begins a literal if there is one here; the quotes themselves are code.
  private mutating func beginsLiteral() -> Bool {
    var pounds = 0
    while byte(pounds) == UInt8(ascii: "#") { pounds += 1 }
    guard byte(pounds) == UInt8(ascii: "\"") else { return false }
    let isMultiline = starts(with: "\"\"\"", after: pounds)
    for _ in 0..<pounds + (isMultiline ? 3 : 1) { takeCode() }
    literals.append(Literal(pounds: pounds, isMultiline: isMultiline))
    literalBody()
    return true
  }

  /// Reads until the literal ends or an interpolation begins.
  private mutating func literalBody() {
    guard let literal = literals.last else { return }
    while at < source.count {
      if ends(literal) {
        for _ in 0..<literal.pounds + (literal.isMultiline ? 3 : 1) { takeCode() }
        literals.removeLast()
        return
      }
      if byte(0) == UInt8(ascii: "\\"), isEscape(literal) {
        takeString()
        for _ in 0..<literal.pounds { takeString() }
        if byte(0) == UInt8(ascii: "(") {
          takeCode()
          literals[literals.count - 1].parentheses = 1
          return
        }
        if at < source.count { takeString() }
        continue
      }
      if !literal.isMultiline, byte(0) == UInt8(ascii: "\n") {
        // An unfinished literal does not compile; continuing as code keeps the rest readable.
        literals.removeLast()
        return
      }
      takeString()
    }
  }

  private func ends(_ literal: Literal) -> Bool {
    let quotes = literal.isMultiline ? 3 : 1
    for index in 0..<quotes where byte(index) != UInt8(ascii: "\"") { return false }
    for index in 0..<literal.pounds where byte(quotes + index) != UInt8(ascii: "#") {
      return false
    }
    return true
  }

  private func isEscape(_ literal: Literal) -> Bool {
    for index in 0..<literal.pounds where byte(1 + index) != UInt8(ascii: "#") { return false }
    return true
  }
}
