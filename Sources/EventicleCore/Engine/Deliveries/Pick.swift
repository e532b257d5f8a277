/// The piece of work that a consumer does next, and where it comes from.
struct Pick {
  enum Source {
    /// The front of the common queue.
    case queue(QueuedDelivery)
    /// The next event of a group that does not keep step.
    case frontier
    /// The first work of a lane whose moment has come.
    case lane(Int)
    /// A timer that falls due.
    case clock
  }

  let consumer: ConsumerNumber
  var work: Work
  let source: Source
  private let kept: KeptGroup?
  /// Events that were passed over because work of the same key waits in front of them.
  var absorbed: [(key: String, work: Work)] = []
  /// The other work of its lane with the keys that it is for now; absent when it stays there.
  var scattered: [KeyedWork]?

  /// A group's state behind a reference: most work comes from the queue and has none.
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

  /// The group as it is kept, unless it keeps step.
  var state: GroupState? { kept?.state }

  /// Whether it waited for one saga instance.
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
