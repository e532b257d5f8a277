package import EventicleCore

/// What is to be done to a consumer group: `group move view-OrderBoard #12`.
package struct GroupChange: Hashable, Sendable {
  /// What is done.
  package enum Action: Hashable, Sendable {
    case pause
    case resume
    /// Go on after a place.
    case move(Located<PositionExpression>)
  }

  /// The group.
  package let group: Located<GroupName>
  /// What is done to it.
  package let action: Action
}
