/// Why bytes are no reply of Redis; the connection cannot be used any more.
package struct RespError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was expected and what was found, without a full stop.
  package let reason: String

  package init(_ reason: String) { self.reason = reason }

  package var description: String { "the server's reply makes no sense: \(reason)" }
}
