public import EventicleCore

/// The outcome of a command line.
public struct Reply: Sendable {
  /// Why a command line was refused.
  public struct Problem: Sendable, Hashable {
    /// A sentence: what was expected, what was found, the way out.
    public let message: String
    /// The first character at fault, from 1; `nil` when no place in the line is.
    public let column: Int?
    /// The number of characters at fault.
    public let length: Int

    /// Creates a problem, by default at no particular place of the line.
    public init(_ message: String, column: Int? = nil, length: Int = 1) {
      self.message = message
      self.column = column
      self.length = length
    }
  }

  /// What went wrong; `nil` on success.
  public var problem: Problem?
  /// The numbers of the journal entries that the line added; `nil` when it added none.
  public var journal: ClosedRange<Int>?
  /// What a looking verb found, or the response of a command.
  public var output: JSON?
  /// A text that is found, as it is written to a file.
  package var document: String?
  /// A short message for people; empty when there is nothing to say.
  public var message = ""
  /// The same in ever fewer words, for where there is little room.
  package var shorter: [String] = []
  /// What the surrounding program must do.
  package var requests: [SessionRequest] = []

  /// An empty reply, or one with a problem.
  package init(problem: Problem? = nil) { self.problem = problem }

  /// Says what a step came to.
  mutating func say(_ message: StepMessage?, after prefix: String = "") {
    guard let message else { return }
    let texts = message.texts.map { prefix + $0 }
    self.message = texts[0]
    shorter = Array(texts.dropFirst())
  }
}
