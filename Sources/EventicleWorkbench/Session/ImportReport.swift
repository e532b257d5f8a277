public import EventicleCore

/// What an import did.
public struct ImportReport: Sendable, Hashable, CustomStringConvertible {
  /// How many events were taken: all of the file.
  public let count: Int
  /// How many were taken though some view could not fold them, so that they are parked.
  public let parked: Int
  /// The tenants that are known because of it.
  public let tenants: [Workspace]
  /// The clock before it.
  public let start: Instant
  /// The clock after it: later when an event happened later than what was now.
  public let end: Instant

  /// The same in words.
  public var description: String {
    var parts = ["\(count) \(count == 1 ? "event" : "events") imported"]
    if parked > 0 { parts.append("\(parked) parked by a view") }
    if !tenants.isEmpty {
      parts.append("new tenants: " + tenants.map(\.text).joined(separator: ", "))
    }
    if end > start { parts.append("the clock went on by \((end - start).brief), to \(end)") }
    return parts.joined(separator: "; ")
  }
}
