package import EventicleCore

/// Tells from the type and the position of events which of them need not be read for a filter.
package struct FilterSieve {
  private let root: FilterNode
  private let hasPositions: Bool
  private var known: [EventType: Bool?] = [:]

  /// Looks at what a filter says.
  package init(_ filter: FilterExpression) {
    root = filter.root
    hasPositions = root.hasPositions
  }

  /// Whether an event passes; `nil` when that takes more than its type and its position.
  package mutating func passes(_ type: EventType, at position: Position) -> Bool? {
    guard !hasPositions else { return root.verdict(type, position) }
    if let known = known[type] { return known }
    let found = root.verdict(type, position)
    known[type] = .some(found)
    return found
  }
}

extension FilterNode {
  fileprivate var hasPositions: Bool {
    switch self {
    case .and(let nodes), .or(let nodes): nodes.contains { $0.hasPositions }
    case .not(let node): node.hasPositions
    case .term(.position): true
    case .all, .term: false
    }
  }

  /// Whether an event of a type at a position passes; `nil` when that is not all that is asked.
  fileprivate func verdict(_ type: EventType, _ position: Position) -> Bool? {
    switch self {
    case .all: return true
    case .and(let nodes):
      let verdicts = nodes.map { $0.verdict(type, position) }
      return verdicts.contains(false) ? false : verdicts.contains(nil) ? nil : true
    case .or(let nodes):
      let verdicts = nodes.map { $0.verdict(type, position) }
      return verdicts.contains(true) ? true : verdicts.contains(nil) ? nil : false
    case .not(let node): return node.verdict(type, position).map { !$0 }
    case .term(.key(.type, let pattern)): return pattern.matches(type.text)
    case .term(.position(let comparison, let other)):
      return FilterTerm.isOrdered(position, comparison, other)
    case .term: return nil
    }
  }
}
