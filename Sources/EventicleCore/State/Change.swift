/// One difference between two worlds, which can be applied and reverted.
///
/// Events are not part of a change: they stay in the log, of which a world sees a number; see
/// `StepChanges`.
package enum Change: Sendable {
  /// The next event was appended to the log.
  case appended
  /// An event was added to an aggregate's history without being published.
  case kept
  /// A record was written or removed.
  indirect case record(RecordKey, old: Record?, new: Record?)
  /// A view wrote records of a type in a workspace for the first time.
  indirect case viewWrote(String, type: String, in: Workspace)
  /// A saga instance was started, changed or removed.
  case saga(old: SagaInstance?, new: SagaInstance?)
  /// A timer was armed, rearmed, fired or cancelled.
  indirect case timer(TimerKey, old: Timer?, new: Timer?)
  /// A consumer group was opened, paused, moved or removed.
  indirect case group(GroupName, old: GroupState?, new: GroupState?)
  /// Work was parked, or removed from the parked work.
  indirect case parked(Int, old: Parked?, new: Parked?)
  /// A delivery was added at the back of the queue.
  case enqueued(QueuedDelivery)
  /// The delivery at the front of the queue was removed.
  case dequeued(QueuedDelivery)
  /// Deliveries anywhere in the queue were removed or added.
  indirect case requeued(old: DeliveryQueue, new: DeliveryQueue)
  /// A consumer was registered in addition to the domain's own.
  indirect case consumer(ConsumerName, GroupName)
  /// A consumer finished with an event, counted by outcome.
  case tallied(ConsumerNumber, Tally.Kind)
  /// A consumer that handles each event only once handled one.
  case processed(ConsumerNumber, Position)
  /// The oldest events of a stream are no longer delivered.
  indirect case trimmed(StreamName, old: StreamPosition, new: StreamPosition)
  /// The world's clock moved.
  case clock(old: Instant, new: Instant)
  /// Numbers of a series were given out; the count says how many.
  case numbered(NumberSeries, Int)
  /// A counter for ids changed.
  indirect case counter(String, old: Int, new: Int)
}
