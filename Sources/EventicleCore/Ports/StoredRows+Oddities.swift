extension StoredRows {
  /// Something in a row that is not as expected, and what was made of it.
  package enum Oddity: Sendable, Hashable, CustomStringConvertible {
    /// The content does not repeat the row's id.
    case noRowID
    /// The content repeats another id than the row's.
    case otherRowID(String)
    /// The history belongs to no aggregate.
    case noDomainID
    /// Some other value stands where the history would be.
    case noHistory(found: String)
    /// The events are about something else than the row.
    case otherDomainID(row: String, event: String)
    /// An element of the history is no event.
    case noEvent(Int, found: String)
    /// An event has no id; the second text takes its place.
    case noEventID(Int, made: String)
    /// An event has no type.
    case noEventType(Int)
    /// An event has no moment that can be read; that of its neighbour takes its place.
    case noMoment(Int)
    /// An event's moment has parts of a millisecond, which were cut off.
    case fineMoment(Int)
    /// An event of a history names its stream, which histories leave out.
    case namedStream(Int, String)
    /// An event of a stream names another stream than the one it was read from.
    case otherStream(row: String, event: String)
    /// The event is kept in the form of a transport, not as an object.
    case rawEvent
    /// The bytes of a raw event are no event, for a reason in words.
    case opaque(String)
    /// The instance has no id of its own; that of the row takes its place.
    case noInstanceID
    /// The events of an instance cannot be read.
    case noSagaEvents(found: String)
    /// An instance that has ended still names timers.
    case staleTimers([String])
    /// The schedule of a timer cannot be read, for a reason in words.
    case schedule(String)
    /// A timer does not say when it is due.
    case noDue
    /// The row's type and the timer's own data disagree on whether it recurs.
    case otherTimerKind

    /// What was found and what was done about it, as a sentence.
    package var description: String {
      switch self {
      case .noRowID:
        "The content does not repeat the row's id; a cron timer that is set again loses it."
      case .otherRowID(let id): "The content says that the row's id is \(id)."
      case .noDomainID:
        "The history has no domainId, so no aggregate can load it; the aggregate's id was never set."
      case .noHistory(let found):
        "The member history must be an array, but it is \(found): a member of the checkpoint with "
          + "that name overwrites the history, whose events are lost."
      case .otherDomainID(let row, let event):
        "The row is about \(row) and its events about \(event): a member of the checkpoint named "
          + "domainId overwrites the real one."
      case .noEvent(let index, let found):
        "Event \(index + 1) must be an object, but it is \(found); it is left out."
      case .noEventID(let index, let made): "Event \(index + 1) has no id; here it is \(made)."
      case .noEventType(let index): "Event \(index + 1) has no type; here it is ?."
      case .noMoment(let index):
        "Event \(index + 1) has no createdAt that can be read; here it has its neighbour's."
      case .fineMoment(let index):
        "The createdAt of event \(index + 1) has parts of a millisecond, which are cut off here."
      case .namedStream(let index, let stream):
        "Event \(index + 1) of the history names the stream \(stream), which histories leave out."
      case .otherStream(let row, let event):
        "The event names the stream \(event), but it was kept under \(row), which counts."
      case .rawEvent: "The event was passed on in the form of a transport; its body was read."
      case .opaque(let reason): "The event cannot be read: \(reason)"
      case .noInstanceID: "The instance has no instanceId; here it has the row's id."
      case .noSagaEvents(let found): "The member events must be an array, but it is \(found)."
      case .staleTimers(let names):
        "The instance has ended, so the timers that it names will never fire: "
          + "\(names.joined(separator: ", "))."
      case .schedule(let reason): "The timer's schedule cannot be read: \(reason)"
      case .noDue: "The timer has no nextExecutionTime in milliseconds."
      case .otherTimerKind: "The row's type and the timer's isCron disagree; isCron counts."
      }
    }
  }
}
