/// A step that a transaction took for itself, and that stays whatever becomes of the other.
package struct IndependentStep {
  let notes: [Transaction.Note]
  let changes: StepChanges
  let instant: Instant
  /// The entry of the event whose handling led to it.
  let cause: JournalIndex?
}
