import EventicleCore
import EventicleWorkbench

/// Keys during a search in the history.
enum ReverseSearchKeys {
  /// Handles a key.
  ///
  /// - Returns: The outcome; `nil` when the key ends the search and keeps its usual meaning.
  static func press(
    _ key: KeyPress, _ bar: inout CommandBarModel,
    _ around: BarContext<some CompletionSource>
  ) -> CommandBarUpdate.Outcome? {
    guard var search = bar.search else { return nil }
    if let character = key.text, !character.isControl {
      search.query.append(character)
      look(&search, from: search.found ?? .max, &bar, around)
      return .editing
    }
    switch key.code {
    case .character("r") where key.modifiers == .control:
      if let found = search.found { look(&search, from: found - 1, &bar, around) }
      return .editing
    case _ where ReverseSearchKeys.erases(key):
      if !search.query.isEmpty { search.query.removeLast() }
      search.found = nil
      look(&search, from: .max, &bar, around)
      return .editing
    default: break
    }
    bar.search = nil
    if BarKey(key) == .escape {
      bar.editor = search.original
      around.refresh(&bar, .text)
      return .editing
    }
    around.refresh(&bar, .text)
    if BarKey(key) == .search || BarKey(key) == .tab { return .editing }
    return nil
  }

  private static func erases(_ key: KeyPress) -> Bool {
    key.code == .backspace || key == KeyPress("h", .control)
  }

  /// Searches for the text; keeps the last line found when no line contains it.
  private static func look(
    _ search: inout CommandBarModel.ReverseSearch, from index: Int, _ bar: inout CommandBarModel,
    _ around: BarContext<some CompletionSource>
  ) {
    defer { bar.search = search }
    guard !search.query.isEmpty else {
      bar.editor = search.original
      search.hasFailed = false
      return
    }
    let count = around.history.lines(of: bar.kind).count
    guard let found = around.history.match(bar.kind, search.query, from: min(index, count - 1))
    else {
      search.hasFailed = true
      return
    }
    search.hasFailed = false
    search.found = found
    bar.editor.set(around.history.lines(of: bar.kind)[found])
    bar.problem = nil
    bar.preview = []
  }
}
