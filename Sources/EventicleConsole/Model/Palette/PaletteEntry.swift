import EventicleCore

/// One thing that the palette offers.
struct PaletteEntry: Hashable, Sendable {
  /// What Enter does.
  enum Act: Hashable, Sendable {
    /// Runs a command line.
    case run(String)
    /// Puts a line into the command bar, to be completed.
    case fill(String)
    case perform(Action)
    case open(PaneSubject)
    /// Goes to the row of a journal entry.
    case jump(JournalIndex)
    /// Shows the start list.
    case start
    /// Opens a page of the help.
    case page(title: String, lines: [String])
  }

  /// The letter or sign of its kind: `C E S A V ?`; blank for a key.
  let letter: String
  let text: String
  /// What Enter does, in a word, or the key that does the same.
  let how: String
  /// More about it, or why it cannot be done now.
  let note: String
  let act: Act
  /// Why it cannot be done now; `nil` when it can.
  var disabled: String?
  /// What is put into the command bar by Tab; `nil` for what no line does.
  var line: String?
  /// The words that it is found by, besides those on show.
  var keywords = ""

  /// The role of its letter.
  var role: StyleRole {
    switch letter {
    case "C": .kindCommand
    case "E": .kindEvent
    case "S": .kindSaga
    case "A": .kindAggregate
    case "V": .kindView
    case "X": .kindExternal
    default: .uiMuted
    }
  }
}

/// The state of the palette: what is typed, and what was found for it.
struct PaletteModel: Hashable, Sendable {
  var list = ListCursor()
  var typed = LineEditor()
  /// Everything there is, as it was when the palette was opened.
  let entries: [PaletteEntry]
  /// What fits, the best first; at most ``most``.
  var found: [PaletteEntry] = []
  /// How many fit.
  var fitting = 0

  /// The most entries that are kept of what fits.
  static let most = 100

  /// Opens a palette, with nothing typed.
  init(_ entries: [PaletteEntry]) { self.entries = entries }
}
