extension Engine {
  /// Does one thing and adds what the journal keeps of it to a timeline.
  ///
  /// The world is read where it lies; who records beside the engine copies it for every step.
  /// When the work is over, ``Timeline/arrive(at:)`` takes the world over.
  ///
  /// - Parameter isByUser: Whether a person asked for it.
  @discardableResult
  public mutating func perform(
    _ input: Input, isByUser: Bool = false, recordingIn timeline: inout Timeline
  ) -> Step {
    let step = perform(input, isByUser: isByUser)
    timeline.record(step.entries, world)
    return step
  }
}
