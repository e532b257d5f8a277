extension Engine {
  /// Processes one input and records the journal entries of the step in a timeline.
  ///
  /// The timeline reads the world in place, whereas recording separately copies it for every step.
  /// When the work is done, ``Timeline/arrive(at:)`` hands over the world.
  ///
  /// - Parameter isByUser: Whether a person requested it.
  @discardableResult
  public mutating func perform(
    _ input: Input, isByUser: Bool = false, recordingIn timeline: inout Timeline
  ) -> Step {
    let step = perform(input, isByUser: isByUser)
    timeline.record(step.entries, world)
    return step
  }
}
