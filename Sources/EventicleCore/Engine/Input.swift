/// Something that the engine is asked to do.
public enum Input: Sendable {
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
  /// Carry out a command at a moment, or again and again; one of the same name is replaced.
  case schedule(ScheduledCommand)
  /// Call a timer off, whether a saga, an aggregate or a scheduled command has it.
  case cancelTimer(TimerKey)
  /// Let an armed timer fall due at another moment, at once if that has passed; one that recurs
  /// goes on from there.
  case moveTimer(TimerKey, to: Instant)
  /// End a saga instance, for a reason; what it has armed is called off, and what it would undo is
  /// not undone.
  case endSaga(SagaKey, keepingData: Bool = true, reason: String)
  /// Put other data in the place of what a saga instance holds, for a reason.
  case correctSaga(SagaKey, JSON, reason: String)
  /// Take in an event of the past as it is.
  case take(Event, reaction: ImportReaction)
  /// Let a group wait.
  case pause(GroupName)
  /// Let a paused or stopped group go on.
  case resume(GroupName)
  /// Move a group, to be offered what comes after a position.
  case move(GroupName, after: Position)
  /// A worker has handled what it was offered.
  case acknowledge(DeliveryOffer)
  /// A worker could not handle what it was offered, for a reason in a sentence; the policy of its
  /// group decides what comes next.
  case fail(DeliveryOffer, reason: String)
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

extension Input {
  /// What is asked for, as it follows "asked to".
  package var phrase: String {
    switch self {
    case .emit(let events, let stream):
      "emit \(events.count) \(events.count == 1 ? "event" : "events") to \(stream)"
    case .dispatch(let intent): "dispatch \(intent.type)"
    case .direct(let command): "dispatch \(command.name)"
    case .deliver: "make the next delivery"
    case .fire(let key): "fire \(key)"
    case .moveClock(let instant): "move the clock to \(instant)"
    case .schedule(let command): "schedule \(command.intent.type) as \(command.name)"
    case .cancelTimer(let key): "call \(key) off"
    case .moveTimer(let key, let instant): "move \(key) to \(instant)"
    case .endSaga(let key, _, _): "end \(key)"
    case .correctSaga(let key, _, _): "correct \(key)"
    case .take(let event, _): "import \(event.id)"
    case .pause(let group): "pause \(group)"
    case .resume(let group): "let \(group) go on"
    case .move(let group, let position): "move \(group) after \(position)"
    case .acknowledge(let offer): "acknowledge \(offer)"
    case .fail(let offer, _): "fail \(offer)"
    case .redrive(let number): "do parked \(number) again"
    case .edit(let number, _): "edit parked \(number)"
    case .dropParked(let number): "give parked \(number) up"
    case .swap(let view, _): "swap \(view)"
    case .trim(let stream, let length, _): "keep \(length) events of \(stream)"
    }
  }
}
