/// The events that an outside worker takes, and how long handling one may last.
package struct WorkerReaction: Sendable {
  /// The types of event that the worker handles; `nil` for every type.
  package let types: Set<EventType>?
  /// How long after an offer the worker must answer, on the engine's clock.
  package let deadline: Interval

  package init(types: Set<EventType>?, deadline: Interval) {
    self.types = types
    self.deadline = max(deadline, .milliseconds(1))
  }
}
