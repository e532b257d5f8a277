import EventicleCore

/// Keys while an overlay is open.
enum OverlayUpdate {
  /// Handles a key.
  static func press(_ key: KeyPress, _ model: inout Model) -> [Effect] {
    switch model.overlay {
    case .help(let help): return press(key, help, &model)
    case .palette(let palette): return PaletteUpdate.press(key, palette, &model)
    case .form(let form): return FormUpdate.press(key, form, &model)
    case .text(let title, let lines, let scroll):
      guard let next = scrolled(scroll, by: key, count: lines.count, model) else {
        model.overlay = nil
        return []
      }
      model.overlay = .text(title: title, lines: lines, scroll: next)
      return []
    case nil: return []
    }
  }

  private static func scrolled(
    _ scroll: Int, by key: KeyPress, count: Int, _ model: Model
  ) -> Int? {
    let page = max(1, model.size.rows - 6)
    let step: Int
    switch model.keymap.match([key]) {
    case .action(.down): step = 1
    case .action(.up): step = -1
    case .action(.pageDown), .action(.halfPageDown): step = page
    case .action(.pageUp), .action(.halfPageUp): step = -page
    case .action(.top): step = -count
    case .action(.bottom): step = count
    default: return nil
    }
    return max(0, min(scroll + step, max(0, count - page)))
  }

  private static func press(
    _ key: KeyPress, _ help: HelpModel, _ model: inout Model
  ) -> [Effect] {
    var help = help
    let entries = HelpText.entries(model)
    let hits = HelpText.hits(entries, typed: help.typed)
    let page = max(1, model.size.rows - 6)
    switch key.code {
    case .escape:
      guard !help.typed.isEmpty else {
        model.overlay = nil
        return []
      }
      // Everything is there again, and the entry stays selected.
      (help.typed, help.isFolded, help.place) = ("", false, help.list.selected)
    case .enter:
      model.overlay = nil
      guard hits.contains(help.list.selected), let action = entries[help.list.selected].action
      else { return [] }
      return Update.perform(action, &model)
    case .tab: if !help.typed.isEmpty { help.isFolded.toggle() }
    case .down: move(&help, by: 1, hits)
    case .up: move(&help, by: -1, hits)
    case .pageDown: move(&help, by: page, hits)
    case .pageUp: move(&help, by: -page, hits)
    case .backspace:
      if !help.typed.isEmpty { help.typed.removeLast() }
      find(&help, entries)
    default:
      if help.typed.isEmpty, key == KeyPress("q") || key == KeyPress("?") {
        model.overlay = nil
        return []
      }
      if let text = key.text, help.typed.count < 60 {
        if help.typed.isEmpty { help.place = help.list.selected }
        help.typed.append(text)
        find(&help, entries)
      }
    }
    model.overlay = .help(help)
    return []
  }

  /// Goes by some hits further, as far as there are any.
  private static func move(_ help: inout HelpModel, by rows: Int, _ hits: [Int]) {
    guard !hits.isEmpty else { return }
    let here = hits.partitioningIndex { $0 >= help.list.selected }
    help.list.selected = hits[max(0, min(here + rows, hits.count - 1))]
  }

  /// Selects the first hit from where one stood, else the last before it.
  private static func find(_ help: inout HelpModel, _ entries: [HelpEntry]) {
    let hits = HelpText.hits(entries, typed: help.typed)
    help.list.selected = hits.first { $0 >= help.place } ?? hits.last ?? help.place
  }
}
