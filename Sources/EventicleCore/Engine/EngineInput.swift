/// Something that the engine is asked to do.
public enum EngineInput: Sendable {
  /// Append events to a stream.
  case emit([NewEvent], to: StreamName)
  /// Carry out a command.
  case dispatch(CommandIntent)
  /// Carry out a command that no domain declares.
  case direct(DirectCommand)
  /// Make the delivery that comes next.
  case deliver
  /// Fire a timer; the clock moves to the moment it is due if that is later.
  case fire(TimerKey)
  /// Move the clock forward; what falls due is fired by the caller, in due order.
  case moveClock(Instant)
  /// Take in an event of the past as it is.
  case take(Event, reaction: ImportReaction)
  /// Let a group wait.
  case pause(GroupName)
  /// Let a paused or stopped group go on.
  case resume(GroupName)
  /// Move a group, to be offered what comes after a position.
  case move(GroupName, after: Position)
  /// Do parked work again.
  case redrive(Int)
  /// Put down other data for parked work to be done with; `nil` takes it back.
  case edit(Int, JSONBytes?)
  /// Give parked work up.
  case dropParked(Int)
  /// Put the rows that a view's events make in the place of those that it has; even if some of
  /// these events are not handed out any more, when that is said.
  case swap(view: String, evenTrimmed: Bool = false)
  /// Stop handing out the oldest events of a stream, so that so many stay; even those that a group
  /// has not been offered, when that is said.
  case trim(StreamName, keeping: Int, evenUnread: Bool = false)
}

/// Who reacts to imported events besides the views.
public enum ImportReaction: Sendable {
  /// Nobody: they are history.
  case viewsOnly
  /// Sagas and adapters too, as if the events happened now.
  case everybody
}

/// What one input led to.
public struct EngineStep: Sendable {
  /// What the journal keeps, oldest first; empty when nothing was done.
  public var entries: [JournalEntry] = []
  /// What a command told its caller.
  public var response: JSON?
  /// The events that a command appended.
  public var events: [Event] = []
  /// What a command reported to its caller after its events were kept.
  public var reportedError: ReportedError?
  /// Why it could not be done, or what went wrong; `nil` when all went well.
  public var problem: String?
}
