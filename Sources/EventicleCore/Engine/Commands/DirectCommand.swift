/// A command that no domain declares: a body that runs in a transaction.
public struct DirectCommand: Sendable {
  /// The name under which it is journaled.
  public let name: String
  /// The stream that its events go to.
  public let stream: StreamName
  /// Whose data it is about.
  public let workspace: Workspace?
  let body: @Sendable (Transaction) throws -> CommandResult

  /// The name of a command that was given none.
  public static let standardName = "DYNAMIC"

  /// One of these parts.
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
