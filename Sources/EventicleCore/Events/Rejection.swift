/// An error by which a business rule refuses a command.
///
/// A domain whose callers tell refusals apart declares its own types:
///
///     struct BookIsOut: RejectionError {
///       let due: Instant
///       var description: String { "The book is out until \(due); reserve it." }
///     }
///
/// The caller that dispatched the command, a handler or the program, catches the error by its type.
/// ``Rejection`` serves where no type of its own is needed. A command repeated under its
/// idempotency key is refused with a ``Rejection`` of the same sentence.
public protocol RejectionError: Error, Sendable, CustomStringConvertible {}

/// A refusal by a business rule; the sentence is for the caller.
public struct Rejection: RejectionError, Hashable {
  /// Why the command is refused, and what would be accepted.
  public let reason: String

  /// Creates a refusal from its sentence.
  public init(_ reason: String) { self.reason = reason }

  /// Why, in the domain's own words.
  public var description: String { reason }
}

/// An error that a command reports to its caller although its events are committed.
public struct ReportedError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence for the caller.
  public let reason: String

  /// Creates an error from its sentence.
  public init(_ reason: String) { self.reason = reason }

  /// What the caller is to know, in the domain's own words.
  public var description: String { reason }
}
