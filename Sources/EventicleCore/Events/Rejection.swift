/// An error by which a business rule says no.
///
/// A domain that wants its refusals told apart declares types of its own:
///
///     struct BookIsOut: RejectionError {
///       let due: Instant
///       var description: String { "The book is out until \(due); reserve it." }
///     }
///
/// Who dispatched the command, a handler or the program, catches the error by its type. Where no
/// type of its own is needed ``Rejection`` does. A command that is asked for again under an
/// idempotency key answers with a ``Rejection`` of the same sentence.
public protocol RejectionError: Error, Sendable, CustomStringConvertible {}

/// A business rule said no; the sentence is for the person who asked.
public struct Rejection: RejectionError, Hashable {
  /// Why, and what would be accepted.
  public let reason: String

  /// One of these parts.
  public init(_ reason: String) { self.reason = reason }

  /// The same in words.
  public var description: String { reason }
}

/// What a command reports to its caller after its events were kept.
public struct ReportedError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence for the caller.
  public let reason: String

  /// One of these parts.
  public init(_ reason: String) { self.reason = reason }

  /// The same in words.
  public var description: String { reason }
}
