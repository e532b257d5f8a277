/// How a command ended.
public enum CommandOutcome: Sendable, Hashable {
  /// It succeeded.
  case done
  /// Its events were kept, and then it reported an error to its caller.
  case reported(String)
  /// A business rule refused it; nothing changed.
  case rejected(String)
  /// Its handler failed; nothing changed.
  case failed(String)
  /// Somebody else holds a lock that it needs; nothing changed, and it is tried again at a moment.
  case waiting(String, until: Instant)

  /// What went wrong, as a sentence; `nil` if nothing did.
  public var problem: String? {
    switch self {
    case .done, .waiting: nil
    case .reported(let text), .rejected(let text), .failed(let text): text
    }
  }
}

/// What was done to a consumer group.
public enum GroupAction: Sendable, Hashable {
  /// A consumer was registered; it receives what comes after a position.
  case subscribed(after: Position)
  /// A person paused it.
  case paused
  /// It was resumed.
  case resumed
  /// It was moved and receives what comes after a position.
  case moved(after: Position)
  /// Its rows were rebuilt from its events; this many differed.
  case rebuilt(rows: Int)
  /// Its saga has a new version, and this many instances were migrated.
  case migrated(instances: Int)
  /// It has no consumer any more; its position is kept.
  case closed
  /// It was deleted with its position.
  case deleted
}

/// What a person did to a saga instance from outside.
public enum SagaIntervention: Sendable, Hashable {
  /// It was ended; kept, or removed.
  case ended(kept: Bool)
  /// Its data was corrected.
  case corrected
}

/// One thing that the engine did, as the journal records it.
public struct JournalEntry: Sendable {
  /// What may be done, each with what is needed to tell it in words.
  public enum Kind: Sendable, Hashable {
    /// A command was carried out, rejected or failed.
    case command(type: String, data: JSONBytes, response: JSON?, CommandOutcome)
    /// An event was appended.
    case append(Position, EventType)
    /// An event was offered to a consumer, and to one instance if the consumer is a saga.
    case delivery(Position, ConsumerName, instance: String?, StepOutcome)
    /// A person delayed, dropped or repeated a delivery, or its acknowledgement was lost.
    case acted(Position, ConsumerName, DeliveryAct)
    /// A timer was armed; `again` when it replaced an armed one.
    case timerArmed(TimerKey, due: Instant, TimerSchedule, again: Bool)
    /// A timer was cancelled.
    case timerCancelled(TimerKey)
    /// A timer fired.
    case timerFired(TimerKey, due: Instant, StepOutcome)
    /// A saga instance ended; its state was kept or removed.
    case sagaEnded(SagaKey, kept: Bool)
    /// A person ended a saga instance or corrected its data, for a reason.
    case sagaIntervention(SagaKey, SagaIntervention, reason: String)
    /// Past events were imported, this one among them.
    case imported(Position, EventType)
    /// The clock moved and no timer fell due.
    case clock(from: Instant, to: Instant)
    /// Something was done to a consumer group.
    case group(GroupName, GroupAction)
    /// The data of a parked delivery was changed for its retry.
    case parkedEdited(Int)
    /// A parked delivery was dropped.
    case parkedDropped(Int)
    /// The oldest events of a stream are no longer readable.
    case trimmed(StreamName, through: StreamPosition)
    /// Something went wrong besides the work itself and changed nothing: an error handler failed
    /// too, or an input that a handler asked for could not be carried out.
    case trouble(String)
  }

  /// What the engine did.
  public let kind: Kind
  /// The entry that caused this one; `nil` for what came from outside.
  public let cause: JournalIndex?
  /// The time on the world's clock.
  public let instant: Instant
  /// The first entry of this one's step; a step happens completely or not at all.
  public let stepStart: JournalIndex
  /// The number of entries in the step; on its first entry, 0 on the others.
  public let stepCount: Int
  /// Where the input behind it comes from; `nil` for what something else in its step caused.
  public let origin: InputOrigin?
  /// The changes of the whole step; on its first entry.
  package let changes: StepChanges

  /// Creates an entry.
  package init(
    kind: Kind, cause: JournalIndex?, instant: Instant, stepStart: JournalIndex, stepCount: Int,
    origin: InputOrigin?, changes: StepChanges
  ) {
    self.kind = kind
    self.cause = cause
    self.instant = instant
    self.stepStart = stepStart
    self.stepCount = stepCount
    self.origin = origin
    self.changes = changes
  }
}

extension JournalEntry {
  /// The same entry in a journal that has so many more before it; causes name the whole journal's.
  func moved(by offset: Int) -> JournalEntry {
    JournalEntry(
      kind: kind, cause: cause, instant: instant,
      stepStart: JournalIndex(stepStart.number + offset), stepCount: stepCount, origin: origin,
      changes: changes)
  }

  /// Whether a person at a keyboard asked for it, rather than a program, a timer or an event.
  public var isByUser: Bool { origin == .person }
}

extension JournalEntry.Kind {
  /// Whether it is an append.
  @inline(__always)
  var isAppend: Bool { if case .append = self { true } else { false } }

  /// What went wrong, as a sentence; `nil` if nothing did.
  public var problem: String? {
    switch self {
    case .command(_, _, _, let outcome): outcome.problem
    case .delivery(_, _, _, let outcome), .timerFired(_, _, let outcome): outcome.problem
    case .trouble(let reason): reason
    default: nil
    }
  }
}
