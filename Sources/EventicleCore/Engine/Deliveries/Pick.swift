/// The next piece of work of a consumer, and where it comes from.
struct Pick {
  enum Source {
    /// The front of the common queue.
    case queue(QueuedDelivery)
    /// Anywhere in the common queue, because a person chose it.
    case chosen(QueuedDelivery)
    /// What is made later than its turn or once more.
    case redelivery(Redelivery)
    /// The next event of a group that is not in step.
    case frontier
    /// The first work of a lane that is due.
    case lane(Int)
    /// A timer that falls due.
    case clock
  }

  let consumer: ConsumerNumber
  var work: Work
  let source: Source
  /// Where the input that made the pick comes from.
  var origin = InputOrigin.delivery
  /// What a person does to the delivery; `nil` when it comes in its turn.
  var act: DeliveryAct?
  private let kept: KeptGroup?
  /// Events that were passed over because earlier work of the same key waits.
  var absorbed: [(key: String, work: Work)] = []
  /// The rest of its lane with the keys that it now belongs to; `nil` when it stays there.
  var scattered: [KeyedWork]?

  /// A group's state behind a reference, because most work comes from the queue and has none.
  private final class KeptGroup: Sendable {
    let state: GroupState

    init(_ state: GroupState) { self.state = state }
  }

  init(
    consumer: ConsumerNumber, work: Work, source: Source, state: GroupState? = nil,
    absorbed: [(key: String, work: Work)] = []
  ) {
    self.consumer = consumer
    self.work = work
    self.source = source
    self.absorbed = absorbed
    kept = state.map { KeptGroup($0) }
  }

  /// The state of the group as it was stored; `nil` for a group in step.
  var state: GroupState? { kept?.state }

  /// Whether it waits for one particular saga instance.
  var isForOneInstance: Bool {
    if case .delivery(_, .some) = work { true } else { false }
  }

  /// The place of the work in the order of delivery.
  var order: QueuedDelivery {
    switch work {
    case .delivery(let delivery, _): QueuedDelivery(delivery.position, consumer)
    case .timer: QueuedDelivery(Position(0), consumer)
    }
  }
}
