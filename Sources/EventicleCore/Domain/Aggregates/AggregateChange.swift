/// One value in which two versions of an aggregate differ.
public struct AggregateChange: Sendable, Hashable, CustomStringConvertible {
  /// Where it is: the names of members, outermost first.
  public let path: [String]
  /// What it was; `nil` when it was not there.
  public let old: JSON?
  /// What it became; `nil` when it was taken away.
  public let new: JSON?

  /// `name: "Ada" → "Eve"`.
  public var description: String {
    let (before, after) = (old.map { "\($0)" } ?? "nothing", new.map { "\($0)" } ?? "nothing")
    return "\(path.joined(separator: ".")): \(before) → \(after)"
  }

  /// What differs between two states, by name; an array counts as one value.
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
  /// In what two versions of an aggregate differ; version 0 has nothing.
  ///
  /// Costs O(events).
  public func changes(
    of id: DomainID, in world: World, from old: Version, to new: Version,
    workspace: Workspace = .system
  ) -> [AggregateChange] {
    let before = state(of: id, in: world, upTo: old, workspace: workspace)?.state
    let after = state(of: id, in: world, upTo: new, workspace: workspace)?.state
    return AggregateChange.between(before ?? .emptyObject, after ?? .emptyObject)
  }
}
