package import EventicleCore

/// A path into the data being written: `lines[0].sku`, `tags[]`.
package struct ItemPath: Hashable, Sendable, CustomStringConvertible {
  /// One step of a path.
  package enum Step: Hashable, Sendable {
    case member(String)
    case element(Int)
    /// After the last element: `[]`.
    case append
  }

  /// The steps from the outside in; empty for the whole data.
  package let steps: [Step]

  /// The greatest number of steps.
  static let stepLimit = 64

  /// A path of these steps.
  package init(_ steps: [Step]) { self.steps = steps }

  /// The path for reading a value; `nil` when it appends.
  package var jsonPath: JSONPath? {
    var path: [JSONPath.Step] = []
    for step in steps {
      switch step {
      case .member(let name): path.append(.member(name))
      case .element(let index): path.append(.element(index))
      case .append: return nil
      }
    }
    return JSONPath(path)
  }

  /// The path as it is written and read, quoted where necessary.
  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .member(let name) where ItemPath.isPlain(name): text += text.isEmpty ? name : ".\(name)"
      case .member(let name): text += "[\(Quoting.quoted(name))]"
      case .element(let index): text += "[\(index)]"
      case .append: text += "[]"
      }
    }
    return text
  }

  /// Whether a name needs neither quotes nor brackets.
  static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.first != Byte.hyphen
      && name.utf8.allSatisfy {
        Byte.isLetter($0) || Byte.isDigit($0) || $0 == Byte.hyphen || $0 == 0x5F || $0 >= 0x80
      } && !name.unicodeScalars.contains(where: HiddenScalar.contains)
  }
}

extension ItemPath {
  /// Reads `a.b[0].c`, `a[name]`, `a["any text"]` or `a[]`.
  init(_ text: SourceText) throws(LanguageError) {
    var steps: [Step] = []
    var index = 0
    while index < text.count {
      if text.mark(at: index) == Byte.openBracket {
        guard let close = text.firstMark(Byte.closeBracket, from: index) else {
          throw text.error(index..<(index + 1), "This [ is never closed.")
        }
        let isQuoted = text.offset(at: close) > text.offset(at: index) + 1
        steps.append(
          try ItemPath.step(inBrackets: text.slice((index + 1)..<close), isQuoted: isQuoted))
        index = close + 1
      } else {
        if !steps.isEmpty {
          guard text.mark(at: index) == Byte.dot else {
            throw text.error(index..<(index + 1), "A path goes on with . or [ here.")
          }
          index += 1
        }
        let end = ItemPath.nameEnd(text, from: index)
        guard end > index else {
          throw text.error(index..<min(index + 1, text.count), "This path needs a name here.")
        }
        steps.append(.member(text.slice(index..<end).string))
        index = end
      }
    }
    guard !steps.isEmpty else { throw text.error("This path is empty; it needs a name.") }
    guard steps.count <= ItemPath.stepLimit else {
      throw text.error("This path has more than \(ItemPath.stepLimit) steps.")
    }
    self.steps = steps
  }

  private static func nameEnd(_ text: SourceText, from start: Int) -> Int {
    var index = start
    while index < text.count {
      if let mark = text.mark(at: index),
        mark == Byte.dot || mark == Byte.openBracket || mark == Byte.closeBracket
      {
        return index
      }
      index += 1
    }
    return index
  }

  private static func step(
    inBrackets inner: SourceText, isQuoted: Bool
  ) throws(LanguageError) -> Step {
    // `[""]` is the member whose name is empty, `[]` the place after the last element.
    guard !inner.isEmpty else { return isQuoted ? .member("") : .append }
    guard inner.isPlain, inner.bytes.allSatisfy(Byte.isDigit) else {
      return .member(inner.string)
    }
    guard let index = Int(inner.string), index < Limits.jsonGrowth else {
      throw inner.error("An index may be at most \(Limits.jsonGrowth - 1).")
    }
    return .element(index)
  }
}

extension JSONPath {
  /// Reads a path for reading values, where `[]` has no meaning.
  init(_ text: SourceText) throws(LanguageError) {
    guard let path = try ItemPath(text).jsonPath else {
      throw text.error("A path that is read needs an index between its brackets.")
    }
    self = path
  }
}
