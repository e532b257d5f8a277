import EventicleCore

/// A line at the bottom that says what happened.
struct StatusMessage: Hashable, Sendable {
  /// How it is meant.
  enum Kind: Hashable, Sendable {
    case information
    case warning
    case problem
  }

  let kind: Kind
  let text: String

  init(_ text: String, _ kind: Kind = .information) {
    self.text = text
    self.kind = kind
  }
}
