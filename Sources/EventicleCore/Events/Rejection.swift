/// A business rule said no; the sentence is for the person who asked.
public struct Rejection: Error, Sendable, Hashable, CustomStringConvertible {
  /// Why, and what would be accepted.
  public let reason: String

  /// One of these parts.
  public init(_ reason: String) { self.reason = reason }

  /// The same in words.
  public var description: String { reason }
}

/// What a command reports to its caller after its events were kept.
public struct ReportedError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence for the caller.
  public let reason: String

  /// One of these parts.
  public init(_ reason: String) { self.reason = reason }

  /// The same in words.
  public var description: String { reason }
}
