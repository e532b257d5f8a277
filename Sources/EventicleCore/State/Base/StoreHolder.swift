/// Who writes to a store: one process at a time.
public struct StoreHolder: Sendable, Hashable, CustomStringConvertible {
  /// The number of the process.
  public let process: Int
  /// The name of its machine; `nil` when it is this one.
  public let host: String?
  /// When it opened the store, by the clock on the wall, such as `09:14`.
  public let since: String

  /// Creates a description of a process.
  package init(process: Int, host: String? = nil, since: String) {
    self.process = process
    self.host = host
    self.since = since
  }

  /// The process as it stands in a sentence, such as `process 4711 since 09:14`.
  public var description: String {
    "process \(process)\(host.map { " on \($0)" } ?? "") since \(since)"
  }
}
