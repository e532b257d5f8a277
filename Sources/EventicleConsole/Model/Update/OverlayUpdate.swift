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
    let entries = HelpText.entries(model, matching: help.typed)
    switch key.code {
    case .escape:
      model.overlay = nil
      return []
    case .enter:
      model.overlay = nil
      guard entries.indices.contains(help.list.selected),
        let action = entries[help.list.selected].action
      else { return [] }
      return Update.perform(action, &model)
    case .down: help.list.move(by: 1, count: entries.count)
    case .up: help.list.move(by: -1, count: entries.count)
    case .pageDown: help.list.move(by: max(1, model.size.rows - 6), count: entries.count)
    case .pageUp: help.list.move(by: -max(1, model.size.rows - 6), count: entries.count)
    case .backspace:
      if !help.typed.isEmpty { help.typed.removeLast() }
      help.list = ListCursor()
    default:
      if help.typed.isEmpty, key == KeyPress("q") || key == KeyPress("?") {
        model.overlay = nil
        return []
      }
      if let text = key.text, help.typed.count < 60 {
        help.typed.append(text)
        help.list = ListCursor()
      }
    }
    model.overlay = .help(help)
    return []
  }
}
