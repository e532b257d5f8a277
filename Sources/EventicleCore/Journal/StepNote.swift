/// A journal entry in the making: its kind and the earlier note of its step that caused it.
package struct StepNote: Sendable {
  /// What the entry will say.
  package var kind: JournalEntry.Kind
  /// The number of the note that caused it, from 0; `nil` for what the step's own cause led to.
  package let parent: Int?
}
