internal import EventicleCore

/// Serves what the team's code calls from inside a handler.
protocol NodeCallServer: AnyObject {
  /// Serves a call for which the child's thread waits; it must not lead to another request.
  func nested(_ call: NodeCall, in request: NodeRequest, of child: NodeChild) throws -> NodeAnswer
  /// Serves a call that may lead to other requests before it is answered.
  func reentrant(
    _ call: NodeCall, in request: NodeRequest, of child: NodeChild
  ) throws -> NodeAnswer
}

/// One call of the child.
struct NodeCall: Sendable {
  let number: Int
  let operation: String
  let arguments: JSON
  /// Whether it came after the handler that makes it had ended.
  var isLate = false
}

/// A request that the child works on.
final class NodeRequest {
  let number: Int
  let handler: HandlerID
  /// What the handler reads and writes; `nil` for a request without a transaction.
  let transaction: Transaction?
  var end: JSON?

  init(_ number: Int, _ handler: HandlerID, _ transaction: Transaction?) {
    self.number = number
    self.handler = handler
    self.transaction = transaction
  }
}
