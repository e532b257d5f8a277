/// An input as the journal keeps it with its step, enough to perform it again.
public struct RecordedInput: Sendable {
  /// What was done.
  public let action: InputAction
  /// Where it came from.
  public let origin: InputOrigin
  /// The instant to which the clock moved by itself with the step; `nil` when it stood.
  public let instant: Instant?

  /// Creates a record of an input.
  public init(_ action: InputAction, by origin: InputOrigin, at instant: Instant? = nil) {
    self.action = action
    self.origin = origin
    self.instant = instant
  }
}

extension NewEvent {
  /// Whether only its type, what it is about and its data are given.
  @inline(__always)
  var isPlain: Bool {
    id == nil && source == nil && causedByID == nil && causedByType == nil && createdAt == nil
      && apmTrace == nil
  }

  /// The same, and no members besides an event's own.
  @inline(__always)
  var isWhollyPlain: Bool { isPlain && additionalMembers == nil }
}

extension CommandIntent {
  /// Whether only its type and its data are given.
  var isPlain: Bool { trace == nil && workspace == nil && idempotencyKey == nil && lock == nil }
}
