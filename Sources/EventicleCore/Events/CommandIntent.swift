/// A request to change something, as data.
public struct CommandIntent: Sendable, Hashable {
  /// The type of the command, such as `PlaceOrder`.
  public let type: String
  /// The arguments, a JSON object.
  public let data: JSON
  /// The place in a distributed trace that the request comes from; its events continue the trace.
  ///
  /// The command is refused when the text is no valid ``TraceParent``; an empty text counts as
  /// absent.
  public let trace: String?

  /// The workspace to act on; when absent, that of the surrounding transaction, or else the
  /// system's.
  public let workspace: Workspace?
  /// The caller's name for the request: under the same key a command is carried out once, and a
  /// repeat returns the outcome of the first.
  public let idempotencyKey: String?
  /// A lock to hold until the command is committed, besides those that the command takes itself.
  public let lock: String?

  /// Creates a request to carry out a command; nothing is checked before it is dispatched.
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
