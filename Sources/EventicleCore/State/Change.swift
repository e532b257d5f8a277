/// One difference between two worlds, which can be made and unmade.
///
/// Events are not in here: they rest in the log, and a world sees so many of them; see
/// `StepChanges`.
package enum Change: Sendable {
  /// The next event came to the end of the log.
  case appended
  /// An event came to an aggregate's history without being published.
  case kept
  /// A record was written or removed.
  indirect case record(RecordKey, old: Record?, new: Record?)
  /// A view wrote records of a type in a workspace for the first time.
  indirect case viewWrote(String, type: String, in: Workspace)
  /// A saga instance was started, changed or removed.
  case saga(old: SagaInstance?, new: SagaInstance?)
  /// A timer was armed, armed anew, fired or cancelled.
  indirect case timer(TimerKey, old: Timer?, new: Timer?)
  /// A consumer group was taken up, paused, moved, or forgotten.
  indirect case group(GroupName, old: GroupState?, new: GroupState?)
  /// Something was parked, or taken up again.
  indirect case parked(Int, old: Parked?, new: Parked?)
  /// A delivery was queued at the back.
  case enqueued(QueuedDelivery)
  /// The delivery in front was taken out.
  case dequeued(QueuedDelivery)
  /// Deliveries were taken out of the queue, or put in, wherever they were.
  indirect case requeued(old: DeliveryQueue, new: DeliveryQueue)
  /// A consumer was registered after the domain's own.
  indirect case consumer(ConsumerName, GroupName)
  /// A consumer dealt with an event, in one of the ways that are counted.
  case tallied(ConsumerNumber, Tally.Kind)
  /// A group that handles each event once has handled one.
  case processed(ConsumerNumber, Position)
  /// The oldest events of a stream are no longer handed out.
  indirect case trimmed(StreamName, old: StreamPosition, new: StreamPosition)
  /// The clock moved.
  case clock(old: Instant, new: Instant)
  /// So many numbers of a series were given.
  case numbered(NumberSeries, Int)
  /// A counter for ids moved.
  indirect case counter(String, old: Int, new: Int)
}
