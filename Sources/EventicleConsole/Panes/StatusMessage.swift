import EventicleCore

/// A status message for the bottom line.
struct StatusMessage: Hashable, Sendable {
  /// The tone of the message.
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
