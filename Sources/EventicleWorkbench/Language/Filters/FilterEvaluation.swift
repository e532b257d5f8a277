import EventicleCore

extension FilterNode {
  /// Whether an event passes; parts are evaluated in order until one decides.
  func matches(_ facts: some FilterFacts) -> Bool {
    switch self {
    case .all: true
    case .and(let nodes): nodes.allSatisfy { $0.matches(facts) }
    case .or(let nodes): nodes.contains { $0.matches(facts) }
    case .not(let node): !node.matches(facts)
    case .term(let term): term.matches(facts)
    }
  }
}

extension FilterTerm {
  /// Whether an event passes.
  func matches(_ facts: some FilterFacts) -> Bool {
    switch self {
    case .key(let key, let pattern): key.matches(pattern, facts)
    case .word(let pattern): FilterTerm.isWord(pattern, in: facts.event)
    case .cause(.position(let position)): facts.isCausedBy(position)
    case .cause(.id(let id)): facts.isCausedBy(id: id)
    case .since(let time): facts.event.createdAt >= time.instant(now: facts.now)
    case .until(let time): facts.event.createdAt <= time.instant(now: facts.now)
    case .isError: facts.isError
    case .isOrphan: facts.isOrphan
    case .position(let comparison, let position):
      FilterTerm.isOrdered(facts.position, comparison, position)
    case .field(let path, let test): test.matches(facts.data.value(at: path))
    case .state(.after, let path, let test):
      test.matches(facts.states()?.after.value(at: path))
    case .state(.before, let path, let test):
      test.matches(facts.states()?.before.value(at: path))
    case .changed(let path):
      facts.states().map { $0.before.value(at: path) != $0.after.value(at: path) } ?? false
    }
  }

  private static func isWord(_ pattern: TextPattern, in event: Event) -> Bool {
    pattern.matches(event.type.text) || pattern.matches(event.id.text)
      || (event.domainID.map { pattern.matches($0.text) } ?? false)
      || pattern.matches(event.stream.text) || pattern.matches(utf8: event.data.utf8)
  }

  /// Whether two positions are as a comparison says.
  static func isOrdered(
    _ left: Position, _ comparison: Comparison, _ right: Position
  ) -> Bool {
    switch comparison {
    case .equal, .isOneOf, .contains: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

extension FilterKey {
  /// Whether the value of the key matches a pattern.
  func matches(_ pattern: TextPattern, _ facts: some FilterFacts) -> Bool {
    switch self {
    case .type: return pattern.matches(facts.event.type.text)
    case .stream: return pattern.matches(facts.event.stream.text)
    case .source: return pattern.matches(facts.event.source)
    case .id:
      return pattern.matches(facts.event.id.text)
        || (facts.event.domainID.map { pattern.matches($0.text) } ?? false)
    case .actor: return pattern.matches(facts.actor)
    case .command: return facts.commandName().map(pattern.matches) ?? false
    case .aggregate:
      return facts.aggregateName().map { FilterKey.isNamed($0, pattern, suffix: nil) } ?? false
    case .saga:
      return facts.sagaNames().contains { FilterKey.isNamed($0, pattern, suffix: "Saga") }
    }
  }

  /// Whether `Name/key` matches: whole, by name alone, or by name without its usual suffix.
  private static func isNamed(_ text: String, _ pattern: TextPattern, suffix: String?) -> Bool {
    if pattern.matches(text) { return true }
    let name = text.utf8.firstIndex(of: Byte.slash).map { String(text[..<$0]) } ?? text
    if name.utf8.count < text.utf8.count, pattern.matches(name) { return true }
    guard let suffix, name.hasSuffix(suffix) else { return false }
    return pattern.matches(String(name.dropLast(suffix.count)))
  }
}
