extension Engine {
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
