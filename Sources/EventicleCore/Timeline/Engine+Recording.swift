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

  /// The record of an input that is performed next.
  package mutating func record(of input: Input) -> RecordedInput {
    if let instant = input.instant { pass(until: instant) }
    return RecordedInput(input.action, by: input.origin, at: comingInstant)
  }
}

extension Input {
  /// The input that a record describes; see ``InputAction/isRepeatable``.
  public init(_ recorded: RecordedInput) {
    self.init(recorded.action, by: recorded.origin, at: recorded.instant)
  }
}
