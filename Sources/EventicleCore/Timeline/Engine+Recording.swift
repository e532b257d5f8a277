extension Engine {
  /// Performs one input and records its step in a timeline.
  ///
  /// The timeline reads the world in place, whereas recording separately copies it for every step.
  /// When the work is done, ``Timeline/arrive(at:)`` hands over the world.
  @discardableResult
  public mutating func perform(_ input: Input, recordingIn timeline: inout Timeline) -> Step {
    if let instant = input.instant { pass(until: instant) }
    let instant = comingInstant
    let step = perform(input)
    timeline.record(
      step.made, of: input.action, by: input.origin, at: instant, world, isOpen: !sealsEvents)
    return step
  }
}
