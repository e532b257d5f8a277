/// Something that the engine is asked to do.
public enum EngineInput: Sendable {
  /// Append events to a stream.
  case emit([NewEvent], to: StreamName)
  /// Carry out a command.
  case dispatch(CommandIntent)
  /// Make the delivery that comes next.
  case deliver
  /// Fire a timer; the clock moves to the moment it is due if that is later.
  case fire(TimerKey)
  /// Move the clock forward; what falls due is fired by the caller, in due order.
  case moveClock(Instant)
  /// Take in an event of the past as it is.
  case take(Event, reaction: ImportReaction)
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
  /// Why it could not be done, or what went wrong; `nil` when all went well.
  public var problem: String?
}

/// Why the engine cannot do what it is asked.
public enum EngineError: Error, Sendable, Equatable, CustomStringConvertible {
  case unknownCommand(String, known: [String])
  case unknownTimer(TimerKey)
  case nothingToDeliver
  case clockBackwards(now: Instant, asked: Instant)
  case groupTaken(GroupName)
  case unknownGroup(GroupName)

  /// The same in words.
  public var description: String {
    switch self {
    case .unknownCommand(let type, let known):
      known.isEmpty
        ? "There is no command \(type); this domain declares none."
        : "There is no command \(type); there are \(known.joined(separator: ", "))."
    case .unknownTimer(let key): "There is no timer \(key) armed; the verb timers lists them."
    case .nothingToDeliver: "No delivery waits."
    case .clockBackwards(let now, let asked):
      "The clock is at \(now) and goes forward only, but \(asked) was asked; "
        + "go back in time with the verb back."
    case .groupTaken(let group):
      "The consumer group \(group) has a subscription already; use another name or close it."
    case .unknownGroup(let group): "There is no subscription of the group \(group)."
    }
  }
}
