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
  /// Put the rows that a view's events make in the place of those that it has.
  case swap(view: String)
  /// Stop handing out the oldest events of a stream, so that so many stay.
  case trim(StreamName, keeping: Int)
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

/// Why the engine cannot do what it is asked.
public enum EngineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No command of this type is declared.
  case unknownCommand(String, known: [String])
  /// No such timer is armed.
  case unknownTimer(TimerKey)
  /// Nothing waits to be delivered.
  case nothingToDeliver
  /// The clock was asked to go back.
  case clockBackwards(now: Instant, asked: Instant)
  /// The group has a consumer already.
  case groupTaken(GroupName)
  /// So many deliveries followed from one thing, and more wait.
  case endless(deliveries: Int)
  /// Nobody consumes for the group.
  case unknownGroup(GroupName)
  /// No view of this name is declared.
  case unknownView(String, known: [String])
  /// Nothing is parked under the number.
  case unknownParked(Int)
  /// What is parked under the number has no data.
  case nothingToEdit(Int)
  /// What is parked under the number is for somebody who is at work.
  case atWork(Int, String, until: Instant)
  /// Whoever parked what is under the number consumes no more.
  case nobodyToRedrive(Int)

  /// The same in words.
  public var description: String {
    switch self {
    case .unknownCommand(let type, let known):
      known.isEmpty
        ? "Command not found \(type); this domain declares none."
        : "Command not found \(type); there are \(known.joined(separator: ", "))."
    case .unknownTimer(let key): "There is no timer \(key) armed; the verb timers lists them."
    case .nothingToDeliver: "No delivery waits."
    case .clockBackwards(let now, let asked):
      "The clock is at \(now) and goes forward only, but \(asked) was asked; "
        + "go back in time with the verb back."
    case .groupTaken(let group):
      "Consumer Group has subscribed multiple times: \(group) has a consumer already; "
        + "use another name or close it."
    case .unknownGroup(let group):
      "Nobody consumes for the group \(group), so nothing can be done with it."
    case .unknownView(let view, let known):
      known.isEmpty
        ? "There is no view \(view); this domain declares none."
        : "There is no view \(view); there are \(known.joined(separator: ", "))."
    case .endless(let deliveries):
      "\(deliveries) deliveries followed from this and more wait: it looks like a loop. "
        + "Pause the group whose handler emits again what it listens to."
    case .unknownParked(let number): "Nothing is parked under the number \(number)."
    case .atWork(let number, let key, let until):
      "What is parked under \(number) is for \(key), which is at work until \(until); "
        + "do it again then."
    case .nobodyToRedrive(let number):
      "Whoever parked \(number) consumes no more, so it cannot be done again; let its consumer "
        + "come back, or drop it."
    case .nothingToEdit(let number):
      "What is parked under \(number) is a timer, and a timer has no data to edit."
    }
  }
}
