import EventicleCore

/// What lies above the panes.
enum Overlay: Hashable, Sendable {
  /// The keys and verbs that work here; filtered by what is typed.
  case help(HelpModel)
  /// A text to read, such as the paths and limits that `info` shows.
  case text(title: String, lines: [String], scroll: Int)
}

/// The list of keys.
struct HelpModel: Hashable, Sendable {
  var list = ListCursor()
  var typed = ""
}
