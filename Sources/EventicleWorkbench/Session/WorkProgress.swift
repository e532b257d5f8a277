/// How far a piece of long work is.
package struct WorkProgress: Sendable, Hashable {
  /// What is being done, as a present participle with its object: "emitting Noted".
  package let activity: String
  /// How many of its parts are done.
  package let done: Int
  /// How many parts there are; `nil` when nobody knows.
  package let total: Int?

  /// Creates a progress.
  package init(_ activity: String, done: Int, of total: Int? = nil) {
    self.activity = activity
    self.done = done
    self.total = total
  }
}
