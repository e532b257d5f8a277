/// A step that a transaction ran on its own account and that stays even if the transaction fails.
package struct IndependentStep {
  let notes: [StepNote]
  let changes: StepChanges
  let instant: Instant
  /// The entry of the event whose handling led to the step.
  let cause: JournalIndex?
}
