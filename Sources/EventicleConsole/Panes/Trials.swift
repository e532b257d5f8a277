/// What came of trying the commands about an aggregate at one moment, each in a throw-away fork.
struct CommandTrials: Hashable, Sendable {
  /// A command that was accepted.
  struct Allowed: Hashable, Sendable {
    let command: String
    /// The aggregate's status afterwards; `nil` when it stays as it is.
    let status: String?
  }

  /// A command that was refused, or failed.
  struct Refused: Hashable, Sendable {
    let command: String
    /// The engine's own sentence.
    let reason: String
  }

  var allowed: [Allowed] = []
  var refused: [Refused] = []
  /// The messages that the aggregate's machine takes, and those that it knows and does not take.
  var messages: [Allowed] = []
  var refusedMessages: [Refused] = []
  /// How many commands were not tried because there are too many.
  var untried = 0

  /// What is not taken: commands, then messages.
  var allRefused: [Refused] { refused + refusedMessages }

  /// Whether the domain has no command about the aggregate.
  var isEmpty: Bool { allowed.isEmpty && refused.isEmpty }
}

/// What came of letting a timer fire in a throw-away fork.
struct TimerTrial: Hashable, Sendable {
  /// The commands that its step gave, in order.
  var commands: [String] = []
  /// Whether its step ended the saga instance.
  var ends = false
  /// Whether its step failed.
  var fails = false
}
