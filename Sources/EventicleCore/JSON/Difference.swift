/// One difference between two JSON values.
public struct Difference: Sendable, Hashable {
  /// Where, for people: `lines[0].qty`.
  public let path: JSONPath
  /// What was there; `nil` when it is new.
  public let old: JSON?
  /// What is there; `nil` when it was removed.
  public let new: JSON?

  /// `+` new, `-` removed, `~` changed.
  public var sign: String { old == nil ? "+" : (new == nil ? "-" : "~") }
}

/// What differs between two values, in the order of the newer one, removed members last.
///
/// Objects are compared member by member; arrays element by element.
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
    // An empty object and nothing at all are the same to begin with.
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
