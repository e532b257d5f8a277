/// A command that the domain does not declare: a closure that runs in a transaction.
public struct DirectCommand: Sendable {
  /// What the journal calls it; need not be declared, and may be used again.
  public let name: String
  /// The stream for the events that the body returns.
  public let stream: StreamName
  /// The workspace whose data it reads and writes, when the caller names one.
  public let workspace: Workspace?
  let body: @Sendable (Transaction) throws -> CommandResult

  /// The name of a command created without one.
  public static let standardName = "DYNAMIC"

  /// Creates a command from a body, which may run on any thread.
  public init(
    _ name: String = DirectCommand.standardName, stream: StreamName, workspace: Workspace? = nil,
    body: @escaping @Sendable (Transaction) throws -> CommandResult
  ) {
    self.name = name
    self.stream = stream
    self.workspace = workspace
    self.body = body
  }
}
