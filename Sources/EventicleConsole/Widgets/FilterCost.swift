/// What it costs to try a filter or a search on an event, counted so that no clock decides.
enum FilterCost {
  /// What a key has time for, in bytes times ``perByte(_:)``.
  static let key = 1 << 22

  /// The cost of one byte of an event: every wildcard may have to look at it again.
  static func perByte(_ text: String) -> Int { 1 + text.utf8.count { wildcards.contains($0) } }

  private static let wildcards = Set("*?+{".utf8)
}
