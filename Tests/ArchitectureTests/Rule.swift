/// A place that breaks a rule.
struct Violation: Equatable, CustomStringConvertible {
  let path: String
  let line: Int
  let what: String

  var description: String { "\(path):\(line): \(what)" }
}

/// Something that must never be in the sources, with examples that prove that it is found.
struct Rule: Sendable {
  /// The rule as a sentence.
  let name: String

  /// Finds every violation.
  let violations: @Sendable (SourceTree) -> [Violation]

  /// Examples that break it; each must be caught.
  let caught: [[String: String]]

  /// Similar examples that keep it; none may be caught.
  let allowed: [[String: String]]

  /// A rule over all files together.
  init(
    _ name: String, caught: [[String: String]], allowed: [[String: String]] = [],
    tree: @escaping @Sendable (SourceTree) -> [Violation]
  ) {
    self.name = name
    self.caught = caught
    self.allowed = allowed
    violations = tree
  }

  /// A rule over one file at a time.
  init(
    _ name: String, caught: [[String: String]], allowed: [[String: String]] = [],
    file: @escaping @Sendable (SourceFile) -> [Violation]
  ) {
    self.init(name, caught: caught, allowed: allowed, tree: { $0.files.flatMap(file) })
  }

  /// Every rule of the architecture.
  static let all: [Rule] =
    layers + members + panes + imports + bannedInCore + bannedInSources + shapes + documentation
}

extension SourceFile {
  /// A violation in this file.
  func violation(_ line: Int, _ what: String) -> Violation {
    Violation(path: path, line: line, what: what)
  }

  /// Violations at every token for which the closure returns one.
  func violations(_ what: (Int) -> String?) -> [Violation] {
    tokens.indices.compactMap { index in
      what(index).map { violation(tokens[index].line, $0) }
    }
  }
}
