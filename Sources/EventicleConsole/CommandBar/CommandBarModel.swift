import EventicleCore

/// The prompt while it is open.
struct CommandBarModel: Hashable, Sendable {
  /// Which prompt it is.
  var kind: BarHistory.Kind
  /// What has been typed.
  var text = ""
}

/// The lines typed before, by prompt.
struct BarHistory: Hashable, Sendable {
  /// The prompts, by the sign in front of them.
  enum Kind: String, CaseIterable, Hashable, Sendable {
    case command = ":"
    case search = "/"
    case filter = "&"
    case goto = "@"
  }
}
