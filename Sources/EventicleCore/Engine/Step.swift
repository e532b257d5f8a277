/// What one input led to.
public struct Step: Sendable {
  /// What the journal keeps, oldest first; empty when nothing was done.
  public var entries: [JournalEntry] = []
  /// What a command told its caller.
  public var response: JSON?
  /// The events that a command appended.
  public var events: [Event] = []
  /// When a command that waits for a lock is tried again; `nil` for one that did not wait.
  public var waitsUntil: Instant?
  /// What a command reported to its caller after its events were kept.
  public var reportedError: ReportedError?
  /// Why it could not be done, or what went wrong; `nil` when all went well.
  public var problem: String?
  /// The error behind the problem; `nil` when it is known in words alone.
  public var error: (any Error)?
}

extension Step {
  /// A step that was not taken, because of an error.
  init(failing error: any Error, entries: [JournalEntry] = []) {
    self.init(entries: entries, problem: sentence(of: error), error: error)
  }
}
