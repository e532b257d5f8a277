@testable import EventicleCore

/// Steps that together contain every action, kind of entry and kind of change, by name.
enum StepFixtures {
  private static let instant = Instant(milliseconds: 1_767_258_000_123)
  private static let saga = SagaKey("PaymentSaga", "saga-1")
  private static let timer = TimerKey(saga, "retry")
  private static let consumer = ConsumerName(.saga, "PaymentSaga")
  private static let group: GroupName = "payments"
  private static let stream = StreamName("orders", ofTenant: "acme")
  private static let delivery = Delivery(
    position: Position(7), consumer: consumer, cause: JournalIndex(9), lane: .hot)
  private static let offer = DeliveryOffer(
    group: group, position: Position(7), entry: JournalIndex(9))
  private static let event: Event = {
    var event = Event(
      id: "e-1", type: "Paid", source: "bank", causedByID: "e-0", causedByType: "Asked",
      stream: stream, domainID: "order-1", createdAt: instant, data: JSONBytes(["a": 1]),
      apmTrace: "00-1-2-3")
    event.additionalMembers = JSONBytes(["shard": 3])
    return event
  }()
  private static let command = CommandIntent(
    "Pay", ["a": 1], workspace: "acme", idempotencyKey: "k", lock: "l")

  static var actions: [(name: String, action: InputAction)] {
    var given = NewEvent(event)
    given.createdAt = instant
    return [
      ("deliver", .deliver), ("fire", .fire(timer)),
      ("act", .act(.delay(until: instant), on: DeliveryAddress(Position(3), consumer))),
      ("emit", .emit([NewEvent("Paid", "order-1", data: ["a": 1]), given], to: stream)),
      ("dispatch", .dispatch(command)), ("direct", .direct("Once")),
      ("moveClock", .moveClock(instant)),
      (
        "schedule",
        .schedule(ScheduledCommand("nightly", command, .once(.seconds(5)), missed: .all))
      ),
      ("cancelTimer", .cancelTimer(timer)), ("moveTimer", .moveTimer(timer, to: instant)),
      ("endSaga", .endSaga(saga, keepingData: false, reason: "stuck")),
      ("correctSaga", .correctSaga(saga, ["status": "paid"], reason: "wrong")),
      ("take", .take(event, reaction: .everybody)), ("pause", .pause(group)),
      ("resume", .resume(group)), ("move", .move(group, after: Position(3))),
      ("acknowledge", .acknowledge(offer)), ("fail", .fail(offer, reason: "no")),
      ("redrive", .redrive(4)), ("edit", .edit(4, JSONBytes(["a": 2]))),
      ("dropParked", .dropParked(4)), ("swap", .swap(view: "Board", evenTrimmed: true)),
      ("trim", .trim(stream, keeping: 5, evenUnread: true)), ("subscribe", .subscribe(group)),
      ("unsubscribe", .unsubscribe(group)), ("reconcile", .reconcile),
      ("report", .report("no", cause: JournalIndex(2))),
    ]
  }

  static var kinds: [(name: String, kind: JournalEntry.Kind)] {
    let data = JSONBytes(["a": 1])
    return [
      ("append", .append(Position(7), "Paid")), ("imported", .imported(Position(7), "Paid")),
      ("delivery", .delivery(Position(7), consumer, instance: "saga-1", .started)),
      (
        "retrying",
        .delivery(
          Position(7), consumer, instance: nil,
          .retrying("no", attempt: 2, until: instant))
      ),
      ("acted", .acted(Position(7), consumer, .drop)),
      ("command", .command(type: "Pay", data: data, response: ["id": "x"], .done)),
      ("refused", .command(type: "Pay", data: data, response: nil, .rejected("no"))),
      ("timerArmed", .timerArmed(timer, due: instant, .at(instant), again: true)),
      ("timerCancelled", .timerCancelled(timer)),
      ("timerFired", .timerFired(timer, due: instant, .failed("no"))),
      ("sagaEnded", .sagaEnded(saga, kept: true)),
      ("sagaIntervention", .sagaIntervention(saga, .ended(kept: true), reason: "stuck")),
      ("clock", .clock(from: Instant(milliseconds: 0), to: instant)),
      ("group", .group(group, .moved(after: Position(3)))),
      ("parkedEdited", .parkedEdited(4)), ("parkedDropped", .parkedDropped(4)),
      ("trimmed", .trimmed(stream, through: StreamPosition(2))), ("trouble", .trouble("no")),
    ]
  }

