/// How a command's transaction relates to one that is already open, and how long it may take.
///
/// There is no isolation level to choose: steps happen one after the other, so every transaction
/// sees a world in which nobody else writes.
public struct TransactionOptions: Sendable, Hashable {
  /// What a command does when a handler's transaction is open.
  public enum Propagation: String, Sendable, Hashable {
    /// The command becomes part of it.
    case join
    /// The command is a step of its own, which stays even if the open transaction fails.
    case requiresNew
  }

  /// What the command does when a handler's transaction is open.
  public var propagation: Propagation
  /// How long, on the world's clock, a command waits for a lock that a lease holds.
  ///
  /// It is tried again when the lease ends or is released, in the order of the requests, and fails
  /// once the wait is over. A command that a handler dispatches never waits itself: its handler
  /// waits or gets the error. 0 makes it fail at once.
  public var lockWait: Interval
  /// The most time a command may take on the world's clock, as handlers report with
  /// ``Transaction/spend(_:)``; unlimited when absent.
  public var timeLimit: Interval?

  /// The command joins the transaction that dispatches it, does not wait for locks and has no
  /// limit.
  public static let standard = TransactionOptions()

  /// Creates options; those not given are as in ``standard``.
  ///
  /// - Parameters:
  ///   - propagation: What the command does when a handler's transaction is open.
  ///   - lockWait: How long the command waits for a lock; 0 makes it fail at once.
  ///   - timeLimit: The most time the command may take; unlimited when absent.
  public init(
    propagation: Propagation = .join, lockWait: Interval = .milliseconds(0),
    timeLimit: Interval? = nil
  ) {
    self.propagation = propagation
    self.lockWait = lockWait
    self.timeLimit = timeLimit
  }
}

/// What a writer expects of the version of an aggregate, or of the length of a stream.
public enum ExpectedVersion: Sendable, Hashable {
  /// Any number of events.
  case any
  /// No events.
  case none
  /// At least one event.
  case exists
  /// Exactly this number of events.
  case exactly(Version)

  /// Whether an actual number of events meets the expectation.
  public func fits(_ actual: Version) -> Bool {
    switch self {
    case .any: true
    case .none: actual.number == 0
    case .exists: actual.number > 0
    case .exactly(let version): actual == version
    }
  }
}
