import EventicleCore
import Yams

/// A YAML node that knows its place, for errors that name line and column.
struct ThemeNode {
  private let node: Node
  private let path: String

  /// One key of a mapping.
  struct Entry {
    let key: String
    let value: ThemeNode
    fileprivate let mark: Mark?
  }

  /// A node of the file at a path.
  init(_ node: Node, path: String) {
    self.node = node
    self.path = path
  }

  /// The value of a key, if this is a mapping that has it.
  subscript(key: String) -> ThemeNode? {
    node.mapping?[key].map { ThemeNode($0, path: path) }
  }

  /// The entries of a mapping, in order.
  func entries() throws(ThemeError) -> [Entry] {
    guard let mapping = node.mapping else { throw error("expected keys and values here.") }
    var entries: [Entry] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        throw ThemeNode(key, path: path).error("a key must be a word.")
      }
      entries.append(Entry(key: name, value: ThemeNode(value, path: path), mark: key.mark))
    }
    return entries
  }

  /// The text of a scalar.
  func text() throws(ThemeError) -> String {
    guard let scalar = node.scalar else { throw error("expected a word or a text here.") }
    return scalar.string
  }

  /// The text as one of a fixed set of words.
  func word<Word>(
    of type: Word.Type
  ) throws(ThemeError) -> Word where Word: RawRepresentable<String> & CaseIterable {
    let text = try text()
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("\"\(text)\" is none of \(words).")
    }
    return word
  }

  /// An error at this node.
  func error(_ problem: String) -> ThemeError {
    Self.malformed(node.mark, path: path, problem: problem)
  }

  /// The error for an unknown key, suggesting the nearest known one.
  func unknown(_ entry: Entry, among names: [String], what: String) -> ThemeError {
    let nearest = TypoCorrection.nearest(to: entry.key, among: names)
    let hint = nearest.map { "; the nearest is \"\($0)\"" } ?? ""
    return Self.malformed(
      entry.mark, path: path, problem: "unknown \(what) \"\(entry.key)\"\(hint).")
  }

  /// The error for text that is not YAML.
  static func malformed(_ error: YamlError, path: String) -> ThemeError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return malformed(mark, path: path, problem: "\(problem).")
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
      return malformed(context.mark, path: path, problem: "the key \(names) stands here twice.")
    default:
      return malformed(nil, path: path, problem: "this is not YAML in UTF-8.")
    }
  }

  private static func malformed(_ mark: Mark?, path: String, problem: String) -> ThemeError {
    .malformed(path: path, line: mark?.line ?? 1, column: mark?.column ?? 1, problem: problem)
  }
}
