import EventicleCore

/// A layer above the panes.
enum Overlay: Hashable, Sendable {
  /// The keys and verbs available here, filtered by the typed text.
  case help(HelpModel)
  /// Everything there is, filtered by the typed text.
  case palette(PaletteModel)
  /// A command that is filled in.
  case form(CommandForm)
  /// A text to read, such as the paths and limits that `info` shows.
  case text(title: String, lines: [String], scroll: Int)
}

/// The state of the help list.
struct HelpModel: Hashable, Sendable {
  /// The selected entry of all.
  var list = ListCursor()
  var typed = ""
  /// Where one stood before one typed.
  var place = 0
  /// Whether the entries that do not fit are folded.
  var isFolded = false
}
