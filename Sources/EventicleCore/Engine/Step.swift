/// The outcome of one input.
public struct Step: Sendable {
  /// The entries as the engine leaves them.
  var made = StepEntries.none
  /// The journal entries, oldest first; empty when nothing was done.
  ///
  /// - Complexity: O(entries); they are made on each call.
  public var entries: [JournalEntry] {
    get { made.entries }
    set { made = .list(newValue) }
  }
  /// Whether nothing was done; O(1), because no entry is made for the answer.
  package var isEmpty: Bool { made.count == 0 }
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
  /// A step with entries in the making.
  @inline(__always)
  init(_ made: StepEntries, response: JSON? = nil, problem: String? = nil) {
    self.made = made
    self.response = response
    self.problem = problem
  }

  /// A step with entries that exist already.
  init(entries: [JournalEntry]) { made = .list(entries) }

  /// A step that failed with an error.
  package init(failing error: any Error, entries: [JournalEntry] = []) {
    made = .list(entries)
    problem = sentence(of: error)
    self.error = error
  }
}
