/// How a command's transaction relates to one that is open already, and how long it may take.
///
/// There is no isolation to choose: steps happen one after the other, so that every transaction
/// sees a world in which nobody else writes.
public struct TransactionOptions: Sendable, Hashable {
  /// What happens when a handler's transaction is open.
  public enum Propagation: String, Sendable, Hashable {
    /// The command is part of it.
    case join
    /// The command is a step of its own, which stays even if the other fails.
    case requiresNew
  }

  /// What happens when a handler's transaction is open.
  public var propagation: Propagation
  /// How long, on the world's clock, a command waits for a lock that a lease holds.
  ///
  /// It is tried again when the lease ends or is given back, in the order of asking, and fails once
  /// the wait is over. A command that a handler dispatches never waits; the handler does, or is
  /// told. 0 lets it fail at once.
  public var lockWait: Interval
  /// How long a command may take on the world's clock, as handlers say with
  /// ``Transaction/spend(_:)``; any time when absent.
  public var timeLimit: Interval?

  /// The command is part of the transaction that dispatches it.
  public static let standard = TransactionOptions()

  /// One of these parts.
  ///
  /// - Parameters:
  ///   - propagation: What happens when a handler's transaction is open.
  ///   - lockWait: How long the command waits for a lock; 0 lets it fail at once.
  ///   - timeLimit: How long it may take; any time when absent.
  public init(
    propagation: Propagation = .join, lockWait: Interval = .milliseconds(0),
    timeLimit: Interval? = nil
  ) {
    self.propagation = propagation
    self.lockWait = lockWait
    self.timeLimit = timeLimit
  }
}

/// What a writer believes of the version of an aggregate, or of the length of a stream.
public enum ExpectedVersion: Sendable, Hashable {
  /// Anything will do.
  case any
  /// There is nothing yet.
  case none
  /// There is something.
  case exists
  /// It has exactly so many events.
  case exactly(Version)

  /// Whether a number of events is what was expected.
  public func fits(_ actual: Version) -> Bool {
    switch self {
    case .any: true
    case .none: actual.number == 0
    case .exists: actual.number > 0
    case .exactly(let version): actual == version
    }
  }
}
