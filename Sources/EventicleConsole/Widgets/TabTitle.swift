/// The title of a pane with tabs: its name, then the tabs, the open one in brackets.
enum TabTitle {
  /// The title in a width; without room for all tabs only the open one is named, with its number.
  static func text(
    _ name: DisplayText, _ tabs: [DisplayText], open: Int, columns: Int
  ) -> DisplayText {
    var title = name + "  "
    for (place, tab) in tabs.enumerated() {
      title += place == open ? "[\(tab)]" : " \(tab) "
    }
    if title.width <= columns || !tabs.indices.contains(open) { return title }
    return name + " [\(tabs[open])] \(open + 1)/\(tabs.count)"
  }
}
