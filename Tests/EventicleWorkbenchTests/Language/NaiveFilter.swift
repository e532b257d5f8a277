import EventicleCore
import EventicleWorkbench
import TestSupport

/// Evaluates filters in the simplest way.
enum NaiveFilter {
  static func matches(_ node: FilterNode, _ facts: SampleFacts) -> Bool {
    switch node {
    case .all: true
    case .and(let nodes): !nodes.map { matches($0, facts) }.contains(false)
    case .or(let nodes): nodes.map { matches($0, facts) }.contains(true)
    case .not(let node): !matches(node, facts)
    case .term(let term): matches(term, facts)
    }
  }

  private static func matches(_ term: FilterTerm, _ facts: SampleFacts) -> Bool {
    let event = facts.event
    switch term {
    case .word(let pattern):
      return [
        event.type.text, event.id.text, event.domainID?.text, event.stream.text,
        event.data.description,
      ].contains { $0.map { matches(pattern, $0) } ?? false }
    case .key(let key, let pattern):
      return texts(key, facts).contains { matches(pattern, $0) }
    case .cause(.position(let position)): return facts.causes.contains(position)
    case .cause(.id(let id)): return facts.causeIDs.contains(id)
    case .since(let time):
      return event.createdAt.milliseconds >= time.instant(now: facts.now).milliseconds
    case .until(let time):
      return event.createdAt.milliseconds <= time.instant(now: facts.now).milliseconds
    case .isError: return facts.isError
    case .isOrphan: return facts.isOrphan
    // No sample belongs to an aggregate.
    case .state(_, _, let test): return test.comparison == .notEqual
    case .changed: return false
    case .position(let comparison, let position):
      return ValueTest(comparison, .json(.int(position.number)))
        .matches(.int(facts.position.number))
    case .field(let path, let test):
      var value: JSON? = facts.data
      for step in path.steps {
        switch step {
        case .member(let name): value = value?.object?[name]
        case .element(let index):
          value = value?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        }
      }
      return matches(test, value)
    }
  }

  private static func texts(_ key: FilterKey, _ facts: SampleFacts) -> [String] {
    let event = facts.event
    func named(_ text: String) -> [String] {
      let name = String(text.prefix { $0 != "/" })
      return [text, name] + (name.hasSuffix("Saga") ? [String(name.dropLast(4))] : [])
    }
    switch key {
    case .type: return [event.type.text]
    case .stream: return [event.stream.text]
    case .id: return [event.id.text, event.domainID?.text].compactMap { $0 }
    case .source: return [event.source]
    case .actor: return [facts.actor]
    case .command: return [facts.command].compactMap { $0 }
    case .aggregate: return facts.aggregate.map { [$0, String($0.prefix { $0 != "/" })] } ?? []
    case .saga: return facts.sagas.flatMap(named)
    }
  }

  private static func matches(_ test: ValueTest, _ value: JSON?) -> Bool {
    guard let value else { return test.comparison == .notEqual }
    switch (test.comparison, test.operand) {
    case (.equal, .json(let wanted)): return value == wanted
    case (.notEqual, .json(let wanted)): return value != wanted
    case (.equal, .pattern(let pattern)): return matches(pattern, value.string ?? "\(value)")
    case (.notEqual, .pattern(let pattern)): return !matches(pattern, value.string ?? "\(value)")
    case (.contains, .pattern(let pattern)): return matches(pattern, value.string ?? "\(value)")
    case (.isOneOf, .json(let wanted)): return wanted.array?.contains(value) ?? false
    case (let comparison, .json(let wanted)):
      if let left = value.double, let right = wanted.double {
        return ordered(left, comparison, right)
      }
      if let left = value.string, let right = wanted.string {
        return ordered(left, comparison, right)
      }
      return false
    default: return false
    }
  }

  private static func ordered<Value: Comparable>(
    _ left: Value, _ comparison: Comparison, _ right: Value
  ) -> Bool {
    switch comparison {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    default: false
    }
  }

  private static func matches(_ pattern: TextPattern, _ text: String) -> Bool {
    switch pattern.style {
    case .exact: return pattern.text == text
    case .glob: return glob(Array(pattern.text)[...], Array(text)[...])
    case .contains:
      let printed = pattern.description
      let isGlob =
        !printed.hasPrefix("\"") && !printed.hasPrefix("'")
        && printed.contains { "*?".contains($0) }
      let lower = pattern.text.lowercased()
      return isGlob
        ? glob(Array("*" + lower + "*")[...], Array(text.lowercased())[...])
        : text.lowercased().contains(lower)
    case .regular:
      let printed = pattern.description
      guard let regex = try? Regex(pattern.text).ignoresCase(printed.hasSuffix("/i")) else {
        return false
      }
      return text.contains(regex)
    }
  }

  private static func glob(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool
  {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case "*": return glob(rest, text) || (!text.isEmpty && glob(pattern, text.dropFirst()))
    case "?": return !text.isEmpty && glob(rest, text.dropFirst())
    case "\\":
      guard let literal = rest.first else { return false }
      return text.first == literal && glob(rest.dropFirst(), text.dropFirst())
    default: return text.first == first && glob(rest, text.dropFirst())
    }
  }
}

/// Writes random filters.
enum RandomFilter {
  static func text(_ random: inout SeededRandom, depth: Int) -> String {
    switch depth == 0 ? 9 : random.below(10) {
    case 0, 1: return text(&random, depth: depth - 1) + " " + text(&random, depth: depth - 1)
    case 2: return text(&random, depth: depth - 1) + " or " + text(&random, depth: depth - 1)
    case 3: return "!" + term(&random)
    case 4: return "not (" + text(&random, depth: depth - 1) + ")"
    case 5: return "(" + text(&random, depth: depth - 1) + ")"
    default: return term(&random)
    }
  }

  private static let words = [
    "order-1", "Order*", "\"card declined\"", "'a*b'", "é", "Zo?", "o\\*r", "59", "true", "-",
    "\"or\"", "'not'", "/[a-z]+-\\d/", "/GBP/i", "*", "a.b", "\"\\u{0}\\n\"", "'{{Count}}'",
    "\"x:y\"",
  ]

  private static func term(_ random: inout SeededRandom) -> String {
    switch random.below(6) {
    case 0: return random.pick(words)
    case 1:
      return random.pick([
        "type:", "id:", "stream:", "saga:", "agg:", "by:", "type~", "cmd!=", "source=",
      ]) + random.pick(words)
    case 2:
      return random.pick([
        "since:-5m", "until:12:04", "is:error", "cause:#1", "cause:e-1", "#>=2", "error", "#3",
      ])
    case 3:
      return random.pick([
        "total", "data.total", "lines[0].sku", "[\"a b\"].c", "data.type", "amount",
      ])
        + random.pick([" in ", "  in  "])
        + random.pick(["[1, 59]", "[]", "[\"GBP\", x]", "[[1], {\"a\": null}]"])
    default:
      return random.pick([
        "total", "data.amount", "currency", "reason", "lines[0].quantity", "x.y-z", "note",
        "data.error",
      ])
        + random.pick(["=", "!=", " < ", "<=", ">", " >= ", "~", "=="]) + random.pick(words)
    }
  }
}
