/// The outcome of one input.
public struct Step: Sendable {
  /// The journal entries, oldest first; empty when nothing was done.
  public var entries: [JournalEntry] = []
  /// The response of a command to its caller.
  public var response: JSON?
  /// The events that a command appended.
  public var events: [Event] = []
  /// When a command that waits for a lock is retried; `nil` for one that does not wait.
  public var waitsUntil: Instant?
  /// The error that a command reported to its caller after its events were kept.
  public var reportedError: ReportedError?
  /// The failure in a sentence; `nil` on success.
  public var problem: String?
  /// The error behind the problem; `nil` when there is only the sentence.
  public var error: (any Error)?
}

extension Step {
  /// A step that failed with an error.
  package init(failing error: any Error, entries: [JournalEntry] = []) {
    self.init(entries: entries, problem: sentence(of: error), error: error)
  }
}
