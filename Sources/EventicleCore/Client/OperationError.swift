/// Whether an engine takes what it is asked to do.
public enum ConnectionState: String, Sendable, Hashable {
  /// It takes what it is asked to do.
  case connected
  /// It does what waits and takes nothing new.
  case draining
  /// It takes nothing, and nothing waits to be done.
  case closed
}

/// Why an operation of ``Eventicle`` did not do what was asked: a sentence for people, and a cause
/// to decide by.
///
///     do { try app.dispatch("Pay", ["order": "order-1"]) }
///     catch let late as TooLate { … }
///     catch let error as OperationError where error.cause == .conflict { … }
///
/// What a business rule refuses is thrown as the ``RejectionError`` that the command threw.
public struct OperationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of thing went wrong.
  public enum Cause: Sendable, Hashable {
    /// A business rule said no.
    case rejection
    /// Somebody else was faster, or holds what is needed: load again and decide again.
    case conflict
    /// There is nothing of a name: what was looked for, and what there is, 12 names at the most
    /// where there may be many.
    case unknown(String, known: [String])
    /// What was asked cannot be meant as it is written; to ask again changes nothing.
    case badArgument
    /// Something broke, or the operation was not possible at that moment.
    case failure
  }

  /// The same in words.
  public let description: String
  /// What kind of thing went wrong.
  public let cause: Cause
  /// The error itself, with its values; `nil` when the sentence is all there is.
  public let underlying: (any Error)?

  package init(_ description: String, _ cause: Cause = .failure) {
    self.description = description
    self.cause = cause
    underlying = nil
  }

  /// An error with a sentence that may say more about where it happened.
  package init(_ error: any Error, saying sentence: String? = nil) {
    description = sentence ?? EventicleCore.sentence(of: error)
    cause = Cause(error)
    underlying = (error as? OperationError)?.underlying ?? error
  }

  /// Whether both say the same.
  public static func == (left: OperationError, right: OperationError) -> Bool {
    isSameText(left.description, right.description)
  }

  package static let notConnected = OperationError(
    "Event Client is not Connected: it was shut down; open another.")
}

extension Step {
  /// What the caller who asked for the step is thrown: what a command reported, a refusal as it was
  /// thrown, or else an ``OperationError``; `nil` when all went well.
  package var thrown: (any Error)? {
    if let reportedError { return reportedError }
    guard let problem else { return nil }
    guard let error else { return OperationError(problem) }
    if error is any RejectionError, !(error is ArgumentError) { return error }
    return OperationError(error, saying: problem)
  }
}
