/// One place where two JSON values differ.
public struct Difference: Sendable, Hashable {
  /// The path to it, as shown to people: `lines[0].qty`.
  public let path: JSONPath
  /// The old value; `nil` when it was added.
  public let old: JSON?
  /// The new value; `nil` when it was removed.
  public let new: JSON?

  /// `+` added, `-` removed, `~` changed.
  public var sign: String { old == nil ? "+" : (new == nil ? "-" : "~") }
}

/// The differences between two values, in the order of the new one, removed members last.
///
/// Objects are compared by member, arrays by index.
public func differences(from old: JSON?, to new: JSON?) -> [Difference] {
  var found: [Difference] = []
  collect(old, new, [], &found)
  return found
}

private func collect(
  _ old: JSON?, _ new: JSON?, _ steps: [JSONPath.Step], _ found: inout [Difference]
) {
  guard old != new else { return }
  switch (old ?? .emptyObject, new ?? .emptyObject) {
  case (.object(let before), .object(let after)) where !before.isEmpty || !after.isEmpty:
    for member in after.members {
      collect(before[member.key], member.value, steps + [.member(member.key)], &found)
    }
    for member in before.members where after[member.key] == nil {
      collect(member.value, nil, steps + [.member(member.key)], &found)
    }
  case (.object, .object) where steps.isEmpty:
    // Adding or removing an empty object is not a difference.
    return
  case (.array(let before), .array(let after)) where old != nil && new != nil:
    for index in 0..<max(before.count, after.count) {
      collect(
        index < before.count ? .some(before[index]) : .none,
        index < after.count ? .some(after[index]) : .none, steps + [.element(index)], &found)
    }
  default: found.append(Difference(path: JSONPath(steps), old: old, new: new))
  }
}
