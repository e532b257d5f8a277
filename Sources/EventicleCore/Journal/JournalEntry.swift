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

/// What was done to a consumer group.
public enum GroupAction: Sendable, Hashable {
  /// A consumer was registered; it is offered what comes after a position.
  case subscribed(after: Position)
  /// A person paused it.
  case paused
  /// It was let go on.
  case resumed
  /// It was moved, to be offered what comes after a position.
  case moved(after: Position)
  /// Its rows were replaced by those that its events make; so many were not the same.
  case rebuilt(rows: Int)
  /// Its saga has a new version, and so many instances were taken over.
  case migrated(instances: Int)
  /// Nobody consumes for it any more; its position is kept.
  case closed
  /// It was forgotten with its position.
  case deleted
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
    /// Something was done to a consumer group.
    case group(GroupName, GroupAction)
    /// Other data was put down for parked work to be done with.
    case parkedEdited(Int)
    /// Parked work was given up.
    case parkedDropped(Int)
    /// The oldest events of a stream are no longer handed out.
    case trimmed(StreamName, through: StreamPosition)
    /// Something beside the work went wrong and changed nothing: an error handler failed as well,
    /// or what a handler asked for could not be done.
    case trouble(String)
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
  package let changes: StepChanges
}

extension JournalEntry.Kind {
  /// What went wrong, if anything did.
  public var problem: String? {
    switch self {
    case .command(_, _, _, let outcome): outcome.problem
    case .delivery(_, _, _, let outcome), .timerFired(_, _, let outcome): outcome.problem
    case .trouble(let reason): reason
    default: nil
    }
  }
}
