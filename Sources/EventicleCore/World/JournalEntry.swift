/// What came of a command.
public enum CommandOutcome: Sendable, Hashable {
  /// It was carried out.
  case done
  /// Its events were kept, and then it reported an error to its caller.
  case reported(String)
  /// A business rule refused it; nothing changed.
  case rejected(String)
  /// Its handler failed; nothing changed.
  case failed(String)

  /// The sentence of what went wrong, if anything did.
  public var problem: String? {
    switch self {
    case .done: nil
    case .reported(let text), .rejected(let text), .failed(let text): text
    }
  }
}

/// What came of a delivery or of the firing of a timer.
public enum StepOutcome: Sendable, Hashable {
  /// It was handled.
  case handled
  /// It started a saga instance.
  case started
  /// It was not for this consumer, for a reason worth knowing.
  case ignored(String)
  /// Its handler failed, nothing changed, and it is parked.
  case failed(String)

  /// The sentence of what went wrong, if anything did.
  public var problem: String? {
    if case .failed(let text) = self { text } else { nil }
  }
}

/// One thing that the engine did, as the journal keeps it.
public struct JournalEntry: Sendable {
  /// What was done.
  public enum Kind: Sendable, Hashable {
    /// A command was carried out or refused.
    case command(type: String, data: JSONBytes, response: JSON?, CommandOutcome)
    /// An event was appended.
    case append(Position, EventType)
    /// An event was offered to a consumer, and to one saga instance if it is a saga.
    case delivery(Position, ConsumerName, instance: String?, StepOutcome)
    /// A timer was armed; again, if it was armed before.
    case timerArmed(TimerKey, due: Instant, TimerSchedule, again: Bool)
    /// A timer was called off.
    case timerCancelled(TimerKey)
    /// A timer fired.
    case timerFired(TimerKey, due: Instant, StepOutcome)
    /// A saga instance ended; kept, or removed.
    case sagaEnded(SagaKey, kept: Bool)
    /// Events of the past were taken in, this one among them.
    case imported(Position, EventType)
    /// The clock moved without anything falling due.
    case clock(from: Instant, to: Instant)
  }

  /// What was done.
  public let kind: Kind
  /// The entry that led to this one; `nil` for what came from outside.
  public let cause: JournalIndex?
  /// The moment of the world's clock.
  public let instant: Instant
  /// The first entry of the step that this one belongs to; a step happens whole or not at all.
  public let stepStart: JournalIndex
  /// How many entries the step has; known at its first entry, 0 at the others.
  public let stepCount: Int
  /// Whether a person asked for it.
  public let isByUser: Bool
  /// The differences that the whole step made; kept at its first entry.
  public let changes: [Change]
}

extension JournalEntry.Kind {
  /// What went wrong, if anything did.
  public var problem: String? {
    switch self {
    case .command(_, _, _, let outcome): outcome.problem
    case .delivery(_, _, _, let outcome), .timerFired(_, _, let outcome): outcome.problem
    default: nil
    }
  }
}
