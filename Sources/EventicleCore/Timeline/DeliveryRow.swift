/// One delivery, as a table shows it.
package struct DeliveryRow: Sendable, Hashable {
  /// The progress of the delivery.
  package enum State: Sendable, Hashable {
    /// The delivery was made, with this outcome.
    case made(StepOutcome)
    /// The delivery waits in the queue.
    case queued
    /// A person dropped the delivery, so that it is never made.
    case dropped
    /// The delivery was made after the time cursor.
    case ahead
  }

  /// The consumer that was offered the event.
  package let consumer: ConsumerName
  /// The journal entry of the delivery, if it has one.
  package let entry: JournalIndex?
  /// The saga instance that took the step.
  package let instance: String?
  /// The progress of the delivery at the time cursor.
  package let state: State
}
