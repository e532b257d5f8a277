package import EventicleCore

/// What to do to a consumer group: `group move view-OrderBoard #12`.
package struct GroupChange: Hashable, Sendable {
  /// The kinds of change.
  package enum Action: Hashable, Sendable {
    case pause
    case resume
    /// Continue after a position.
    case move(Located<PositionExpression>)
  }

  /// The group to change.
  package let group: Located<GroupName>
  /// What to do to it.
  package let action: Action
}
