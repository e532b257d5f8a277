import EventicleCore
import EventicleWorkbench

/// What may come at the caret of a prompt.
struct BarCompletion: Hashable, Sendable {
  /// What a candidate takes the place of, in characters of the line.
  let replaced: Range<Int>
  /// The ways to go on, best first.
  let candidates: [CompletionCandidate]
  /// What is still to be written.
  let signature: String
  /// What is likely to come next; empty when nothing is.
  let ghost: String
}
