import EventicleCore
import EventicleWorkbench

/// The completion of a prompt's line at the caret.
struct BarCompletion: Hashable, Sendable {
  /// The characters of the line that a candidate replaces.
  let replaced: Range<Int>
  /// The candidates, best first.
  let candidates: [CompletionCandidate]
  /// The signature of what remains to be typed.
  let signature: String
  /// The most likely continuation; empty when there is none.
  let ghost: String
  /// The folder whose names belong there, when a file is to be named.
  let folder: String?
}
