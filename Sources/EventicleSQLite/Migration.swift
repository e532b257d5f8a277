/// A way from one format of a store's file to the next one.
struct Migration: Sendable {
  /// The format that it takes; what it makes is the next one.
  let format: Int
  /// Changes the tables, in a transaction that is open.
  let change: @Sendable (Database) throws -> Void

  /// All of them, in order; none while there is no older format.
  static let all: [Migration] = []
}
