public import EventicleCore

/// The outcome of an import.
public struct ImportReport: Sendable, Hashable, CustomStringConvertible {
  /// The number of events imported: all of the file.
  public let count: Int
  /// The number of imported events that some view could not fold, so that they are parked.
  public let parked: Int
  /// The tenants that the import introduced.
  public let tenants: [Workspace]
  /// The time on the clock before the import.
  public let start: Instant
  /// The time on the clock after the import; later if an event happened after the clock's time.
  public let end: Instant

  /// A sentence with the counts, the new tenants and the change of the clock.
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
