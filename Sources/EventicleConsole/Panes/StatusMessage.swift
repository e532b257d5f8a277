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
  /// The same in ever fewer words, for where there is little room.
  let shorter: [String]

  init(_ text: String, _ kind: Kind = .information, shorter: [String] = []) {
    self.text = text
    self.kind = kind
    self.shorter = shorter
  }
}
