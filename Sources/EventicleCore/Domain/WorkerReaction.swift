/// What an outside worker takes, and how long one handling may last.
package struct WorkerReaction: Sendable {
  /// The types of event that it handles; `nil` stands for every type.
  package let types: Set<EventType>?
  /// How long after an offer it must be acknowledged on the engine's clock.
  package let deadline: Interval

  package init(types: Set<EventType>?, deadline: Interval) {
    self.types = types
    self.deadline = max(deadline, .milliseconds(1))
  }
}
