public import EventicleCore

/// The outcome of an import.
public struct ImportReport: Sendable, Hashable, CustomStringConvertible {
  /// The number of events imported.
  public let count: Int
  /// The number of events of the file that were in the log already, the same as they are.
  public let known: Int
  /// The number of lines that could not be taken and were passed over.
  public let skipped: Int
  /// What is wrong with the first of those lines, at most ``reasonLimit``.
  public let reasons: [EventFileError]
  /// The number of imported events that some view could not fold, so that they are parked.
  public let parked: Int
  /// The tenants that the import introduced.
  public let tenants: [Workspace]
  /// The time on the clock before the import.
  public let start: Instant
  /// The time on the clock after the import; later if an event happened after the clock's time.
  public let end: Instant

  /// The most bad lines whose reasons a report has.
  public static let reasonLimit = 20

  /// A sentence with the counts, the new tenants and the change of the clock.
  public var description: String {
    var parts = ["\(count) \(count == 1 ? "event" : "events") imported"]
    if known > 0 {
      parts.append("\(known) \(known == 1 ? "event was" : "events were") there already")
    }
    if skipped > 0 {
      parts.append("\(skipped) bad \(skipped == 1 ? "line was" : "lines were") passed over")
    }
    if parked > 0 { parts.append("\(parked) parked by a view") }
    if !tenants.isEmpty {
      parts.append("new tenants: " + tenants.map(\.text).joined(separator: ", "))
    }
    if end > start { parts.append("the clock went on by \((end - start).brief), to \(end)") }
    return parts.joined(separator: "; ")
  }

  /// The counts, and what is wrong with the first bad lines, for other programs.
  ///
  /// - Parameter position: The position of the last event of the log; left out when `nil`.
  package func json(position: Int? = nil) -> JSON {
    var json: JSON = ["imported": .int(count)]
    if let position { json["position"] = .int(position) }
    if known > 0 { json["known"] = .int(known) }
    if skipped > 0 {
      json["skipped"] = .int(skipped)
      json["reasons"] = .array(
        reasons.map { ["line": .int($0.line), "reason": .string($0.reason)] })
    }
    return json
  }

  /// What is wrong with the lines that were passed over, one a line: the first ones, and how many
  /// more there are.
  public var skippedLines: [String] {
    let rest = skipped - reasons.count
    return reasons.map(\.finding) + (rest > 0 ? ["and \(rest) more"] : [])
  }
}
