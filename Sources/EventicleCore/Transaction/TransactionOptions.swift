/// How a command's transaction relates to one that is open already.
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

  /// The command is part of the transaction that dispatches it.
  public static let standard = TransactionOptions()

  /// One of these parts.
  public init(propagation: Propagation = .join) { self.propagation = propagation }
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
