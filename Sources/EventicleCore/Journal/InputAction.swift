/// What an input asks the engine to do, as one step.
public enum InputAction: Sendable {
  /// Append events to a stream.
  case emit([NewEvent], to: StreamName)
  /// Dispatch a command.
  case dispatch(CommandIntent)
  /// Dispatch a command that the domain does not declare, by its name; its closure is part of the
  /// input, not of the record.
  case direct(String)
  /// Make the next delivery.
  case deliver
  /// Do something to a delivery that waits, instead of letting it come in its turn.
  indirect case act(DeliveryAct, on: DeliveryAddress)
  /// Fire a timer; the clock moves to its due time if that is later.
  case fire(TimerKey)
  /// Move the clock forward; the caller fires what falls due before, in due order.
  case moveClock(Instant)
  /// Schedule a command, once or repeatedly; one of the same name is replaced.
  indirect case schedule(ScheduledCommand)
  /// Cancel a timer of a saga, an aggregate or a scheduled command.
  case cancelTimer(TimerKey)
  /// Move an armed timer to another instant; it fires at once if that has passed. A recurring timer
  /// continues from there.
  indirect case moveTimer(TimerKey, to: Instant)
  /// End a saga instance for a reason; its timers are cancelled and its compensations are not run.
  indirect case endSaga(SagaKey, keepingData: Bool = true, reason: String)
  /// Replace the data of a saga instance, for a reason.
  indirect case correctSaga(SagaKey, JSON, reason: String)
  /// Import a past event with its own id and time.
  case take(Event, reaction: ImportReaction)
  /// Pause a group; its events wait.
  case pause(GroupName)
  /// Resume a paused or stopped group.
  case resume(GroupName)
  /// Move a group, so that its next event is the first one after a position.
  case move(GroupName, after: Position)
  /// Acknowledge an offered delivery that a worker has handled.
  case acknowledge(DeliveryOffer)
  /// Fail an offered delivery, for a reason in a sentence; the group's error policy decides what
  /// comes next.
  case fail(DeliveryOffer, reason: String)
  /// Retry parked work.
  case redrive(Int)
  /// Set the data with which parked work is retried; `nil` restores the event's own.
  case edit(Int, JSONBytes?)
  /// Discard parked work.
  case dropParked(Int)
  /// Replace a view's live rows with rebuilt ones; with `evenTrimmed` even if some of its events
  /// are no longer handed out.
  case swap(view: String, evenTrimmed: Bool = false)
  /// Stop handing out the oldest events of a stream, keeping the newest; with `evenUnread` even
  /// events that a group has not been offered.
  case trim(StreamName, keeping: Int, evenUnread: Bool = false)
  /// Open the group of a subscription; its handler is not part of the record.
  case subscribe(GroupName)
  /// Close the group of a subscription.
  case unsubscribe(GroupName)
  /// Open the groups of new consumers and close those of consumers that are gone, after the domain
  /// has changed.
  case reconcile
  /// Record that an input which a handler asked for could not be carried out.
  case report(String, cause: JournalIndex)
  /// Do something with a person's changes to what it gives; only in a fork whose history is edited.
  indirect case edited(InputAction, StepEdit)
}

extension InputAction {
  /// The operation as it follows "asked to" in a sentence; saga instances go by their ids, because
  /// nothing is known of them here.
  package var phrase: String { phrase(naming: \.description) { $0.description } }

  /// The operation as it follows "asked to" in a sentence, with saga instances as people name them in
  /// a world.
  package func phrase(in world: World) -> String {
    phrase {
      world.title(of: $0)
    } timer: {
      world.title(of: $0)
    }
  }

  private func phrase(
    naming saga: (SagaKey) -> String, timer: (TimerKey) -> String
  ) -> String {
    switch self {
    case .emit(let events, let stream):
      "emit \(events.count) \(events.count == 1 ? "event" : "events") to \(stream)"
    case .dispatch(let intent): "dispatch \(intent.type)"
    case .direct(let name): "dispatch \(name)"
    case .deliver: "make the next delivery"
    case .act(.deliver, let address): "deliver \(address)"
    case .act(.delay(let until), let address): "delay \(address) until \(until)"
    case .act(.drop, let address): "drop \(address)"
    case .act(.duplicate, let address): "deliver \(address) twice"
    case .act(.crash, let address): "deliver \(address) and lose its acknowledgement"
    case .fire(let key): "fire \(timer(key))"
    case .moveClock(let instant): "move the clock to \(instant)"
    case .schedule(let command): "schedule \(command.intent.type) as \(command.name)"
    case .cancelTimer(let key): "call \(timer(key)) off"
    case .moveTimer(let key, let instant): "move \(timer(key)) to \(instant)"
    case .endSaga(let key, _, _): "end \(saga(key))"
    case .correctSaga(let key, _, _): "correct \(saga(key))"
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
    case .subscribe(let group): "open \(group)"
    case .unsubscribe(let group): "close \(group)"
    case .reconcile: "open and close groups for a changed domain"
    case .report: "report trouble"
    case .edited(let action, let edit):
      action.phrase(naming: saga, timer: timer) + (edit.changesOutcome ? ", as changed by you" : "")
    }
  }

  /// Where an input with this action comes from unless somebody says otherwise.
  @usableFromInline package var usualOrigin: InputOrigin {
    switch self {
    case .deliver: .delivery
    case .fire: .timer
    case .take: .imported
    case .act: .person
    case .edited(let action, _): action.usualOrigin
    default: .program
    }
  }

  /// Whether the record of the input is enough to perform it again.
  package var isRepeatable: Bool {
    switch self {
    case .direct, .subscribe, .unsubscribe, .reconcile: false
    case .edited(let action, _): action.isRepeatable
    default: true
    }
  }

  /// What is done, without a person's changes to what it gives.
  package var plain: InputAction {
    if case .edited(let action, _) = self { action.plain } else { self }
  }

  /// The same with a person's changes to what it gives; with none as it is.
  package func edited(_ edit: StepEdit) -> InputAction {
    edit.isEmpty ? plain : .edited(plain, edit)
  }

  /// A person's changes to what it gives; empty for nearly every action.
  package var edit: StepEdit {
    if case .edited(_, let edit) = self { edit } else { StepEdit() }
  }
}
