/// Whether an engine accepts operations.
public enum ConnectionState: String, Sendable, Hashable {
  /// Operations are accepted.
  case connected
  /// Waiting work is done; new operations are refused.
  case draining
  /// Operations are refused, and no work is waiting.
  case closed
}

/// Why an operation of ``Eventicle`` failed: a sentence for people, and a cause for the program.
///
///     do { try app.dispatch("Pay", ["order": "order-1"]) }
///     catch let late as TooLate { … }
///     catch let error as OperationError where error.cause == .conflict { … }
///
/// A refusal by a business rule is thrown as the ``RejectionError`` that the command threw.
public struct OperationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kind of failure, to decide what to do next.
  public enum Cause: Sendable, Hashable {
    /// A business rule refused.
    case rejection
    /// A version conflict or a lock held by another: load again and retry.
    case conflict
    /// There is nothing of this name: the name, and the known ones, at most 12 of them where there
    /// may be many.
    case unknown(String, known: [String])
    /// The request is invalid as it stands; retrying it cannot help.
    case badArgument
    /// A handler failed, or the operation is not possible at this time.
    case failure
  }

  /// The sentence that says what failed and what to do.
  public let description: String
  /// The kind of failure.
  public let cause: Cause
  /// The original error with its values; `nil` when there is only the sentence.
  public let underlying: (any Error)?

  package init(_ description: String, _ cause: Cause = .failure) {
    self.description = description
    self.cause = cause
    underlying = nil
  }

  /// Wraps an error, with a sentence that may say more about where it happened.
  package init(_ error: any Error, saying sentence: String? = nil) {
    description = sentence ?? EventicleCore.sentence(of: error)
    cause = Cause(error)
    underlying = (error as? OperationError)?.underlying ?? error
  }

  /// Whether the sentences are equal; causes and underlying errors are not compared.
  public static func == (left: OperationError, right: OperationError) -> Bool {
    isSameText(left.description, right.description)
  }

  package static let notConnected = OperationError(
    "Event Client is not Connected: it was shut down; open another.")
}

extension Step {
  /// The error thrown to the caller of a step: what a command reported, a refusal as it was thrown,
  /// or else an ``OperationError``; `nil` on success.
  package var thrown: (any Error)? {
    if let reportedError { return reportedError }
    guard let problem else { return nil }
    guard let error else { return OperationError(problem) }
    if error is any RejectionError, !(error is ArgumentError) { return error }
    return OperationError(error, saying: problem)
  }
}
