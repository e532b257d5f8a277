import EventicleCore

/// The rows of a list as `/` looks through them.
struct FindableRows {
  /// What the texts depend on; they are looked through again when it is another.
  struct Key: Hashable, Sendable {
    var count = 0
    /// The last entry of the moment, and the number of all entries.
    var end = JournalIndex(0)
    var entries = 0
    /// What else tells one content from another.
    var content = ""
  }

  var count = 0
  /// The row where the selection stands.
  var selected = 0
  var key = Key()
  /// The text of a row.
  var text: (Int) -> String = { _ in "" }
  /// Whether a row is a heading, which is never found and stands above what is.
  var isHead: (Int) -> Bool = { _ in false }
  /// Why there is nothing to look through; `nil` when there is something.
  var nothing: String?

  /// Nothing to look through, for a reason.
  init(nothing: String) { self.nothing = nothing }

  /// The rows of a list at a moment.
  ///
  /// - Parameter content: What else tells one content from another.
  init(
    _ count: Int, selected: Int, at moment: MomentView, content: String = "",
    isHead: @escaping (Int) -> Bool = { _ in false }, text: @escaping (Int) -> String
  ) {
    self.count = count
    self.selected = selected
    self.text = text
    self.isHead = isHead
    key = Key(
      count: count, end: moment.cursor.entry, entries: moment.timeline.count, content: content)
  }
}
