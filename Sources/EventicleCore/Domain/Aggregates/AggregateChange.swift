/// One value in which two versions of an aggregate differ.
public struct AggregateChange: Sendable, Hashable, CustomStringConvertible {
  /// The place of the value: the names of members, outermost first.
  public let path: [String]
  /// The value before; `nil` when there was none.
  public let old: JSON?
  /// The value after; `nil` when it was removed.
  public let new: JSON?

  /// `name: "Ada" → "Eve"`.
  public var description: String {
    let (before, after) = (old.map { "\($0)" } ?? "nothing", new.map { "\($0)" } ?? "nothing")
    return "\(path.joined(separator: ".")): \(before) → \(after)"
  }

  /// The differences between two states, by name; an array counts as one value.
  static func between(_ old: JSON?, _ new: JSON?, at path: [String] = []) -> [AggregateChange] {
    if case .object(let before)? = old, case .object(let after)? = new {
      var names = before.keys
      for name in after.keys where before[name] == nil { names.append(name) }
      return names.sorted().flatMap { between(before[$0], after[$0], at: path + [$0]) }
    }
    if let old, let new, old.means(new) { return [] }
    return old == nil && new == nil ? [] : [AggregateChange(path: path, old: old, new: new)]
  }
}

extension AggregateRoot {
  /// The differences between two versions of an aggregate; version 0 has no values.
  ///
  /// - Complexity: O(events).
  public func changes(
    of id: DomainID, in world: World, from old: Version, to new: Version,
    workspace: Workspace = .system
  ) -> [AggregateChange] {
    let before = state(of: id, in: world, upTo: old, workspace: workspace)?.state
    let after = state(of: id, in: world, upTo: new, workspace: workspace)?.state
    return AggregateChange.between(before ?? .emptyObject, after ?? .emptyObject)
  }
}
