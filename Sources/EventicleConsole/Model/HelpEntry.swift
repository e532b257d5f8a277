/// One line of the help.
struct HelpEntry: Hashable, Sendable {
  /// The keys or the verb, as typed.
  let keys: String
  /// A description of what they do.
  let title: String
  /// The heading above the entry.
  let group: String
  /// The reason why the action is unavailable now, or the syntax of a verb.
  let note: String
  /// The action that Enter performs; `nil` for a verb, which has to be typed.
  let action: Action?

  /// Creates an entry.
  init(
    keys: String, title: String, group: String, note: String = "", action: Action? = nil
  ) {
    self.keys = keys
    self.title = title
    self.group = group
    self.note = note
    self.action = action
  }
}
