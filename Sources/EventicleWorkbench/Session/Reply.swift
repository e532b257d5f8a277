public import EventicleCore

/// What a command line led to.
public struct Reply: Sendable {
  /// Why it was not done, if it was not.
  public struct Problem: Sendable, Hashable {
    /// A sentence: what was expected, what was found, the way out.
    public let message: String
    /// The first character concerned, from 1; `nil` when no place in the line is to blame.
    public let column: Int?
    /// How many characters are concerned.
    public let length: Int

    /// One of these parts.
    public init(_ message: String, column: Int? = nil, length: Int = 1) {
      self.message = message
      self.column = column
      self.length = length
    }
  }

  /// What went wrong; `nil` when all went well.
  public var problem: Problem?
  /// The journal entries that the line added; `nil` when it added none.
  public var journal: ClosedRange<Int>?
  /// What a looking verb found, or what a command answered.
  public var output: JSON?
  /// What to tell a person, in a few words.
  public var message = ""
  /// What only the program around the session can do.
  package var requests: [SessionRequest] = []

  /// A reply that says nothing yet, or only what went wrong.
  package init(problem: Problem? = nil) { self.problem = problem }
}
