/// A row of the list that an empty log shows in place of events.
struct StartRow: Hashable, Sendable {
  /// What Enter does in a row.
  enum Deed: Hashable, Sendable {
    /// Runs a command line.
    case run(String)
    case perform(Action)
    /// Puts a line into the command bar.
    case fill(String)
    /// Opens a file.
    case open(String)
  }

  /// The line or key that does the same, or the name of a file.
  let text: String
  /// What comes of it.
  let note: String
  /// `nil` for a row that does nothing.
  let deed: Deed?

  /// A row that does something.
  init(_ text: String, _ note: String, _ deed: Deed) {
    self.text = text
    self.note = note
    self.deed = deed
  }

  /// A row that says what is not there, or what there is elsewhere, and does nothing.
  init(missing text: String, _ note: String) {
    self.text = text
    self.note = note
    deed = nil
  }

  /// Whether it stands over the rows that follow.
  var isHeading: Bool { deed == nil && note.isEmpty }

  /// A heading over the rows that follow.
  init(heading: String) {
    text = heading
    note = ""
    deed = nil
  }
}
