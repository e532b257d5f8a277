extension Input {
  /// Appends events to a stream, all or none, and queues a delivery for each that listens.
  @inlinable
  public static func emit(_ events: [NewEvent], to stream: StreamName) -> Input {
    Input(.emit(events, to: stream), by: .program)
  }

  /// Gives a command to the domain; what it emits is delivered by later steps.
  @inlinable
  public static func dispatch(_ intent: CommandIntent) -> Input {
    Input(.dispatch(intent), by: .program)
  }

  /// Makes the next delivery.
  @inlinable public static var deliver: Input { Input(.deliver, by: .delivery) }

  /// Does something to a delivery that waits, instead of letting it come in its turn.
  public static func act(_ act: DeliveryAct, on delivery: DeliveryAddress) -> Input {
    Input(.act(act, on: delivery))
  }

  /// Fires a timer; the clock moves to its due time if that is later.
  @inlinable
  public static func fire(_ timer: TimerKey) -> Input {
    Input(.fire(timer), by: .timer)
  }

  /// Moves the clock forward; the caller fires what falls due before, in due order.
  public static func moveClock(_ instant: Instant) -> Input {
    Input(.moveClock(instant))
  }

  /// Schedules a command, once or repeatedly; one of the same name is replaced.
  public static func schedule(_ command: ScheduledCommand) -> Input {
    Input(.schedule(command))
  }

  /// Cancels a timer of a saga, an aggregate or a scheduled command.
  public static func cancelTimer(_ timer: TimerKey) -> Input {
    Input(.cancelTimer(timer))
  }

  /// Moves an armed timer to another instant; it fires at once if that has passed.
  ///
  /// A recurring timer continues from there.
  public static func moveTimer(_ timer: TimerKey, to instant: Instant) -> Input {
    Input(.moveTimer(timer, to: instant))
  }

  /// Ends a saga instance for a reason; its timers are cancelled and its compensations are not run.
  public static func endSaga(_ saga: SagaKey, keepingData: Bool = true, reason: String) -> Input {
    Input(.endSaga(saga, keepingData: keepingData, reason: reason))
  }

  /// Replaces the data of a saga instance, for a reason.
  public static func correctSaga(_ saga: SagaKey, _ data: JSON, reason: String) -> Input {
    Input(.correctSaga(saga, data, reason: reason))
  }

  /// Imports a past event with its own id and time.
  public static func take(_ event: Event, reaction: ImportReaction) -> Input {
    Input(.take(event, reaction: reaction))
  }

  /// Pauses a group; its events wait.
  public static func pause(_ group: GroupName) -> Input {
    Input(.pause(group))
  }

  /// Resumes a paused or stopped group.
  public static func resume(_ group: GroupName) -> Input {
    Input(.resume(group))
  }

  /// Moves a group, so that its next event is the first one after a position.
  public static func move(_ group: GroupName, after position: Position) -> Input {
    Input(.move(group, after: position))
  }

  /// Acknowledges an offered delivery that a worker has handled.
  public static func acknowledge(_ offer: DeliveryOffer) -> Input {
    Input(.acknowledge(offer))
  }

  /// Fails an offered delivery, for a reason in a sentence; the group's error policy decides what
  /// comes next.
  public static func fail(_ offer: DeliveryOffer, reason: String) -> Input {
    Input(.fail(offer, reason: reason))
  }

  /// Retries parked work.
  public static func redrive(_ number: Int) -> Input {
    Input(.redrive(number))
  }

  /// Sets the data with which parked work is retried; `nil` restores the event's own.
  public static func edit(_ number: Int, _ data: JSONBytes?) -> Input {
    Input(.edit(number, data))
  }

  /// Discards parked work.
  public static func dropParked(_ number: Int) -> Input {
    Input(.dropParked(number))
  }

  /// Replaces a view's live rows with rebuilt ones; with `evenTrimmed` even if some of its events
  /// are no longer handed out.
  public static func swap(view: String, evenTrimmed: Bool = false) -> Input {
    Input(.swap(view: view, evenTrimmed: evenTrimmed))
  }

  /// Stops handing out the oldest events of a stream, keeping the newest; with `evenUnread` even
  /// events that a group has not been offered.
  public static func trim(_ stream: StreamName, keeping count: Int, evenUnread: Bool = false)
    -> Input
  {
    Input(.trim(stream, keeping: count, evenUnread: evenUnread))
  }
}
