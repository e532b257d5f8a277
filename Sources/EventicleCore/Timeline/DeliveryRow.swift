/// One event offered to one consumer, as a table shows it.
package struct DeliveryRow: Sendable, Hashable {
  /// How far the delivery is.
  package enum State: Sendable, Hashable {
    /// It was made, and this came of it.
    case made(StepOutcome)
    /// It waits in the queue.
    case queued
    /// It was made after the time cursor.
    case ahead
  }

  /// Who was offered the event.
  package let consumer: ConsumerName
  /// Its journal entry, unless it was never worth one.
  package let entry: JournalIndex?
  /// The saga instance that took the step.
  package let instance: String?
  /// The state.
  package let state: State
}
