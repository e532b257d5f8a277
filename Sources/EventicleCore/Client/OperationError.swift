/// Whether an engine takes what it is asked to do.
public enum ConnectionState: String, Sendable, Hashable {
  /// It takes what it is asked to do.
  case connected
  /// It does what waits and takes nothing new.
  case draining
  /// It takes nothing, and nothing waits to be done.
  case closed
}

/// Why an operation of ``Eventicle`` did not do what was asked, in a sentence.
public struct OperationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The same in words.
  public let description: String

  package init(_ description: String) { self.description = description }

  package static let notConnected = OperationError(
    "Event Client is not Connected: it was shut down; open another.")
}
