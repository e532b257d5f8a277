import EventicleCore
import EventicleWorkbench

/// Keys while the palette is open.
enum PaletteUpdate {
  /// Opens the palette with everything there is.
  static func open(_ model: inout Model) {
    var palette = PaletteModel(PaletteSearch.entries(model))
    PaletteSearch.refresh(&palette)
    model.overlay = .palette(palette)
    model.message = nil
  }

  /// Handles a key.
  static func press(_ key: KeyPress, _ palette: PaletteModel, _ model: inout Model) -> [Effect] {
    var palette = palette
    switch (key.code, key.modifiers) {
    case (.escape, _), (.character("c"), .control), (.character("g"), .control):
      model.overlay = nil
      return []
    case (.enter, _):
      guard let entry = selected(palette) else { return [] }
      return perform(entry, &model)
    case (.tab, _):
      guard let line = selected(palette)?.line else { return [] }
      model.overlay = nil
      BarUpdate.open(.command, text: line, &model)
      return []
    case (.down, _), (.character("n"), .control), (.character("j"), .control): move(1, &palette)
    case (.up, _), (.character("p"), .control), (.character("k"), .control): move(-1, &palette)
    case (.pageDown, _): move(10, &palette)
    case (.pageUp, _): move(-10, &palette)
    default:
      let before = palette.typed.characters
      _ = palette.typed.press(key)
      if palette.typed.characters != before { PaletteSearch.refresh(&palette) }
    }
    model.overlay = .palette(palette)
    return []
  }

  /// Adds pasted text to what is typed.
  static func paste(_ text: String, _ palette: PaletteModel, _ model: inout Model) {
    var palette = palette
    palette.typed.insert(PastedText.oneLine(text, .search))
    PaletteSearch.refresh(&palette)
    model.overlay = .palette(palette)
  }

  private static func selected(_ palette: PaletteModel) -> PaletteEntry? {
    let place = palette.list.selected
    return palette.found.indices.contains(place) ? palette.found[place] : nil
  }

  private static func move(_ rows: Int, _ palette: inout PaletteModel) {
    palette.list.move(by: rows, count: palette.found.count)
  }

  private static func perform(_ entry: PaletteEntry, _ model: inout Model) -> [Effect] {
    model.overlay = nil
    switch entry.act {
    case .run(let line):
      BarUpdate.open(.command, text: line, &model)
      return BarUpdate.press(KeyPress(.enter), &model)
    case .fill(let line): BarUpdate.open(.command, text: line, &model)
    case .perform(let action): return Update.perform(action, &model)
    case .open(let subject):
      JumpUpdate.remember(&model)
      SubjectUpdate.open(subject, &model)
    case .jump(let index): return JumpUpdate.jump(to: index, &model)
    case .start:
      FocusUpdate.focus(.tail, &model)
      model.asksForStart = true
    case .page(let title, let lines):
      model.overlay = .text(title: title, lines: lines, scroll: 0)
    }
    return []
  }
}
