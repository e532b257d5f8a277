import EventicleCore

/// Writes filters so that they read back as equal ones.
enum FilterPrinter {
  /// The text of a condition.
  static func text(_ node: FilterNode) -> String {
    switch node {
    case .all: ""
    case .and(let nodes):
      nodes.map { inside($0, parenthesesFor: [.and, .or]) }.joined(separator: " ")
    case .or(let nodes): nodes.map { inside($0, parenthesesFor: [.or]) }.joined(separator: " or ")
    case .not(let node): "!" + inside(node, parenthesesFor: [.and, .or, .not])
    case .term(let term): text(term)
    }
  }

  private enum Kind { case and, or, not, other }

  private static func kind(_ node: FilterNode) -> Kind {
    switch node {
    case .and: .and
    case .or: .or
    case .not: .not
    case .all, .term: .other
    }
  }

  private static func inside(_ node: FilterNode, parenthesesFor kinds: [Kind]) -> String {
    kinds.contains(kind(node)) ? "(\(text(node)))" : text(node)
  }

  private static func text(_ term: FilterTerm) -> String {
    switch term {
    case .word(let pattern): return pattern.description
    case .key(let key, let pattern):
      let operation = pattern.style == .contains ? "~" : ":"
      return "\(key.rawValue)\(operation)\(pattern)"
    case .cause(let cause): return "cause:\(cause)"
    case .since(let time): return "since:\(time)"
    case .until(let time): return "until:\(time)"
    case .isError: return "is:error"
    case .isOrphan: return "is:orphan"
    case .position(.equal, let position): return position.description
    case .position(let comparison, let position): return "#\(comparison)\(position.number)"
    case .field(let path, let test): return self.path(path) + comparison(test)
    case .state(let moment, let path, let test):
      return member(path, of: moment.rawValue) + comparison(test)
    case .changed(let path): return "changed(\(member(path, of: "state")))"
    }
  }

  private static func comparison(_ test: ValueTest) -> String {
    let text = test.description
    return test.comparison == .isOneOf ? " \(text)" : text.replacingFirstSpace
  }

  private static func member(_ path: JSONPath, of name: String) -> String {
    let steps = path.steps.map { step -> ItemPath.Step in
      switch step {
      case .member(let name): .member(name)
      case .element(let index): .element(index)
      }
    }
    return ItemPath([.member(name)] + steps).description
  }

  /// A path, prefixed with `data` where it would be taken for something else.
  static func path(_ path: JSONPath) -> String {
    let steps = path.steps.map { step -> ItemPath.Step in
      switch step {
      case .member(let name): .member(name)
      case .element(let index): .element(index)
      }
    }
    let text = ItemPath(steps).description
    guard case .member(let first)? = path.steps.first, let letter = first.utf8.first,
      Byte.isLetter(letter), ItemPath.isPlain(first), !keywords.contains(first.lowercased()),
      first != "data", steps.count == 1 || !FilterTermReader.stateWords.contains(first),
      steps.count > 1 || !FilterKey.words.contains(first)
    else { return text.hasPrefix("[") ? "data\(text)" : "data.\(text)" }
    return text
  }

  /// A word, quoted where it would be taken for something else.
  static func word(_ text: String) -> String {
    let isPlain =
      ItemPath.isPlain(text.filter { $0 != "." && $0 != "@" })
      && !text.hasPrefix("-") && !keywords.contains(text.lowercased())
      && (try? JSON(parsing: text)) == nil
    return isPlain ? text : Quoting.quoted(text)
  }

  /// A value as a comparison writes it.
  static func value(_ value: JSON) -> String {
    if case .string(let text) = value { word(text) } else { value.description }
  }

  static let keywords: Set<String> = ["and", "or", "not", "in", "error"]
}

extension String {
  /// The text without its first space.
  fileprivate var replacingFirstSpace: String {
    guard let space = firstIndex(of: " ") else { return self }
    var copy = self
    copy.remove(at: space)
    return copy
  }
}
