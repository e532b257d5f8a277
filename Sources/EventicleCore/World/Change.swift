/// One difference between two worlds, which can be made and unmade.
public enum Change: Sendable {
  /// An event came to the end of the log, and of an aggregate's history if it belongs to one.
  indirect case appended(Event, AggregateKey?)
  /// An event came to an aggregate's history without being published.
  indirect case persisted(Event, AggregateKey)
  /// A record was written or removed.
  indirect case record(RecordKey, old: Record?, new: Record?)
  /// A saga instance was started, changed or removed.
  indirect case saga(SagaKey, old: SagaInstance?, new: SagaInstance?)
  /// A timer was armed, armed anew, fired or cancelled.
  indirect case timer(TimerKey, old: Timer?, new: Timer?)
  /// A consumer group moved.
  indirect case group(GroupName, old: GroupState?, new: GroupState?)
  /// Something was parked, or taken up again.
  indirect case parked(Int, old: Parked?, new: Parked?)
  /// A delivery was queued at the back.
  indirect case enqueued(Delivery)
  /// The delivery in front was taken out.
  indirect case dequeued(Delivery)
  /// The clock moved.
  case clock(old: Instant, new: Instant)
  /// A counter for ids moved.
  indirect case counter(String, old: Int, new: Int)
  /// The random source moved.
  case entropy(old: UInt64, new: UInt64)
}
