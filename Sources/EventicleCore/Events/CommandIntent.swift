/// A request to change something, as data.
public struct CommandIntent: Sendable, Hashable {
  /// Which command.
  public let type: String
  /// Its arguments, an object.
  public let data: JSON
  /// Where in a distributed trace it was asked for; its events continue it.
  ///
  /// A text that is no ``TraceParent`` is refused with the command; an empty one is none.
  public let trace: String?

  /// Whose data it is about; that of the transaction around it, or the system's, when absent.
  public let workspace: Workspace?
  /// What the caller names this request by: under the same key a command is carried out once, and
  /// asking again answers what came of it.
  public let idempotencyKey: String?
  /// What to hold locked until the command is kept; besides what the command locks itself.
  public let lock: String?

  /// One of these parts.
  public init(
    _ type: String, _ data: JSON = .emptyObject, trace: String? = nil,
    workspace: Workspace? = nil, idempotencyKey: String? = nil, lock: String? = nil
  ) {
    self.type = type
    self.data = data
    self.trace = trace
    self.workspace = workspace
    self.idempotencyKey = idempotencyKey
    self.lock = lock
  }
}
