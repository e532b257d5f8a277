/// One line of the help.
struct HelpEntry: Hashable, Sendable {
  /// The keys, or the verb, as they are typed.
  let keys: String
  /// What they do.
  let title: String
  /// The heading that it stands under.
  let group: String
  /// Why it cannot be done now, or how a verb is written.
  let note: String
  /// What Enter does; `nil` for a verb, which is typed.
  let action: Action?

  /// A line of these parts.
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