  static var changes: [(name: String, change: Change)] {
    var instance = SagaInstance(
      key: saga, workspace: "acme", version: 2, data: ["status": "paid"], startedAt: instant,
      changedAt: instant, sequence: 3)
    instance.timers = ["retry"]
    instance.undos = [command]
    var state = GroupState(position: Position(3), streams: [stream])
    state.status = .stopped("no")
    state.lanes = [
      Lane(
        key: "order-1",
        work: [.delivery(delivery, instance: "saga-1"), .timer(timer, due: instant)],
        until: instant, attempts: 2, blockedBy: 4, isHot: true)
    ]
    var actedOn = state
    actedOn.redeliveries = [
      Redelivery(Position(5), due: instant, .delayed),
      Redelivery(Position(5), due: instant, .unacknowledged),
    ]
    actedOn.passedOver = [Position(5), Position(6)]
    let key = RecordKey("Board", "order-1", in: "acme")
    let record = Record(
      key: key, content: ["n": 1], createdAt: instant, version: 2, sequence: 5)
    let armed = Timer(
      key: timer, schedule: .once(.seconds(5)), due: instant, armedAt: instant,
      armedBy: JournalIndex(2), sequence: 6)
    let parked = Parked(
      number: 4, work: .delivery(delivery, instance: nil), reason: "no", parkedAt: instant,
      entry: JournalIndex(9), attempts: 3, editedData: JSONBytes(["a": 2]))
    let queued = QueuedDelivery(Position(7), 1)
    return [
      ("record", .record(key, old: nil, new: record)),
      ("recordRemoved", .record(key, old: record, new: nil)),
      ("saga", .saga(old: nil, new: instance)), ("sagaRemoved", .saga(old: instance, new: nil)),
      ("timer", .timer(timer, old: nil, new: armed)),
      ("group", .group(group, old: nil, new: state)),
      ("groupActedOn", .group(group, old: state, new: actedOn)),
      ("parked", .parked(4, old: nil, new: parked)), ("enqueued", .enqueued(queued)),
      ("dequeued", .dequeued(queued)),
      ("requeued", .requeued(old: DeliveryQueue(), new: DeliveryQueue([queued, queued]))),
      ("consumer", .consumer(consumer, group)), ("tallied", .tallied(1, .retried)),
      ("processed", .processed(1, Position(7))),
      ("trimmed", .trimmed(stream, old: StreamPosition(0), new: StreamPosition(2))),
      ("clock", .clock(old: instant, new: instant)), ("numbered", .numbered(.records, 2)),
      ("counter", .counter("order", old: 0, new: 3)),
      ("viewWrote", .viewWrote("Board", type: "Board", in: "acme")),
    ]
  }

  /// A core with something in each of its parts.
  static var core: StoredCore {
    var tally = Tally()
    tally.add(.handled, 300)
    tally.add(.duplicate, 2)
    var state = GroupState(position: Position(3), streams: [stream])
    state.status = .paused
    var sizes = StateSizes()
    sizes.tables = [
      StateSizes.Table(name: TableName(.system, "Board"), records: 200),
      StateSizes.Table(name: TableName("acme", "Board"), records: 1),
    ]
    sizes.sagas = [
      StateSizes.Saga(
        name: "PaymentSaga", instances: 2, tenants: ["acme"], properties: ["order", "team"])
    ]
    sizes.timers = [
      StateSizes.Armed(number: 6, due: instant),
      StateSizes.Armed(number: 4, due: instant + .seconds(5)),
    ]
    sizes.processed = [0, 7]
    let queued = QueuedDelivery(Position(7), 1)
    let parked = Parked(
      number: 4, work: .delivery(delivery, instance: nil), reason: "no", parkedAt: instant,
      entry: JournalIndex(9), attempts: 3, editedData: JSONBytes(["a": 2]))
    return StoredCore(
      entry: JournalIndex(12), events: 7, kept: 1, clock: instant, seed: 1 << 63, draws: 9,
      counters: [("order", 3)], numbers: [6, 3, 5, 4],
      consumers: [StoredCore.Consumer(name: consumer, group: group, tally: tally)],
      groups: [(group, state)], queue: DeliveryQueue([queued]), parked: [parked],
      trims: [(stream, StreamPosition(2))],
      writers: [StoredCore.Writers(table: TableName("acme", "Other"), views: ["Board"])],
      indexes: [RecordIndex("Board", on: "lines[0].sku", unique: true)], sizes: sizes)
  }

  /// One step for each of them.
  static var steps: [(name: String, step: StoredStep)] {
    func step(
      _ action: InputAction = .deliver, _ kind: JournalEntry.Kind = .trouble(""),
      _ changes: [Change] = [], _ events: [StoredEvent] = []
    ) -> StoredStep {
      let entry = JournalEntry(
        kind: kind, cause: JournalIndex(2), instant: instant, stepStart: JournalIndex(9),
        stepCount: 1, origin: .person,
        changes: StepChanges(appended: 0, kept: 0, draws: 2, others: changes))
      return StoredStep(
        RecordedInput(action, by: .person, at: instant),
        parts: [StoredStep.Part(entries: [entry], events: events)])
    }
    let key = AggregateKey("Order", "order-1", in: "acme")
    return actions.map { ("action.\($0.name)", step($0.action)) }
      + kinds.map { ("entry.\($0.name)", step(.deliver, $0.kind)) }
      + changes.map { ("change.\($0.name)", step(.deliver, .trouble(""), [$0.change])) }
      + [
        (
          "event.logged",
          step(.deliver, .trouble(""), [], [.logged(event, key, by: JournalIndex(9))])
        ),
        ("event.kept", step(.deliver, .trouble(""), [], [.kept(event, key)])),
      ]
  }
}
